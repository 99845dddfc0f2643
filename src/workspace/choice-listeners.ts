/** What an admin chooses in a form, told at once so that the form can say what is found about it. */
import type { App, BlockAction, BlockElementAction } from '@slack/bolt'
import { inWorkspace } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { Modal } from '../platform/slack.ts'
import { isAdmin } from './admin-store.ts'
import { type Click, readClick } from './button-listeners.ts'

/** Draws the form anew with what was found about the choice. Choices of others are taken, and nothing comes of them. */
export function onChosen(
  app: App,
  platform: Platform,
  callbackId: string,
  name: string,
  draw: (click: Click, chosen: string) => Promise<Modal>,
): void {
  app.action<BlockAction>({ callback_id: callbackId, action_id: name }, async ({ ack, body, action, context }) => {
    const click = readClick(body, action, context)
    const chosen = chosenIn(action)
    const allowed = await inWorkspace(platform.db, click.workspaceId, (tenant) => isAdmin(tenant, click.userId))
    const { viewId } = click
    if (allowed && chosen && viewId) {
      platform.background.run(`${callbackId}.not-drawn`, async () =>
        platform.slackOf(click.workspaceId).updateModal(viewId, await draw(click, chosen)),
      )
    }
    await ack()
  })
}

function chosenIn(action: BlockElementAction): string | null {
  if (action.type === 'channels_select') return action.selected_channel
  return action.type === 'users_select' ? action.selected_user : null
}
