import { Refusal } from '../refusal.ts'
import type { SlackView } from '../state.ts'
import { exchangeTrigger } from '../triggers.ts'
import { viewJson } from '../view-json.ts'
import { homeOf, openModal, publishHome, readView, rewriteView } from '../view-store.ts'
import { canAct, type World } from '../world.ts'
import { type Args, type Method, string } from './method.ts'

export const views: Record<string, Method> = {
  'views.open': {
    scope: null,
    tier: 4,
    takes: { trigger_id: 'string', view: 'json' },
    needs: ['trigger_id', 'view'],
    run(world, args) {
      const content = readView(world, args.view, 'modal')
      const { user } = exchangeTrigger(world, args.trigger_id)
      return { view: viewJson(world, openModal(world, user, content, null)) }
    },
  },
  'views.push': {
    scope: null,
    tier: 4,
    takes: { trigger_id: 'string', view: 'json' },
    needs: ['trigger_id', 'view'],
    run(world, args) {
      const content = readView(world, args.view, 'modal')
      const { user, view } = exchangeTrigger(world, args.trigger_id)
      const under = view ? world.state.views[view] : undefined
      if (!under) throw new Refusal('not_found')
      return { view: viewJson(world, openModal(world, user, content, under)) }
    },
  },
  'views.update': {
    scope: null,
    tier: 4,
    takes: { view_id: 'string', external_id: 'string', view: 'json', hash: 'string' },
    needs: ['view'],
    run(world, args) {
      const shown = namedView(world, args)
      const content = readView(world, args.view, shown.view.type, shown)
      refuseOldHash(shown, args)
      rewriteView(world, shown, content)
      return { view: viewJson(world, shown) }
    },
  },
  'views.publish': {
    scope: null,
    tier: 4,
    takes: { user_id: 'string', view: 'json', hash: 'string' },
    needs: ['user_id', 'view'],
    run(world, args) {
      if (!world.manifest.homeTab) throw new Refusal('not_enabled')
      const user = string(args, 'user_id')
      const person = world.state.people[user]
      if (!person || !canAct(person)) {
        throw new Refusal('invalid_arguments', ['[ERROR] invalid `user_id` [json-pointer:/user_id]'])
      }
      const shown = homeOf(world, user)
      const content = readView(world, args.view, 'home', shown)
      if (shown) refuseOldHash(shown, args)
      return { view: viewJson(world, publishHome(world, user, content)) }
    },
  },
}

function namedView({ state }: World, { view_id: id, external_id: externalId }: Args): SlackView {
  if (id === undefined && externalId === undefined) {
    throw new Refusal('invalid_arguments', ['[ERROR] missing required field: view_id'])
  }
  const found =
    id === undefined
      ? Object.values(state.views).find((view) => view.view.external_id === externalId)
      : Object.hasOwn(state.views, id as string)
        ? state.views[id as string]
        : undefined
  if (!found) throw new Refusal('not_found')
  return found
}

function refuseOldHash(shown: SlackView, { hash }: Args): void {
  if (hash !== undefined && hash !== shown.hash) throw new Refusal('hash_conflict')
}
