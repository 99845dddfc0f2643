import type { App } from '@slack/bolt'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { Message } from '../platform/slack.ts'
import { isAdmin } from '../workspace/admin-store.ts'
import { type Click, createOnButton, openModal, tellInModal } from '../workspace/button-listeners.ts'
import { onlyAdmins } from '../workspace/messages.ts'
import { getSetting } from '../workspace/settings-store.ts'
import { askForDigest, exportFigures, postAgain } from './acts.ts'
import * as messages from './messages.ts'
import { findFigures } from './month-store.ts'

export function register(app: App, platform: Platform): void {
  const onButton = createOnButton(app, platform)
  const forAdmins = (click: Click, work: (tenant: Tenant) => Promise<Message | null>) =>
    inWorkspace(platform.db, click.workspaceId, async (tenant) =>
      (await isAdmin(tenant, click.userId)) ? await work(tenant) : onlyAdmins(),
    )

  // Whoever sees a digest may know what its numbers mean, and take them along.
  onButton(
    'digest.explain',
    async (click) => {
      const zone = await inWorkspace(platform.db, click.workspaceId, async (tenant) => {
        const figures = await findFigures(tenant, click.value)
        return figures?.zone ?? (await getSetting(tenant, 'workspace.zone'))
      })
      openModal(platform, click, messages.explanation(click.value, zone))
      return null
    },
    'beside',
  )
  onButton(
    'digest.export',
    async (click) =>
      await forAdmins(click, async (tenant) => {
        const { trigger: request, userId: to, value: month } = click
        const shown = await exportFigures(tenant, platform, { request, to, month })
        if (!shown) return messages.noSuchMonth()
        if ('callbackId' in shown) openModal(platform, click, shown)
        else tellInModal(platform, click, shown)
        return null
      }),
    'beside',
  )
  onButton('digest.post-again', (click) =>
    forAdmins(click, async (tenant) => messages.postedAgain(await postAgain(tenant, platform, click.value))),
  )
  onButton('digest.test', async (click) => {
    const { trigger: request, userId: to } = click
    const message = await forAdmins(click, (tenant) =>
      askForDigest(tenant, platform, { request, to, month: null, isTest: true }),
    )
    if (message) tellInModal(platform, click, message)
    return null
  })
}
