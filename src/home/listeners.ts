import type { App, BlockButtonAction } from '@slack/bolt'
import { listReceived, readNotes, saveNotes } from '../kudos/store.ts'
import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { home } from './messages.ts'

const SHOWN = 10

export function register(app: App, platform: Platform): void {
  const { db, background } = platform

  const publish = async (workspaceId: string, userId: string) => {
    const view = await inWorkspace(db, workspaceId, async (tenant) =>
      home(userId, await listReceived(tenant, userId, SHOWN), (await readNotes(tenant, userId)).wanted),
    )
    await platform.slackOf(workspaceId).publishHome(userId, view)
  }

  app.event('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home') return
    background.run('home.publish', () => publish(context.teamId ?? '', event.user))
  })

  app.action<BlockButtonAction>('home.notes', async ({ ack, body, action, context }) => {
    const workspaceId = context.teamId ?? ''
    await inWorkspace(db, workspaceId, (tenant) =>
      saveNotes(tenant, body.user.id, action.value === 'on', instant(platform.clock)),
    )
    await ack()
    background.run('home.publish', () => publish(workspaceId, body.user.id))
  })
}
