/** What a channel's weekly prompt is like, and which one comes next. */
import { libraryOf } from './library.ts'
import { type Candidate, type Choice, choose, type Kind, type Used, type Wish } from './rotation.ts'
import { type Due, nextDue, type Plan } from './schedule.ts'

/** What an admin decides for a channel. */
export interface ChannelPlan extends Plan, Pick<Wish, 'kinds' | 'own'> {
  channel: string
  language: string
  /** Once a month the prompt has a button with which to join check-ins. */
  joinButton: boolean
}

/** What comes next in a channel. */
export interface Next {
  due: Due
  choice: Choice
}

/** A prompt of the workspace's own. */
export interface OwnPrompt {
  id: string
  kind: Kind
  /** Slack markup. */
  text: string
}

/** A prompt with its words: the library's are plain text that needs no escaping. */
export interface Prompt extends OwnPrompt {
  isOwn: boolean
}

/** Everything a channel can be asked: the workspace's own, and the library in the channel's language. */
export function promptsOf(language: string, own: OwnPrompt[]): Prompt[] {
  return [
    ...own.map((prompt) => ({ ...prompt, isOwn: true })),
    ...[...libraryOf(language).prompts.values()].map(({ id, kind, text }) => ({ id, kind, text, isOwn: false })),
  ]
}

/** When and what after `after`, for a channel that has `used` (newest first) already. */
export function planNext(
  plan: ChannelPlan,
  around: { after: Date; prompts: Candidate[]; used: Used[]; passedOver: string[]; workspaceId: string },
): Next {
  const due = nextDue(plan, around.after)
  const seed = `${around.workspaceId} ${plan.channel}`
  const choice = choose(around.prompts, around.used, { ...plan, seed, passedOver: around.passedOver })
  // The library has prompts of each kind.
  if (!choice) throw new Error(`prompts: none for ${plan.kinds} in ${plan.language}`)
  return { due, choice }
}
