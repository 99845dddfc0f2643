/** The weekly prompt in the hands of admins alone: whoever a request is from, and however it came to be. */
import type { App } from '@slack/bolt'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import type { FormState } from '../platform/form.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { type Message, type Modal, modalView } from '../platform/slack.ts'
import { isAdmin } from '../workspace/admin-store.ts'
import { type Click, type OnButton, showModal } from '../workspace/button-listeners.ts'
import { CHANNEL, type Found } from '../workspace/channel-field.ts'
import { lookAtChannel } from '../workspace/channels.ts'
import { onChosen } from '../workspace/choice-listeners.ts'
import { answerModal, onlyAdmins, testSent } from '../workspace/messages.ts'
import { listZones } from '../workspace/store.ts'
import * as acts from './admin-acts.ts'
import * as answers from './admin-answers.ts'
import { CHANNEL_FORM, channelForm, channelList, readChannelForm } from './channel-forms.ts'
import { findChannel } from './channel-store.ts'
import { sendDue } from './due.ts'
import { notice, testMessage } from './messages.ts'
import { listNoticed } from './notice-store.ts'
import { OWN_FORM, OWN_PREVIEW, ownForm, ownList, ownPreview, readOwnForm, readOwnPreview } from './own-forms.ts'
import { listOwn } from './own-store.ts'

export function register(app: App, platform: Platform, onButton: OnButton): void {
  const { db, clock } = platform

  /** A button for admins; what it comes to is shown in the modal it stands in. */
  const onAdmin = (actionId: string, act: (tenant: Tenant, click: Click) => Promise<Modal>) =>
    onButton(actionId, async (click) => {
      const modal = await inWorkspace(db, click.workspaceId, async (tenant) =>
        (await isAdmin(tenant, click.userId)) ? await act(tenant, click) : answerModal(onlyAdmins()),
      )
      showModal(platform, click, modal)
      return null
    })

  const list = async (tenant: Tenant, offset = 0): Promise<Modal> => {
    const { channels, page } = await acts.readChannels(tenant, instant(clock), offset)
    return channelList(channels, page)
  }
  const own = async (tenant: Tenant, offset = 0): Promise<Modal> => ownList(await listOwn(tenant), offset)

  onAdmin('settings.prompts', (tenant) => list(tenant))
  for (const turn of ['previous', 'next']) {
    onAdmin(`prompts.${turn}`, (tenant, { value }) => list(tenant, offsetOf(value)))
    onAdmin(`prompts.own-${turn}`, (tenant, { value }) => own(tenant, offsetOf(value)))
  }
  onAdmin('prompts.own', (tenant) => own(tenant))
  onAdmin('prompts.add-own', async () => ownForm(null))
  const newForm = async (tenant: Tenant, found: Found | null = null) => {
    const plan = { ...(await acts.usualPlan(tenant)), channel: null }
    return channelForm(plan, await listZones(tenant), instant(clock), found)
  }
  onAdmin('prompts.add-channel', (tenant) => newForm(tenant))
  onChosen(app, platform, CHANNEL_FORM, CHANNEL, async ({ workspaceId }, [channel = '']) => {
    const standing = await lookAtChannel(platform, workspaceId, channel)
    return await inWorkspace(db, workspaceId, (tenant) => newForm(tenant, { channel, standing }))
  })

  onAdmin('prompts.own-one', async (tenant, { value }) => {
    const [choice, id = ''] = value.split(' ')
    if (choice === 'retire') await acts.retire(tenant, id, instant(clock))
    const prompt = (await listOwn(tenant)).find((one) => one.id === id)
    return prompt ? ownForm(prompt) : await own(tenant)
  })

  onAdmin('prompts.channel', async (tenant, click) => {
    const [choice, channel = '', what = ''] = click.value.split(' ')
    const found = await findChannel(tenant, channel)
    if (!found) return await list(tenant)
    switch (choice) {
      case 'change':
        return channelForm(found, await listZones(tenant), instant(clock))
      case 'test': {
        const { prompt } = await acts.nextOf(tenant, found, instant(clock))
        const message = testMessage(channel, prompt, found.language)
        platform.background.run('prompts.test.not-sent', () =>
          platform.slackOf(click.workspaceId).post(click.userId, message),
        )
        return answerModal(testSent())
      }
      case 'another':
        await acts.passOver(tenant, channel, what, instant(clock))
        break
      case 'skip':
        await acts.skipWeek(tenant, channel, what, click.userId, instant(clock))
        break
      case 'end':
        await acts.endChannel(tenant, channel, click.userId, instant(clock))
        break
    }
    return await list(tenant)
  })

  /** What an admin was told is drawn anew, as it stands after what they decided. */
  const onNotice = (actionId: string, act: (tenant: Tenant, click: Click) => Promise<string>) =>
    onButton(
      actionId,
      async (click): Promise<Message> =>
        inWorkspace(db, click.workspaceId, async (tenant) => {
          if (!(await isAdmin(tenant, click.userId))) return onlyAdmins()
          const noticeId = await act(tenant, click)
          await sendDue(tenant, platform)
          return notice(noticeId, await listNoticed(tenant, noticeId))
        }),
    )
  onNotice('prompts.again', async (tenant, { value, userId }) => {
    const [postId = '', noticeId = ''] = value.split(' ')
    await acts.postAgain(tenant, postId, userId, instant(clock))
    return noticeId
  })
  onNotice('prompts.again-all', async (tenant, { value, userId }) => {
    await acts.postAllAgain(tenant, value, userId, instant(clock))
    return value
  })

  registerForms(app, platform, list)
}

/** Where a page begins, as it came back in a button. */
const offsetOf = (value: string): number => (/^\d{1,6}$/.test(value) ? Number(value) : 0)

function registerForms(app: App, platform: Platform, list: (tenant: Tenant) => Promise<Modal>): void {
  const { db, clock, log } = platform

  app.view(CHANNEL_FORM, async ({ ack, body, view, context }) => {
    const workspaceId = context.teamId ?? ''
    const by = body.user.id
    const result = await inWorkspace(db, workspaceId, async (tenant) => {
      if (!(await isAdmin(tenant, by))) return answerModal(onlyAdmins())
      const { language } = await acts.usualPlan(tenant)
      const read = readChannelForm(view.state.values as FormState, view.private_metadata, language)
      if ('errors' in read) return read
      const outcome = await acts.savePlan(tenant, read, by, instant(clock))
      return outcome === 'saved' ? await list(tenant) : answers.notSaved(outcome, view.private_metadata === '')
    })
    log.info({ workspace: workspaceId, saved: !('errors' in result) }, CHANNEL_FORM)
    if ('errors' in result) return await ack({ response_action: 'errors', errors: result.errors })
    await ack({ response_action: 'update', view: modalView(result) })
  })

  app.view(OWN_FORM, async ({ ack, view }) => {
    const read = readOwnForm(view.state.values as FormState, view.private_metadata)
    if ('errors' in read) return await ack({ response_action: 'errors', errors: read.errors })
    await ack({ response_action: 'push', view: modalView(ownPreview(read)) })
  })

  app.view(OWN_PREVIEW, async ({ ack, body, view, context }) => {
    const workspaceId = context.teamId ?? ''
    const filled = readOwnPreview(view.private_metadata)
    const outcome = await inWorkspace(db, workspaceId, async (tenant) =>
      (await isAdmin(tenant, body.user.id))
        ? await acts.keepOwn(tenant, filled, body.user.id, view.id, instant(clock))
        : ('no admin' as const),
    )
    log.info({ workspace: workspaceId, outcome }, OWN_PREVIEW)
    if (outcome === 'kept') return await ack({ response_action: 'clear' })
    await ack({ response_action: 'update', view: modalView(answerModal(answers.notKept(outcome))) })
  })
}
