import type { App, BlockAction, BlockElementAction } from '@slack/bolt'
import type { Platform } from '../platform/platform.ts'
import type { Message, MessagePlace, Modal } from '../platform/slack.ts'
import { isGone } from '../platform/slack-failure.ts'
import { answerModal, notOpened } from './messages.ts'
import { tell } from './telling.ts'

/** Somebody used a button or a menu of ours. */
export interface Click {
  workspaceId: string
  userId: string
  /** The app's own user. */
  app: string
  /** The button's, or the choice's. */
  value: string
  /** Good for 3 s, once. */
  trigger: string
  /** null where there is no message to answer beside: in a modal. */
  responseUrl: string | null
  /** The modal it stands in. */
  viewId: string | null
  /** The message it stands in; null for a modal, and for what only one person sees. */
  place: MessagePlace | null
}

/** Carries out a click, and says what to show; null when it has shown something already. */
type Act = (click: Click) => Promise<Message | null>

/**
 * Listens to a button or menu. Its answer replaces the message it stands in, or with `beside` appears next to it; in a
 * modal it takes the modal's place.
 */
export type OnButton = (actionId: string, act: Act, where?: 'instead' | 'beside') => void

export function createOnButton(app: App, platform: Platform): OnButton {
  const { background, log } = platform
  return (actionId, act, where = 'instead') => {
    app.action<BlockAction>(actionId, async ({ ack, body, action, context }) => {
      const click = readClick(body, action, context)
      const message = await act(click)
      log.info({ workspace: click.workspaceId }, actionId)
      // Before the ack, which fails when it comes too late: what was done is told all the same.
      if (message) background.run(`${actionId}.unanswered`, () => answer(platform, click, message, where))
      await ack()
    })
  }
}

/** What Bolt says of a click, as far as we need it. */
export const readClick = (
  body: BlockAction,
  action: BlockElementAction,
  context: { teamId?: string; botUserId?: string },
): Click => ({
  workspaceId: context.teamId ?? '',
  userId: body.user.id,
  app: context.botUserId ?? '',
  value: chosenValue(action),
  trigger: body.trigger_id,
  responseUrl: body.response_url || null,
  viewId: body.view?.type === 'modal' ? body.view.id : null,
  place: body.channel && body.message ? { channel: body.channel.id, ts: body.message.ts } : null,
})

function chosenValue(action: BlockElementAction): string {
  if (action.type === 'button') return action.value ?? ''
  return action.type === 'overflow' ? action.selected_option.value : ''
}

async function answer(platform: Platform, click: Click, message: Message, where: 'instead' | 'beside'): Promise<void> {
  const slack = platform.slackOf(click.workspaceId)
  if (click.viewId) await slack.updateModal(click.viewId, answerModal(message))
  else if (!click.responseUrl) await tell(platform, click, click.userId, message)
  else await slack.answer(click.responseUrl, { ...message, replaceOriginal: where === 'instead' })
}

type Asking = Pick<Click, 'workspaceId' | 'userId' | 'trigger' | 'responseUrl'>

/**
 * Opens a form for somebody, who is told when Slack does not: that nothing has changed, or `instead`. Not waited for: the
 * request it belongs to wants its answer.
 */
export function openModal(platform: Platform, who: Asking, modal: Modal, instead: Message = notOpened()): void {
  platform.background.run(`${modal.callbackId}.not-opened`, async () => {
    try {
      await platform.slackOf(who.workspaceId).openModal(who.trigger, modal)
    } catch (error) {
      // The same request a second time: the form is open already.
      if (isGone(error, 'exchanged_trigger_id')) return
      await tell(platform, who, who.userId, instead)
      throw error
    }
  })
}

/** Tells somebody in a modal what was done; where Slack does not open it, in a message. */
export const tellInModal = (platform: Platform, who: Asking, message: Message): void =>
  openModal(platform, who, answerModal(message), message)

/** Shows somebody a modal: in the place of the one they clicked in, or as a new one. */
export function showModal(platform: Platform, click: Click, modal: Modal): void {
  const { viewId } = click
  if (!viewId) {
    openModal(platform, click, modal)
    return
  }
  platform.background.run(`${modal.callbackId}.not-shown`, () =>
    platform.slackOf(click.workspaceId).updateModal(viewId, modal),
  )
}
