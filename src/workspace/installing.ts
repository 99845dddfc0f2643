/** What one installation stores and sets going, in one transaction. */
import { inWorkspace } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { Secrets } from '../platform/secrets.ts'
import { install } from './installation-store.ts'
import { requestAll } from './jobs.ts'

export const WELCOME = 'workspace.welcome'

export interface WelcomeJob {
  workspaceId: string
  /** Who clicked. Not kept beyond this job. */
  installer: string
  again: boolean
}

/** What Slack says of an installation that somebody agreed to. */
export interface Installed {
  workspaceId: string
  enterpriseId: string | null
  botUserId: string
  botId: string
  scopes: string[]
  token: string
  installer: string
}

/** 'again' brings back what was known of the workspace; 'being deleted' is too late for that, and stores nothing. */
export async function storeInstallation(
  platform: Platform,
  secrets: Secrets,
  { workspaceId, token, installer, ...installed }: Installed,
): Promise<'new' | 'again' | 'being deleted'> {
  const now = instant(platform.clock)
  const sealed = secrets.seal(token, workspaceId)
  const outcome = await inWorkspace(platform.db, workspaceId, async (tenant) => {
    const outcome = await install(tenant, { ...installed, token: sealed }, now)
    if (outcome === 'being deleted') return outcome
    await requestAll(platform, tenant, `installed ${now.getTime()}`)
    const data: WelcomeJob = { workspaceId, installer, again: outcome === 'again' }
    const id = naturalId(WELCOME, workspaceId, String(now.getTime()))
    await platform.queue.enqueue(tenant, WELCOME, [{ id, data }])
    return outcome
  })
  platform.log.info({ workspace: workspaceId, outcome }, 'workspace.installed')
  return outcome
}
