import type { App, BlockButtonAction } from '@slack/bolt'
import { type Preference, readPreference, savePreference } from '../kudos/preference-store.ts'
import { listReceived } from '../kudos/store.ts'
import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { home } from './messages.ts'

const SHOWN = 10

export function register(app: App, platform: Platform): void {
  const { db, background } = platform

  const publish = async (workspaceId: string, userId: string) => {
    const view = await inWorkspace(db, workspaceId, async (tenant) =>
      home(userId, await listReceived(tenant, userId, SHOWN), await readPreference(tenant, userId)),
    )
    await platform.slackOf(workspaceId).publishHome(userId, view)
  }

  app.event('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home') return
    background.run('home.publish', () => publish(context.teamId ?? '', event.user))
  })

  const onSwitch = (actionId: string, changeTo: (value: string) => Partial<Preference>) => {
    app.action<BlockButtonAction>(actionId, async ({ ack, body, action, context }) => {
      const workspaceId = context.teamId ?? ''
      const change = changeTo(action.value ?? '')
      await inWorkspace(db, workspaceId, (tenant) =>
        savePreference(tenant, body.user.id, change, instant(platform.clock)),
      )
      await ack()
      background.run('home.publish', () => publish(workspaceId, body.user.id))
    })
  }
  onSwitch('home.notes', (value) => ({ notes: value === 'on' }))
  onSwitch('home.only-me', (value) => ({ onlyMe: value === 'on' }))
}
