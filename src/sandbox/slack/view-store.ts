import { checkView } from './block-kit/check.ts'
import { unknownInitials } from './block-kit/initials.ts'
import { withIds } from './block-kit/walk.ts'
import { freshHash, freshId } from './ids.ts'
import { Refusal } from './refusal.ts'
import type { SlackView, ViewContent } from './state.ts'
import type { World } from './world.ts'

const MAX_BYTES = 250_000
const MAX_DEPTH = 3

/** Checks a view an app wants to show. Throws Slack's refusal. */
export function readView(world: World, view: unknown, type: 'modal' | 'home', replaces?: SlackView): ViewContent {
  const given = (view as { type?: unknown } | null)?.type
  if (typeof view !== 'object' || view === null || given !== type) {
    throw new Refusal('invalid_arguments', [`[ERROR] must be a view of the type ${type} [json-pointer:/view/type]`])
  }
  const illFormed = checkView(view, type)
  const { blocks } = view as ViewContent
  const problems = illFormed.length > 0 ? illFormed : unknownInitials(world.state, blocks, '/view/blocks')
  if (problems.length > 0)
    throw new Refusal(
      'invalid_arguments',
      problems.map((problem) => `[ERROR] ${problem}`),
    )
  if (Buffer.byteLength(JSON.stringify(view)) > MAX_BYTES) throw new Refusal('view_too_large')
  const content = view as ViewContent
  const taken = Object.values(world.state.views).some(
    (other) => other.id !== replaces?.id && content.external_id && other.view.external_id === content.external_id,
  )
  if (taken) throw new Refusal('duplicate_external_id')
  return { ...content, blocks: withIds(content.blocks) }
}

/** Lets a person see a modal, on its own or on top of another. */
export function openModal(world: World, user: string, content: ViewContent, onTopOf: SlackView | null): SlackView {
  const { state } = world
  if (!onTopOf) clearModals(world, user)
  const stack = state.modals[user] ?? []
  if (stack.length >= MAX_DEPTH) throw new Refusal('push_limit_reached')
  const id = freshId('V')
  const previousId = stack.at(-1) ?? null
  const rootId = stack[0] ?? id
  const view: SlackView = {
    id,
    user,
    hash: freshHash(world.clock.now()),
    view: content,
    rootId,
    previousId,
    errors: {},
  }
  state.views[id] = view
  state.modals[user] = [...stack, id]
  world.changed()
  return view
}

/** Gives a view new content and a new hash. */
export function rewriteView(world: World, view: SlackView, content: ViewContent): void {
  view.view = content
  view.hash = freshHash(world.clock.now())
  view.errors = {}
  world.changed()
}

/** The person's modals, topmost last. */
export function modalsOf({ state }: World, user: string): SlackView[] {
  return (state.modals[user] ?? []).flatMap((id) => state.views[id] ?? [])
}

/** Takes the topmost modal away. */
export function popModal(world: World, user: string): void {
  const id = world.state.modals[user]?.pop()
  if (id) delete world.state.views[id]
  world.changed()
}

export function clearModals(world: World, user: string): void {
  for (const id of world.state.modals[user] ?? []) delete world.state.views[id]
  delete world.state.modals[user]
  world.changed()
}

/** Shows the content on the person's Home tab. The view keeps its id for as long as the person is here. */
export function publishHome(world: World, user: string, content: ViewContent): SlackView {
  const { state } = world
  const known = homeOf(world, user)
  if (known) {
    rewriteView(world, known, content)
    return known
  }
  const id = freshId('V')
  const hash = freshHash(world.clock.now())
  const view: SlackView = { id, user, hash, view: content, rootId: id, previousId: null, errors: {} }
  state.views[id] = view
  state.homes[user] = id
  world.changed()
  return view
}

export function homeOf({ state }: World, user: string): SlackView | undefined {
  return state.views[state.homes[user] ?? '']
}
