/** The form of giving: what opens it, and what happens when it is submitted. */
import type { App } from '@slack/bolt'
import { inWorkspace } from '../platform/database.ts'
import type { FormState } from '../platform/form.ts'
import type { Platform } from '../platform/platform.ts'
import { type Message, type MessagePlace, modalView } from '../platform/slack.ts'
import { isGone } from '../platform/slack-failure.ts'
import { type Click, type OnButton, openModal } from '../workspace/button-listeners.ts'
import { canShowCards } from '../workspace/channel-store.ts'
import { answerModal } from '../workspace/messages.ts'
import { getSetting } from '../workspace/settings-store.ts'
import * as answers from './answers.ts'
import { readContext, readGiveForm, requestOf } from './form.ts'
import { type Give, kudosChannel } from './giving.ts'
import { formErrors, GIVE_FORM, giveForm } from './modals.ts'
import { findKudos } from './store.ts'
import { shownRecipients } from './visibility.ts'

/** Who wants the form, and what it is about. */
interface Opening extends Pick<Click, 'workspaceId' | 'userId' | 'trigger' | 'responseUrl'> {
  /** The conversation it is opened in; null for none. */
  channel: string | null
  /** Whom to thank, if that is clear from where it was opened. */
  person: string | null
  about: MessagePlace | null
  threadTs: string | null
  /** The kudos from which somebody passes it on. */
  passOn: string | null
}

/** Opens the form of giving: as fast as it goes, since the trigger lives three seconds. */
export async function openGiveForm(platform: Platform, opening: Opening): Promise<void> {
  const { workspaceId, userId, responseUrl, person, about, threadTs } = opening
  const form = await inWorkspace(platform.db, workspaceId, async (tenant) => {
    const received = opening.passOn === null ? null : await findKudos(tenant, opening.passOn)
    // Somebody else may feel like thanking at the sight of a card; only who received it passes it on.
    const passedOn = received?.recipients.includes(userId) ? received : null
    // From a note, or from nowhere: where the kudos was shown, or else the channel for it.
    const saidIn = received && shownRecipients(received).length > 0 ? received.saidIn : null
    const channel = opening.channel ?? saidIn ?? (await kudosChannel(tenant)) ?? ''
    const card = channel !== '' && (await canShowCards(tenant, channel)) ? channel : null
    return giveForm({
      context: { channel, responseUrl, passedOnFrom: passedOn?.id ?? null, threadTs, about },
      person,
      values: await getSetting(tenant, 'kudos.values'),
      card,
      passedOn,
    })
  })
  openModal(platform, opening, form)
}

export function register(app: App, platform: Platform, give: Give, onButton: OnButton): void {
  const nowhere = { channel: null, person: null, about: null, threadTs: null, passOn: null }

  app.shortcut('kudos.give', async ({ ack, shortcut, context }) => {
    const who = { workspaceId: context.teamId ?? '', userId: shortcut.user.id, trigger: shortcut.trigger_id }
    await openGiveForm(platform, { ...nowhere, ...who, responseUrl: null })
    await ack()
  })

  app.shortcut('kudos.give-about', async ({ ack, shortcut, context }) => {
    if (shortcut.type === 'message_action') {
      const { channel, message, user, trigger_id: trigger, response_url: responseUrl } = shortcut
      const isPerson = message.user !== undefined && message.bot_id === undefined && message.user !== user.id
      const threadTs: unknown = message.thread_ts
      await openGiveForm(platform, {
        workspaceId: context.teamId ?? '',
        userId: user.id,
        trigger,
        responseUrl,
        channel: channel.id,
        person: isPerson ? (message.user ?? null) : null,
        about: { channel: channel.id, ts: message.ts },
        // The first message of a thread carries its own ts: a kudos about that one belongs into the channel.
        threadTs: typeof threadTs === 'string' && threadTs !== message.ts ? threadTs : null,
        passOn: null,
      })
    }
    await ack()
  })

  onButton('kudos.pass-on', async ({ value, ...click }) => {
    await openGiveForm(platform, { ...nowhere, ...click, passOn: value })
    return null
  })

  // From the Home tab.
  onButton('kudos.open-form', async (click) => {
    await openGiveForm(platform, { ...nowhere, ...click })
    return null
  })

  app.view(GIVE_FORM, async ({ ack, body, view, context }) => {
    const workspaceId = context.teamId ?? ''
    const state = view.state.values as FormState
    const filled = readGiveForm(state)
    if ('problems' in filled) return await ack({ response_action: 'errors', errors: filled.problems })
    const { responseUrl, passedOnFrom, ...about } = readContext(view.private_metadata)
    const result = await give(workspaceId, {
      ...filled,
      ...about,
      passedOnFrom: await linkOf(platform, workspaceId, passedOnFrom, body.user.id),
      request: requestOf(view.id, state),
      giver: body.user.id,
      app: context.botUserId ?? '',
      groups: [],
      responseUrl,
      lookedUp: false,
      wholly: true,
      again: false,
    })
    platform.log.info({ workspace: workspaceId, outcome: result.kind }, GIVE_FORM)
    const errors = formErrors(result)
    if (errors) return await ack({ response_action: 'errors', errors })
    const message = answers.outcome(result)
    if (!responseUrl) return await ack({ response_action: 'update', view: modalView(answerModal(message)) })
    platform.background.run(`${GIVE_FORM}.unanswered`, () =>
      tellLate(platform, { workspaceId, responseUrl, userId: body.user.id }, message),
    )
    await ack()
  })
}

/** The kudos that is passed on, as long as it is one that this person received. */
async function linkOf(
  platform: Platform,
  workspaceId: string,
  passedOnFrom: string | null,
  giver: string,
): Promise<string | null> {
  if (passedOnFrom === null) return null
  const received = await inWorkspace(platform.db, workspaceId, (tenant) => findKudos(tenant, passedOnFrom))
  return received?.recipients.includes(giver) ? passedOnFrom : null
}

/** A form may have been open for longer than the half hour in which one can answer where it was opened. */
async function tellLate(
  platform: Platform,
  to: { workspaceId: string; responseUrl: string; userId: string },
  message: Message,
): Promise<void> {
  const slack = platform.slackOf(to.workspaceId)
  try {
    await slack.answer(to.responseUrl, message)
  } catch (error) {
    if (!isGone(error)) throw error
    await slack.post(to.userId, message)
  }
}
