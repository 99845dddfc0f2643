/** Whose turn it is when Slack tells something: looked up by its name. */
import type { App, BlockAction } from '@slack/bolt'

type Listener = (args: never) => Promise<void>

/**
 * Bolt asks each of its listeners about every request there is, whoever it is for: with a hundred of them that takes as
 * long as giving kudos itself. To what this answers, listeners are added as to Bolt's own App; Bolt knows one for all
 * of a kind. What nobody listens to is left unanswered, but for an event.
 */
export function listeningByName(app: App): App {
  const [actions, forms] = [new Map<string, Listener>(), new Map<string, Listener>()]
  const [commands, shortcuts] = [new Map<string, Listener>(), new Map<string, Listener>()]
  const events = new Map<string, Listener[]>()
  app.action<BlockAction>(/./, async (args) => {
    const { action, body } = args
    const listener = actions.get(within(body.view?.callback_id, action.action_id)) ?? actions.get(action.action_id)
    await listener?.(args as never)
  })
  app.view(/./, async (args) => {
    await forms.get(args.view.callback_id)?.(args as never)
  })
  app.command(/./, async (args) => {
    await commands.get(args.command.command)?.(args as never)
  })
  app.shortcut(/./, async (args) => {
    await shortcuts.get(args.shortcut.callback_id)?.(args as never)
  })
  app.event(/./, async (args) => {
    const all = await Promise.allSettled((events.get(args.event.type) ?? []).map((listener) => listener(args as never)))
    const failed = all.find(({ status }) => status === 'rejected')
    if (failed) throw (failed as PromiseRejectedResult).reason
  })
  return Object.assign(Object.create(app), {
    action(which: string | { callback_id: string; action_id: string }, listener: Listener) {
      add(actions, typeof which === 'string' ? which : within(which.callback_id, which.action_id), listener)
    },
    view(callbackId: string, listener: Listener) {
      add(forms, callbackId, listener)
    },
    command(name: string, listener: Listener) {
      add(commands, name, listener)
    },
    shortcut(callbackId: string, listener: Listener) {
      add(shortcuts, callbackId, listener)
    },
    event(type: string, listener: Listener) {
      events.set(type, [...(events.get(type) ?? []), listener])
    },
  })
}

/** The name of an action in one kind of form alone. */
const within = (callbackId: string | undefined, actionId: string) => `${callbackId} ${actionId}`

function add(listeners: Map<string, Listener>, name: unknown, listener: Listener): void {
  // Bolt's types allow patterns and conditions.
  if (typeof name !== 'string') throw new TypeError('a listener is added under its name')
  if (listeners.has(name)) throw new Error(`${name} has a listener already`)
  listeners.set(name, listener)
}
