import { Refusal } from '../refusal.ts'
import { type Method, string } from './method.ts'
import { groupJson, userJson } from './objects.ts'
import { pageOf } from './paging.ts'

/** Above this Slack wants users.list to be paged. */
const UNPAGED = 200

export const people: Record<string, Method> = {
  'auth.test': {
    scope: null,
    // Slack says "hundreds per minute".
    tier: 4,
    takes: {},
    needs: [],
    run({ state: { team, app, people }, url }) {
      const user = people[app.botUser]?.name
      const ids = { team_id: team.id, user_id: app.botUser, bot_id: app.botId }
      return { url: `${url()}/`, team: team.name, user, ...ids, is_enterprise_install: false }
    },
  },
  'team.info': {
    scope: 'team:read',
    tier: 3,
    takes: { team: 'string' },
    needs: [],
    run({ state: { team } }, args) {
      if (args.team !== undefined && args.team !== team.id) throw new Refusal('team_not_found')
      return { team: { ...team, email_domain: '', icon: { image_default: true } } }
    },
  },
  'users.list': {
    scope: 'users:read',
    tier: 2,
    takes: { cursor: 'string', limit: 'integer', include_locale: 'boolean' },
    needs: [],
    run(world, args) {
      const everybody = Object.values(world.state.people)
      // 0 is what the argument is when it isn't given.
      const paged = args.limit !== undefined && args.limit !== 0
      if (!paged && everybody.length > UNPAGED) throw new Refusal('limit_required')
      const { page, rest } = pageOf(everybody, { ...args, limit: paged ? args.limit : UNPAGED }, UNPAGED)
      const cacheTs = Math.floor(world.clock.now() / 1000)
      const members = page.map((person) => userJson(world, person, args.include_locale === true))
      return { members, cache_ts: cacheTs, ...rest }
    },
  },
  'users.info': {
    scope: 'users:read',
    tier: 4,
    takes: { user: 'string', include_locale: 'boolean' },
    needs: ['user'],
    run(world, args) {
      const person = world.state.people[string(args, 'user')]
      if (!person) throw new Refusal('user_not_found')
      return { user: userJson(world, person, args.include_locale === true) }
    },
  },
  'usergroups.users.list': {
    scope: 'usergroups:read',
    tier: 2,
    takes: { usergroup: 'string', include_disabled: 'boolean' },
    needs: ['usergroup'],
    run({ state: { groups } }, args) {
      const group = groups[string(args, 'usergroup')]
      if (!group || (group.disabled && !args.include_disabled)) throw new Refusal('no_such_subteam')
      return { users: group.users }
    },
  },
  'usergroups.list': {
    scope: 'usergroups:read',
    tier: 2,
    takes: { include_users: 'boolean', include_count: 'boolean', include_disabled: 'boolean' },
    needs: [],
    run(world, args) {
      const groups = Object.values(world.state.groups).filter((group) => args.include_disabled || !group.disabled)
      return { usergroups: groups.map((group) => groupJson(world, group, args.include_users === true)) }
    },
  },
}
