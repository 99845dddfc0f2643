import { perform } from './acts.ts'
import type { ActionPlace, Chosen, PageState } from './contract.ts'
import type { Lookup, Named } from './lookup.ts'
import { readPageState } from './page-state.ts'
import type { ActOutcome } from './slack/act-outcome.ts'
import { type BlockElement, elementsIn } from './slack/block-kit/walk.ts'
import { type Choices, choiceTypeOf, initialChoice } from './slack/element-values.ts'
import type { Block, SlackMessage } from './slack/state.ts'
import { homeOf, modalsOf } from './slack/view-store.ts'
import type { World } from './slack/world.ts'

/** A choice, or short for one: a value, the ids of people or channels, a date. */
type Choice = Chosen | string | string[]

type Place = Pick<SlackMessage, 'channel' | 'ts'>

/** What was seen of an act: Slack's own word for it, and how the app answered. */
interface Seen extends ActOutcome {
  /** The app's status; null when it wasn't asked or did not answer in time. */
  status: number | null
  body: unknown
  ms: number
}

/** A person at the keyboard: everything goes the way the page's acts go. */
export interface Actor {
  id: string
  command(channel: Named, command: string, text?: string): Promise<Seen>
  /** Uses the element with that action_id. `block` tells apart elements with the same one. */
  click(where: SlackMessage | 'home' | 'modal', actionId: string, chosen?: Choice, block?: string): Promise<Seen>
  /** Fills the topmost modal's inputs by action_id or block_id and submits it; the others keep what they came with. */
  submit(values?: Record<string, Choice>): Promise<Seen>
  close(): Promise<Seen>
  openHome(): Promise<Seen>
  /** Says something about themselves: an emoji with its colons and a text. Stays for `hours`, 0 for ever. */
  setStatus(emoji: string, text: string, hours?: number): Promise<Seen>
  /** Starts a shortcut, one for messages from a message. */
  shortcut(callbackId: string, message?: Place): Promise<Seen>
  /** Writes a message, or a reply in the thread of the message with that ts. */
  post(channel: Named, text: string, threadTs?: string): Promise<SlackMessage>
  /** Adds the reaction, or takes it back. */
  react(message: Place, name: string): Promise<Seen>
  deleteMessage(message: Place): Promise<Seen>
  join(channel: Named): Promise<Seen>
  /** Adds somebody, or the app. */
  invite(channel: Named, user: Named): Promise<Seen>
  leave(channel: Named): Promise<Seen>
  remove(channel: Named, user: Named): Promise<Seen>
  /** Opens the direct message with these people; its id. */
  direct(...users: Named[]): Promise<string>
  /** What the page would show. */
  sees(): PageState
}

export function actorFor(world: World, id: string, find: Lookup): Actor {
  const act = async (given: Parameters<typeof perform>[1]): Promise<Seen> => {
    const outcome = await perform(world, given)
    const { status = null, response = null, ms = 0 } = outcome.delivery ?? {}
    return { ...outcome, status, body: response, ms }
  }
  const topModal = () => {
    const modal = modalsOf(world, id).at(-1)
    if (!modal) throw new Error(`${id} has no modal open`)
    return modal
  }
  const surface = (where: SlackMessage | 'home' | 'modal'): { place: ActionPlace; blocks: Block[] } => {
    if (where === 'home') return { place: { kind: 'home' }, blocks: homeOf(world, id)?.view.blocks ?? [] }
    if (where !== 'modal')
      return { place: { kind: 'message', channel: where.channel, ts: where.ts }, blocks: where.blocks }
    const modal = topModal()
    return { place: { kind: 'view', viewId: modal.id }, blocks: modal.view.blocks }
  }
  const person = (name: Named) => find.person(name).id
  const channelId = (name: Named) => find.channel(name).id

  return {
    id,
    command: (channel, command, text = '') =>
      act({ type: 'command', as: id, channel: channelId(channel), command, text }),
    click(where, actionId, chosen, block) {
      const { place, blocks } = surface(where)
      const { blockId, element } = onlyElement(blocks, actionId, block)
      return act({ type: 'action', as: id, where: place, blockId, actionId, chosen: spellOut(element, chosen) })
    },
    submit(values = {}) {
      const modal = topModal()
      return act({ type: 'submit', as: id, viewId: modal.id, values: filledIn(modal.view.blocks, values) })
    },
    close: () => act({ type: 'close', as: id, viewId: topModal().id }),
    openHome: () => act({ type: 'home.open', as: id }),
    setStatus: (emoji, text, hours = 0) => act({ type: 'status', as: id, emoji, text, hours }),
    shortcut: (callbackId, from) =>
      act({
        type: 'shortcut',
        as: id,
        callbackId,
        ...(from && { message: { channel: from.channel, ts: from.ts } }),
      }),
    react: ({ channel, ts }, name) => act({ type: 'react', as: id, channel, ts, name }),
    async post(channel, text, threadTs) {
      const where = { channel: channelId(channel), ...(threadTs !== undefined && { threadTs }) }
      const { message, error } = await act({ type: 'message', as: id, ...where, text })
      if (!message) throw new Error(error)
      return message
    },
    deleteMessage: ({ channel, ts }) => act({ type: 'delete', as: id, channel, ts }),
    join: (channel) => act({ type: 'join', as: id, channel: channelId(channel), user: id }),
    invite: (channel, user) => act({ type: 'join', as: id, channel: channelId(channel), user: person(user) }),
    leave: (channel) => act({ type: 'leave', as: id, channel: channelId(channel), user: id }),
    remove: (channel, user) => act({ type: 'leave', as: id, channel: channelId(channel), user: person(user) }),
    async direct(...users) {
      const { channel, error } = await act({ type: 'direct', as: id, with: users.map(person) })
      if (!channel) throw new Error(error)
      return channel
    },
    sees() {
      const state = readPageState(world, id)
      if (!state) throw new Error(`${id} can't sign in`)
      return state
    },
  }
}

function onlyElement(blocks: Block[], actionId: string, block: string | undefined) {
  const found = placedElements(blocks).filter(
    ({ blockId, element }) => element.action_id === actionId && (block === undefined || blockId === block),
  )
  if (found.length !== 1) {
    const there = placedElements(blocks).map(({ blockId, element }) => `${element.action_id} in ${blockId}`)
    throw new Error(`${found.length} elements are called ${actionId}; there are: ${there.join(', ') || 'none'}`)
  }
  return found[0] as (typeof found)[number]
}

const placedElements = (blocks: Block[]) =>
  blocks.flatMap((block) => elementsIn(block).map((element) => ({ blockId: block.block_id ?? '', element })))

function spellOut(element: BlockElement, choice: Choice | undefined): Chosen {
  if (typeof choice === 'object' && !Array.isArray(choice)) return choice
  const type = choiceTypeOf(element)
  if (type === null || choice === undefined) return { type: 'button' }
  const [values, value] = Array.isArray(choice) ? [choice, choice[0] ?? ''] : [[choice], choice]
  if (type === 'options') return { type, values }
  if (type === 'users' || type === 'conversations') return { type, ids: values }
  return { type, value } as Chosen
}

function filledIn(blocks: Block[], values: Record<string, Choice>): Choices {
  const choices: Choices = {}
  const unused = new Set(Object.keys(values))
  for (const { blockId, element } of placedElements(blocks)) {
    const actionId = element.action_id as string
    const given = values[actionId] ?? values[blockId]
    for (const name of [actionId, blockId]) unused.delete(name)
    const chosen = given === undefined ? initialChoice(element) : spellOut(element, given)
    if (chosen) choices[blockId] = { ...choices[blockId], [actionId]: chosen }
  }
  if (unused.size > 0) throw new Error(`The modal has no input called ${[...unused].join(', ')}`)
  return choices
}
