import { type SqlBool, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import type { MessagePlace } from '../platform/slack.ts'

declare module '../platform/database.ts' {
  interface Database {
    kudos: {
      workspace_id: string
      id: string
      giver_id: string
      /** Counts the giver's. */
      nth: number
      reason: string
      said_in: string | null
      likeness: string
      given_at: Date
      withdrawn_at: Date | null
      is_private: boolean
      value: string | null
      passed_on_from: string | null
      thread_ts: string | null
      about_channel: string | null
      about_ts: string | null
      permalink: string | null
      removed_by: string | null
      removal_reason: string | null
    }
    kudos_recipient: {
      workspace_id: string
      kudos_id: string
      member_id: string
      position: number
      given_at: Date
      kept_private: boolean
    }
  }
}

export interface Kudos {
  id: string
  giver: string
  /** In the order in which they were named. */
  recipients: string[]
  /** Those of the recipients who are on no card, and private in every count. */
  keptPrivate: string[]
  /** Slack markup. */
  reason: string
  /** Only its giver and recipients see it, anywhere. */
  isPrivate: boolean
  /** A tag without its #, or null. */
  value: string | null
  /** The kudos that its giver received before, and passed on with this one. */
  passedOnFrom: string | null
  /** The public channel it was said in, or null when that is nobody else's business. */
  saidIn: string | null
  /** The thread its card belongs into. */
  threadTs: string | null
  /** The message it thanks for. */
  about: MessagePlace | null
  /** Where that message is; '' when Slack has no address for it, null until Slack was asked. */
  permalink: string | null
  givenAt: Date
  withdrawn: boolean
  /** The admin who removed it, and why. */
  removed: { by: string; reason: string } | null
}

/** Kudos of the workspace, each with its recipients. */
const kudosRows = ({ trx, workspaceId }: Tenant) =>
  trx
    .selectFrom('kudos')
    .select(['kudos.id', 'giver_id', 'reason', 'said_in', 'kudos.given_at', 'withdrawn_at', 'is_private', 'value'])
    .select(['passed_on_from', 'thread_ts', 'about_channel', 'about_ts', 'permalink', 'removed_by', 'removal_reason'])
    .select((eb) =>
      eb
        .selectFrom('kudos_recipient as r')
        .select(
          sql<{ id: string; kept: boolean }[]>`
            json_agg(json_build_object('id', r.member_id, 'kept', r.kept_private) order by r.position)`.as('people'),
        )
        .whereRef('r.workspace_id', '=', 'kudos.workspace_id')
        .whereRef('r.kudos_id', '=', 'kudos.id')
        .as('recipients'),
    )
    .where('kudos.workspace_id', '=', workspaceId)

type KudosRow = Awaited<ReturnType<ReturnType<typeof kudosRows>['execute']>>[number]

function toKudos(row: KudosRow): Kudos {
  const recipients = row.recipients ?? []
  const { about_channel: channel, about_ts: ts } = row
  return {
    id: row.id,
    giver: row.giver_id,
    recipients: recipients.map(({ id }) => id),
    keptPrivate: recipients.filter(({ kept }) => kept).map(({ id }) => id),
    reason: row.reason,
    isPrivate: row.is_private,
    value: row.value,
    passedOnFrom: row.passed_on_from,
    saidIn: row.said_in,
    threadTs: row.thread_ts,
    about: channel && ts ? { channel, ts } : null,
    permalink: row.permalink,
    givenAt: row.given_at,
    withdrawn: row.withdrawn_at !== null,
    removed: row.removed_by === null ? null : { by: row.removed_by, reason: row.removal_reason ?? '' },
  }
}

/** One kudos, or null. */
export async function findKudos(tenant: Tenant, id: string): Promise<Kudos | null> {
  if (!isNaturalId(id)) return null
  const kudos = await kudosRows(tenant).where('kudos.id', '=', id).executeTakeFirst()
  return kudos ? toKudos(kudos) : null
}

/** Several kudos, in no order. */
export async function findEach(tenant: Tenant, ids: string[]): Promise<Kudos[]> {
  // Looked up one by one: where nothing is known of the table yet, all of the workspace's would be read.
  const rows = await tenant.trx
    .selectFrom(sql<{ id: string }>`unnest(${ids}::uuid[])`.as<'wanted'>(sql`wanted(id)`))
    .innerJoinLateral(kudosRows(tenant).where('kudos.id', '=', sql<string>`wanted.id`).offset(0).as('kudos'), (join) =>
      join.onTrue(),
    )
    .selectAll('kudos')
    .execute()
  return rows.map(toKudos)
}

/** The place right after a kudos in a list, newest first. */
export interface Cursor {
  givenAt: Date
  id: string
}

/** Kudos somebody gave that still stand, newest first; with `after`, one of them, those that follow it. */
export async function listGiven(
  tenant: Tenant,
  giver: string,
  limit: number,
  after: Cursor | null = null,
): Promise<Kudos[]> {
  let rows = kudosRows(tenant).where('giver_id', '=', giver).where('withdrawn_at', 'is', null)
  if (after) {
    const { id } = after
    rows = rows.where('nth', '<', ({ selectFrom }) =>
      selectFrom('kudos').select('nth').where('workspace_id', '=', tenant.workspaceId).where('id', '=', id),
    )
  }
  const found = await rows.orderBy('nth', 'desc').limit(limit).execute()
  return found.map(toKudos)
}

/** Kudos somebody received that still stand, newest first; with `after`, those that follow it. */
export async function listReceived(
  tenant: Tenant,
  member: string,
  limit: number,
  after: Cursor | null = null,
): Promise<Kudos[]> {
  let rows = kudosRows(tenant)
    .innerJoin('kudos_recipient as mine', (join) =>
      join.onRef('mine.workspace_id', '=', 'kudos.workspace_id').onRef('mine.kudos_id', '=', 'kudos.id'),
    )
    .where('mine.workspace_id', '=', tenant.workspaceId)
    .where('mine.member_id', '=', member)
    .where('withdrawn_at', 'is', null)
  if (after) rows = rows.where(sql<SqlBool>`(mine.given_at, mine.kudos_id) < (${after.givenAt}, ${after.id}::uuid)`)
  const found = await rows.orderBy('mine.given_at', 'desc').orderBy('mine.kudos_id', 'desc').limit(limit).execute()
  return found.map(toKudos)
}

/** The newest that somebody received and gave, as the two lists above have them, in one statement. */
export async function listLatest(
  tenant: Tenant,
  member: string,
  limit: number,
): Promise<{ received: Kudos[]; given: Kudos[] }> {
  const { workspaceId } = tenant
  const found = await kudosRows(tenant)
    .where(
      // Looked up row by row: where nothing is known of the tables yet, a join would go through all there is.
      sql<SqlBool>`kudos.id = any(array(
        (select r.kudos_id from kudos_recipient as r cross join lateral (
            select from kudos as k where k.workspace_id = ${workspaceId} and k.id = r.kudos_id and k.withdrawn_at is null
            offset 0) as standing
          where r.workspace_id = ${workspaceId} and r.member_id = ${member}
          order by r.given_at desc, r.kudos_id desc limit ${limit})
        union all
        (select id from kudos where workspace_id = ${workspaceId} and giver_id = ${member} and withdrawn_at is null
          order by nth desc limit ${limit})))`,
    )
    .orderBy('kudos.given_at', 'desc')
    .orderBy('kudos.id', 'desc')
    .execute()
  const all = found.map(toKudos)
  return {
    received: all.filter(({ recipients }) => recipients.includes(member)).slice(0, limit),
    given: all.filter(({ giver }) => giver === member).slice(0, limit),
  }
}
