import { type ActOutcome, done, isAcked } from './act-outcome.ts'
import { ActProblem } from './act-problem.ts'
import { type Delivery, interaction } from './app-link.ts'
import { type Choices, inputProblems, stateValues } from './element-values.ts'
import { interactionBase } from './payloads.ts'
import { Refusal } from './refusal.ts'
import type { SlackPerson, SlackView } from './state.ts'
import { issueTrigger } from './triggers.ts'
import { viewJson } from './view-json.ts'
import { clearModals, modalsOf, openModal, popModal, readView, rewriteView } from './view-store.ts'
import type { World } from './world.ts'

const TROUBLE = 'We had some trouble connecting. Try again?'

/** Somebody presses a modal's submit button. `values` is everything that is set; what is missing is empty. */
export async function submitModal(
  world: World,
  person: SlackPerson,
  viewId: string,
  values: Choices,
): Promise<ActOutcome> {
  const view = topmost(world, person, viewId)
  const set = stateValues(world.state, view.view.blocks, values, false)
  const problems = inputProblems(view.view.blocks, set)
  if (Object.keys(problems).length > 0) return showErrors(world, view, problems, null)
  const payload = {
    ...interactionBase(world, 'view_submission', person),
    trigger_id: issueTrigger(world, person.id, view.id),
    view: viewJson(world, view, set),
    response_urls: [],
  }
  const delivery = await world.link.deliver(interaction('view_submission', view.view.callback_id ?? '', payload))
  if (!isAcked(delivery)) return { ok: false, error: TROUBLE, delivery }
  try {
    return takeAnswer(world, view, delivery)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    world.onProblem(`Slack would refuse the answer to a submission: ${[error.code, ...error.messages].join(' ')}`)
    return { ok: false, error: TROUBLE, delivery }
  }
}

function takeAnswer(world: World, view: SlackView, delivery: Delivery): ActOutcome {
  const answer = (delivery.response === '' ? {} : delivery.response) as Record<string, unknown>
  if (typeof answer !== 'object' || answer === null) throw new Refusal('invalid_response', ['The answer is no JSON.'])
  // Closed while the app was thinking: there is nothing left to change.
  if (!modalsOf(world, view.user).includes(view)) return done(delivery)
  switch (answer.response_action) {
    case undefined:
      if (Object.keys(answer).length > 0) throw new Refusal('invalid_response', ['There is no response_action.'])
      if (isTopmost(world, view)) popModal(world, view.user)
      return done(delivery)
    case 'clear':
      clearModals(world, view.user)
      return done(delivery)
    case 'update':
      rewriteView(world, view, readView(world, answer.view, 'modal', view))
      return done(delivery)
    case 'push':
      openModal(world, view.user, readView(world, answer.view, 'modal'), view)
      return done(delivery)
    case 'errors':
      return showErrors(world, view, readErrors(view, answer.errors), delivery)
    default:
      throw new Refusal('invalid_response', [`There is no response_action "${answer.response_action}".`])
  }
}

function readErrors(view: SlackView, errors: unknown): Record<string, string> {
  const inputs = view.view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id)
  const entries = Object.entries((errors ?? {}) as Record<string, unknown>)
  const wrong = entries.find(([blockId, text]) => !inputs.includes(blockId) || typeof text !== 'string' || text === '')
  if (wrong || entries.length === 0) {
    throw new Refusal('invalid_response', [`errors must name input blocks of the view; "${wrong?.[0] ?? ''}" is none.`])
  }
  return Object.fromEntries(entries) as Record<string, string>
}

function showErrors(
  world: World,
  view: SlackView,
  errors: Record<string, string>,
  delivery: Delivery | null,
): ActOutcome {
  view.errors = errors
  world.changed()
  return { ...done(delivery), errors }
}

/** Somebody closes a modal: the one below appears, unless the view says clear_on_close. */
export async function closeModal(world: World, person: SlackPerson, viewId: string): Promise<ActOutcome> {
  const view = topmost(world, person, viewId)
  const clears = view.view.clear_on_close === true
  const closed = clears ? modalsOf(world, person.id).reverse() : [view]
  if (clears) clearModals(world, person.id)
  else popModal(world, person.id)
  let last: Delivery | null = null
  for (const gone of closed.filter((candidate) => candidate.view.notify_on_close)) {
    const payload = {
      ...interactionBase(world, 'view_closed', person),
      view: viewJson(world, gone),
      is_cleared: clears,
    }
    last = await world.link.deliver(interaction('view_closed', gone.view.callback_id ?? '', payload))
  }
  return done(last)
}

const isTopmost = (world: World, view: SlackView) => modalsOf(world, view.user).at(-1)?.id === view.id

function topmost(world: World, person: SlackPerson, viewId: string): SlackView {
  const view = modalsOf(world, person.id).at(-1)
  if (!view || view.id !== viewId) throw new ActProblem('That is not open any more.')
  return view
}
