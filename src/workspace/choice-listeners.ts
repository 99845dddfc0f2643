/** What an admin chooses in a form, told at once so that the form can say what is found about it. */
import type { App, BlockAction, BlockElementAction } from '@slack/bolt'
import { inWorkspace } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { Modal } from '../platform/slack.ts'
import { isGone } from '../platform/slack-failure.ts'
import { isAdmin } from './admin-store.ts'
import { type Click, readClick } from './button-listeners.ts'

/**
 * Draws the form anew with what was found about the choice, unless it shows something else by then: it was saved meanwhile,
 * or another choice was made in it. Choices of others are taken, and nothing comes of them.
 */
export function onChosen(
  app: App,
  platform: Platform,
  callbackId: string,
  name: string,
  draw: (click: Click, chosen: string) => Promise<Modal>,
): void {
  const latest = new Map<string, BlockAction>()
  app.action<BlockAction>({ callback_id: callbackId, action_id: name }, async ({ ack, body, action, context }) => {
    const click = readClick(body, action, context)
    const chosen = chosenIn(action)
    const allowed = await inWorkspace(platform.db, click.workspaceId, (tenant) => isAdmin(tenant, click.userId))
    const { viewId } = click
    if (allowed && chosen && viewId) {
      latest.set(viewId, body)
      platform.background.run(`${callbackId}.not-drawn`, async () => {
        try {
          const modal = await draw(click, chosen)
          if (latest.get(viewId) !== body) return
          await platform.slackOf(click.workspaceId).updateModal(viewId, modal, body.view?.hash)
        } catch (error) {
          if (!isGone(error, 'hash_conflict')) throw error
        } finally {
          if (latest.get(viewId) === body) latest.delete(viewId)
        }
      })
    }
    await ack()
  })
}

function chosenIn(action: BlockElementAction): string | null {
  if (action.type === 'channels_select') return action.selected_channel
  return action.type === 'users_select' ? action.selected_user : null
}
