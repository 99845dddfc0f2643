import { Refusal } from '../refusal.ts'
import { type Method, string } from './method.ts'
import { profileJson } from './objects.ts'

export const profiles: Record<string, Method> = {
  'users.profile.get': {
    scope: 'users.profile:read',
    tier: 4,
    // include_labels is not taken: Slack slows down whoever asks for it.
    takes: { user: 'string' },
    needs: [],
    run(world, args) {
      const { people, app } = world.state
      const person = people[string(args, 'user') || app.botUser]
      if (!person) throw new Refusal('user_not_found')
      const filled = Object.entries(person.fields).filter(([, value]) => value !== '')
      const fields = Object.fromEntries(filled.map(([id, value]) => [id, { value, alt: '' }]))
      return { profile: { ...profileJson(world, person), fields } }
    },
  },
  'team.profile.get': {
    scope: 'users.profile:read',
    tier: 3,
    takes: { visibility: 'string' },
    needs: [],
    run({ state: { profileFields } }, args) {
      const wanted = string(args, 'visibility') || 'all'
      if (!['all', 'visible', 'hidden'].includes(wanted)) {
        throw new Refusal('invalid_arguments', ['[ERROR] invalid visibility [json-pointer:/visibility]'])
      }
      const shown = wanted === 'hidden' ? [] : profileFields
      const fields = shown.map(({ id, label }, ordering) => ({
        id,
        ordering,
        field_name: label.toLowerCase().replaceAll(' ', '_'),
        label,
        hint: '',
        type: 'text',
        possible_values: null,
        options: null,
        is_hidden: false,
      }))
      return { profile: { fields, sections: [] } }
    },
  },
}
