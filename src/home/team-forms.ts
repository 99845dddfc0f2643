/** Where teams come from, and people's teams, as admins set them. */
import type { InputBlock, KnownBlock } from '@slack/types'
import { context, input, option, plain, section } from '../platform/blocks.ts'
import { type FormState, field } from '../platform/form.ts'
import { escapeText } from '../platform/markup.ts'
import type { Modal } from '../platform/slack.ts'
import type { Settings } from '../workspace/settings-store.ts'
import { MAX_TEAM_NAME, type Team, type TeamSource, teamName } from '../workspace/team.ts'
import type { Choices } from './settings-forms.ts'

export const PEOPLE_TEAM_FORM = 'settings.person-team-form'
/** The field of the people, whose choice is told at once. */
export const PEOPLE = 'settings.person-team-people'
/** So many people come on a team at once. */
export const MOST_PEOPLE = 50
/** Of so many the form says which team they are on now. */
export const MOST_SHOWN = 20

/** As long as an option's text may be. */
const MAX_OPTION = 75
const MOST_OPTIONS = 100

export function teamsFields(settings: Settings, { groups, fields }: Choices): KnownBlock[] {
  const options = groups.map(({ id, name }) => option(name, id))
  const chosen = settings['teams.groups'].flatMap((id) => options.find(({ value }) => value === id) ?? [])
  return [
    section('Check-ins bring people of different teams together. Where do teams come from here?'),
    ...(options.length === 0
      ? [context('There are no user groups with people in them. Everybody can say their team on the Home tab.')]
      : [
          input(
            'User groups that are teams',
            'groups',
            { type: 'multi_static_select', options, ...(chosen.length > 0 ? { initial_options: chosen } : {}) },
            { optional: true, hint: 'Whoever is in several is on the team of the one chosen first.' },
          ),
        ]),
    ...(fields && fields.length > 0 ? [profileField(settings, fields)] : []),
    context(
      'What counts, in this order: what you set for somebody with *People’s teams…* on the Home tab or from a file (`npm run ops -- import-teams FILE.csv`), user groups, the profile field, what people say themselves.',
    ),
  ]
}

function profileField(settings: Settings, fields: NonNullable<Choices['fields']>): InputBlock {
  const none = option('None', 'none')
  const options = [none, ...fields.map(({ id, label }) => option([...label].slice(0, MAX_OPTION).join(''), id))]
  const initial = options.find(({ value }) => value === settings['teams.field']) ?? none
  return input(
    'Profile field with the team',
    'field',
    { type: 'static_select', options: options.slice(0, MOST_OPTIONS), initial_option: initial },
    { optional: true, hint: 'Looked up for those who join check-ins, once a day, and for nobody else.' },
  )
}

/** Sets the team of some people, all the same. `now` is what is known of those who were chosen; `more` are others of them. */
export const peopleTeamForm = (now: { id: string; team: Team | null }[] = [], more = 0): Modal => ({
  callbackId: PEOPLE_TEAM_FORM,
  title: 'People’s teams',
  submit: 'Save',
  close: 'Cancel',
  blocks: [
    {
      ...input('Who?', PEOPLE, { type: 'multi_users_select', max_selected_items: MOST_PEOPLE }),
      dispatch_action: true,
    },
    ...(now.length === 0
      ? []
      : [section([...now.map(nowText), ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'))]),
    input(
      'Team',
      'team',
      { type: 'plain_text_input', max_length: MAX_TEAM_NAME, placeholder: plain('Platform, Design, Customer care…') },
      { optional: true, hint: 'It counts before everything else. Empty: what you set before is taken away.' },
    ),
  ],
})

const FROM: Record<TeamSource, string> = {
  admin: 'An admin set it.',
  group: 'From a user group.',
  field: 'From their profile.',
  self: 'They said so.',
}

const nowText = ({ id, team }: { id: string; team: Team | null }): string =>
  team ? `<@${id}>: now on *${escapeText(team.name)}*. ${FROM[team.source]}` : `<@${id}>: no team is known.`

export const readPeopleTeam = (state: FormState): { people: string[]; team: string | null } => ({
  people: [...new Set(field(state, PEOPLE).selected_users ?? [])],
  team: teamName(field(state, 'team').value ?? ''),
})
