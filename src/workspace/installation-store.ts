/** The rows of `workspace` as installations: who the app is there, with which token, and whether it still is. */
import { sql } from 'kysely'
import type { Db, Tenant } from '../platform/database.ts'
import type { WorkspaceState } from './store.ts'

declare module '../platform/database.ts' {
  interface Database {
    install_ticket: { id: string; expires_at: Date }
  }
}

/** What people who install the app in a workspace give it. */
export interface NewInstallation {
  botUserId: string
  botId: string
  enterpriseId: string | null
  scopes: string[]
  /** Sealed. */
  token: string
}

export interface Installation {
  botUserId: string
  botId: string
  state: WorkspaceState
  /** Sealed; null where the environment's serves. */
  token: string | null
  installedAt: Date
}

/**
 * Stores an installation, over an earlier one, whose data come back with it. 'being deleted' when it is too late for
 * that; nothing was stored then.
 */
export async function install(
  { trx, workspaceId }: Tenant,
  installation: NewInstallation,
  now: Date,
): Promise<'new' | 'again' | 'being deleted'> {
  const { botUserId, botId, enterpriseId, scopes, token } = installation
  const values = {
    bot_user_id: botUserId,
    bot_id: botId,
    enterprise_id: enterpriseId,
    scopes,
    token,
    installed_at: now,
    state: 'active' as const,
    stopped_at: null,
    stopped_because: null,
  }
  const before = await trx
    .selectFrom('workspace')
    .select('state')
    .where('id', '=', workspaceId)
    .forUpdate()
    .executeTakeFirst()
  if (before?.state === 'deleting') return 'being deleted'
  const stored = await trx
    .insertInto('workspace')
    .values({ id: workspaceId, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values).where('workspace.state', '<>', 'deleting'))
    .executeTakeFirst()
  if (!stored.numInsertedOrUpdatedRows) return 'being deleted'
  return before ? 'again' : 'new'
}

/** Keeps the token of the environment for a workspace that has none of its own yet. */
export async function adoptToken(db: Db, workspaceId: string, token: string): Promise<void> {
  await db.updateTable('workspace').set({ token }).where('id', '=', workspaceId).where('token', 'is', null).execute()
}

export async function findInstallation(db: Db, workspaceId: string): Promise<Installation | null> {
  const row = await db
    .selectFrom('workspace')
    .select(['bot_user_id as botUserId', 'bot_id as botId', 'state', 'token', 'installed_at as installedAt'])
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  return row ?? null
}

/**
 * The app is not there any more. True when that is news. With `token`, only if that is still the token: it was refused;
 * with `told`, only if the installation is not younger than what was told of it.
 */
export async function stopInstallation(
  db: Db,
  workspaceId: string,
  stop: { state: 'revoked' | 'uninstalled'; because: string; now: Date; token?: string | null; told?: Date },
): Promise<boolean> {
  const { state, because, now, token, told } = stop
  let update = db
    .updateTable('workspace')
    .set((eb) => ({
      state,
      stopped_because: because,
      stopped_at: eb.fn.coalesce('stopped_at', eb.val(now)),
      // Nobody needs it any more, and nobody can lose what is not there.
      token: null,
    }))
    .where('id', '=', workspaceId)
    // That people removed the app says more than that its token is gone.
    .where('state', 'in', state === 'uninstalled' ? ['active', 'revoked'] : ['active'])
  if (token !== undefined) update = update.where(sql<boolean>`token is not distinct from ${token}`)
  if (told !== undefined) update = update.where(sql<boolean>`date_trunc('second', installed_at) <= ${told}`)
  return Boolean((await update.executeTakeFirst()).numUpdatedRows)
}

/** Sealed tokens, a page at a time, by workspace. */
export async function listTokens(db: Db, after: string, limit: number): Promise<{ id: string; token: string }[]> {
  const rows = await db
    .selectFrom('workspace')
    .select(['id', 'token'])
    .where('id', '>', after)
    .where('token', 'is not', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.flatMap(({ id, token }) => (token === null ? [] : [{ id, token }]))
}

/** Puts a token sealed anew in the place of the same one; false when another has come meanwhile. */
export async function replaceToken(db: Db, workspaceId: string, old: string, token: string): Promise<boolean> {
  const replaced = await db
    .updateTable('workspace')
    .set({ token })
    .where('id', '=', workspaceId)
    .where('token', '=', old)
    .executeTakeFirst()
  return Boolean(replaced.numUpdatedRows)
}

/** True the first time, in whatever process. Forgets tickets that would be too old anyway. */
export async function takeTicket(db: Db, id: string, expiresAt: Date, now: Date): Promise<boolean> {
  await sql`
    delete from install_ticket where id in (select id from install_ticket where expires_at < ${now} limit 1000)`.execute(
    db,
  )
  const used = await db
    .insertInto('install_ticket')
    .values({ id, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Boolean(used.numInsertedOrUpdatedRows)
}
