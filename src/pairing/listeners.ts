/** The buttons and menus of check-ins. */
import type { App } from '@slack/bolt'
import { inWorkspace } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { createOnButton } from '../workspace/button-listeners.ts'
import { comeBack } from './answering.ts'
import { cameBack } from './answers.ts'
import { CLICKS } from './clicks.ts'

export function register(app: App, platform: Platform): void {
  const onButton = createOnButton(app, platform)
  const { db } = platform
  for (const [actionId, act] of Object.entries(CLICKS)) {
    // The message itself is drawn anew; only what did not work is said beside it.
    onButton(
      actionId,
      (click) => inWorkspace(db, click.workspaceId, (tenant) => act(tenant, platform, click)),
      'beside',
    )
  }
  onButton('pairing.come-back', async (click) =>
    cameBack(await inWorkspace(db, click.workspaceId, (tenant) => comeBack(tenant, platform, click.userId))),
  )
}
