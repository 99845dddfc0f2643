/** When what comes by itself last came, in one workspace. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

export interface LastRuns {
  /** The directory of members was read whole. */
  directory: Date | null
  prompt: Date | null
  round: Date | null
  /** Up to when openings of rounds have been looked for: a minute ago, while the app runs. */
  lookedUntil: Date | null
  digest: Date | null
  /** The next weekly prompt of any channel. */
  nextPrompt: Date | null
}

export async function readLastRuns({ trx, workspaceId }: Tenant): Promise<LastRuns> {
  const { rows } = await sql<LastRuns>`
    select (select read_at from member_reading where workspace_id = ${workspaceId}) as directory,
      (select max(settled_at) from prompt_post where workspace_id = ${workspaceId} and state = 'posted') as prompt,
      (select max(opened_at) from round
        where workspace_id = ${workspaceId} and state in ('open', 'closed')) as round,
      (select looked_until from round_watch where workspace_id = ${workspaceId}) as "lookedUntil",
      (select max(opened_at) from digest_month where workspace_id = ${workspaceId}) as digest,
      (select min(next_due_at) from prompt_channel where workspace_id = ${workspaceId}) as "nextPrompt"`.execute(trx)
  return rows[0] as LastRuns
}
