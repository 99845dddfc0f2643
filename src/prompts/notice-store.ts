/** What the admins have to hear about posts, each once. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import { type Post, toPost } from './post-store.ts'

/** More than this nobody reads in one message. */
const MOST_IN_A_NOTICE = 500

/** Puts all posts that the admins have not heard of under one notice. False when there are none. */
export async function gatherUntold({ trx, workspaceId }: Tenant, noticeId: string): Promise<boolean> {
  const { rows } = await sql`
    update prompt_post set notice_id = ${noticeId}, is_told = true
    where workspace_id = ${workspaceId} and id in (
      select id from prompt_post where workspace_id = ${workspaceId}
        and state in ('uncertain', 'failed', 'gone') and not is_told
      limit ${MOST_IN_A_NOTICE} for update skip locked)
    returning id`.execute(trx)
  return rows.length > 0
}

/** The posts of a notice, as they stand now. */
export async function listNoticed({ trx, workspaceId }: Tenant, noticeId: string): Promise<Post[]> {
  if (!isNaturalId(noticeId)) return []
  const rows = await trx
    .selectFrom('prompt_post')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('notice_id', '=', noticeId)
    .orderBy('channel_id')
    .execute()
  return rows.map(toPost)
}
