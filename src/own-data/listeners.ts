import type { App } from '@slack/bolt'
import { inWorkspace } from '../platform/database.ts'
import type { FormState } from '../platform/form.ts'
import type { Platform } from '../platform/platform.ts'
import { type Message, modalView } from '../platform/slack.ts'
import { type Click, createOnButton, openModal, tellInModal } from '../workspace/button-listeners.ts'
import { answerModal } from '../workspace/messages.ts'
import { askForErasure, askForExport } from './acts.ts'
import { erasureComing, exportComing, FORGET_FORM, forgetForm, readForgetForm } from './messages.ts'

type Asking = Pick<Click, 'workspaceId' | 'userId' | 'trigger'>

/** Somebody wants to see everything that is kept about them. */
export async function giveExport(platform: Platform, { workspaceId, userId, trigger }: Asking): Promise<Message> {
  await inWorkspace(platform.db, workspaceId, (tenant) =>
    askForExport(tenant, platform, { member: userId, request: trigger }),
  )
  return exportComing()
}

export function register(app: App, platform: Platform): void {
  const onButton = createOnButton(app, platform)
  onButton('own-data.export', async (click) => {
    tellInModal(platform, click, await giveExport(platform, click))
    return null
  })
  onButton('own-data.forget', async (click) => {
    openModal(platform, click, forgetForm())
    return null
  })

  app.view(FORGET_FORM, async ({ ack, body, view, context }) => {
    const workspaceId = context.teamId ?? ''
    const { written } = readForgetForm(view.state.values as FormState)
    await inWorkspace(platform.db, workspaceId, (tenant) =>
      askForErasure(tenant, platform, { member: body.user.id, written, request: view.id }),
    )
    platform.log.info({ workspace: workspaceId }, FORGET_FORM)
    await ack({ response_action: 'update', view: modalView(answerModal(erasureComing())) })
  })
}
