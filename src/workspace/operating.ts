/** What the operator does about installations: each says what it did, or why it did nothing. */
import type { Db } from '../platform/database.ts'
import { type Secrets, UnreadableSecret } from '../platform/secrets.ts'
import { beginDeletion, countRows, deleteRows } from './deletion-store.ts'
import { findInstallation, listTokens, replaceToken } from './installation-store.ts'

export type Operated = { ok: boolean; text: string }

const BATCH = 100
const ROWS = 10_000

/**
 * Seals every token with the first key. Each row is a transaction of its own, and what is sealed with it already is left
 * alone: stopped and started again, it goes on. A token that came anew meanwhile is sealed with the first key anyway.
 */
export async function rotateKeys(
  db: Db,
  secrets: Secrets,
  progress: (done: number) => void = () => {},
): Promise<Operated> {
  let rotated = 0
  let current = 0
  const unreadable: string[] = []
  for (let page = await listTokens(db, '', BATCH); page.length > 0; ) {
    for (const { id, token } of page) {
      if (secrets.isCurrent(token)) current += 1
      else if (!(await rotate(id, token))) unreadable.push(id)
    }
    progress(rotated + current)
    page = await listTokens(db, page.at(-1)?.id ?? '', BATCH)
  }
  const told = `${rotated} encrypted with the first key, ${current} were already.`
  if (unreadable.length === 0) return { ok: true, text: `Tokens: ${told} The other keys are not needed any more.` }
  return {
    ok: false,
    text: `Tokens: ${told} Those of ${unreadable.join(', ')} open with none of the keys: add the key that is missing, or have the app installed there anew.`,
  }

  async function rotate(id: string, token: string): Promise<boolean> {
    try {
      if (await replaceToken(db, id, token, secrets.seal(secrets.open(token, id), id))) rotated += 1
      return true
    } catch (error) {
      if (error instanceof UnreadableSecret) return false
      throw error
    }
  }
}

/** Deletes everything about a workspace that has removed the app, now instead of later. */
export async function deleteWorkspace(
  db: Db,
  workspaceId: string,
  dryRun: boolean,
  progress: (rows: number) => void = () => {},
): Promise<Operated> {
  const installation = await findInstallation(db, workspaceId)
  if (!installation) return { ok: false, text: `Nothing is known of a workspace ${workspaceId}. Nothing was done.` }
  const rows = (await countRows(db, workspaceId)).map(({ table, rows }) => `  ${table}: ${rows}`).join('\n')
  if (dryRun)
    return { ok: true, text: `This would be deleted of ${workspaceId}, by table:\n${rows}\nNothing was done.` }
  if (!(await beginDeletion(db, workspaceId))) {
    return {
      ok: false,
      text: `Small Acts is installed in ${workspaceId}. Remove it there first (in Slack: Manage apps, Small Acts, Remove app), or what is deleted comes back. Nothing was done.`,
    }
  }
  let deleted = 0
  for (let done = false; !done; ) {
    const batch = await deleteRows(db, workspaceId, ROWS)
    deleted += batch.rows
    done = batch.done
    progress(deleted)
  }
  return { ok: true, text: `Deleted ${deleted} rows of ${workspaceId}: nothing is left of it.` }
}
