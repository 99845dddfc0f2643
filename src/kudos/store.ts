import { type SqlBool, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { MemberKind } from '../workspace/member.ts'
import type { DeliveryKind } from './delivery-store.ts'

declare module '../platform/database.ts' {
  interface Database {
    kudos: {
      workspace_id: string
      id: string
      giver_id: string
      reason: string
      said_in: string | null
      likeness: string
      given_at: Date
      withdrawn_at: Date | null
    }
    kudos_recipient: { workspace_id: string; kudos_id: string; member_id: string; given_at: Date }
    kudos_preference: { workspace_id: string; member_id: string; notes: boolean; changed_at: Date }
  }
}

export interface Kudos {
  id: string
  giver: string
  recipients: string[]
  /** Slack markup. */
  reason: string
  /** The public channel it was said in, or null when that is nobody else's business. */
  saidIn: string | null
  givenAt: Date
  withdrawn: boolean
}

export interface GivingContext {
  /** What the people named one by one are; whoever is not known is not in it. */
  kinds: Map<string, MemberKind>
  /** The members of each group who can be thanked, or as many as show that they are too many. */
  groups: Map<string, string[]>
  /** The channels named in which a card may be shown. */
  cardChannels: Set<string>
}

/**
 * Everything that giving has to know, in one round trip, because somebody is waiting. Also makes the givers' other
 * kudos wait until this transaction ends, so that "the same again?" holds however fast somebody clicks.
 */
export async function readGivingContext(
  { trx, workspaceId }: Tenant,
  asked: { giver: string; people: string[]; groups: string[]; channel: string }[],
  maxRecipients: number,
): Promise<GivingContext> {
  const unique = (ids: string[]) => [...new Set(ids)]
  const { rows } = await sql<{
    kinds: Record<string, MemberKind> | null
    groups: Record<string, string[]> | null
    channels: string[] | null
  }>`
    with locked as materialized (
      -- In the order of their numbers, or two transactions could each hold what the other waits for.
      select pg_advisory_xact_lock(number) from (
        select distinct hashtextextended('kudos ' || ${workspaceId} || ' ' || giver, 0) as number
        from unnest(${unique(asked.map(({ giver }) => giver))}::text[]) as g (giver) order by number
      ) as numbers
    )
    select
      (select json_object_agg(id, kind) from member
        where workspace_id = ${workspaceId} and id = any(${unique(asked.flatMap(({ people }) => people))}::text[])) as kinds,
      (select json_object_agg(g.id, m.ids)
        from unnest(${unique(asked.flatMap(({ groups }) => groups))}::text[]) as g (id) cross join lateral (
          select json_agg(thankable.id) as ids from (
            select member.id from user_group_member as gm
            join member on member.workspace_id = gm.workspace_id and member.id = gm.member_id
            where gm.workspace_id = ${workspaceId} and gm.group_id = g.id
              and member.kind in ('member', 'guest', 'single-channel guest')
            -- One more than may be, and the giver.
            order by member.id limit ${maxRecipients + 2}
          ) as thankable
        ) as m where m.ids is not null) as groups,
      (select json_agg(id) from channel
        where workspace_id = ${workspaceId} and id = any(${unique(asked.map(({ channel }) => channel))}::text[])
          and not is_shared and not is_archived) as channels
    from (select count(*) from locked) as all_locked`.execute(trx)
  const row = rows[0]
  return {
    kinds: new Map(Object.entries(row?.kinds ?? {})),
    groups: new Map(Object.entries(row?.groups ?? {})),
    cardChannels: new Set(row?.channels ?? []),
  }
}

export interface NewKudos {
  id: string
  giver: string
  recipients: string[]
  reason: string
  saidIn: string | null
  likeness: string
  givenAt: Date
  deliveries: { id: string; kind: DeliveryKind; target: string }[]
}

/**
 * Stores kudos with their recipients and all that is to be posted, except for those whose giver gave one just like it
 * since `unlessLikeSince` (null: never mind). Answers with those: the id that was to be stored, and the earlier one's.
 * One that is there already is left as it is.
 */
export async function insertKudos(
  { trx, workspaceId }: Tenant,
  kudos: NewKudos[],
  unlessLikeSince: Date | null,
): Promise<Map<string, string>> {
  if (kudos.length === 0) return new Map()
  const { rows } = await sql<{ id: string; earlier: string }>`
    with new as (
      select * from jsonb_to_recordset(${JSON.stringify(kudos)}::jsonb) as k (
        id uuid, giver text, recipients jsonb, reason text, "saidIn" text, likeness text, "givenAt" timestamptz, deliveries jsonb
      )
    ), alike as (
      select new.id, earlier.id as earlier from new cross join lateral (
        select id from kudos
        where workspace_id = ${workspaceId} and giver_id = new.giver and given_at > ${unlessLikeSince}::timestamptz
          and likeness = new.likeness and withdrawn_at is null and kudos.id <> new.id
        order by given_at desc limit 1
      ) as earlier
    ), stored as (
      insert into kudos (workspace_id, id, giver_id, reason, said_in, likeness, given_at)
      select ${workspaceId}, id, giver, reason, "saidIn", likeness, "givenAt" from new
      where id not in (select id from alike)
      on conflict do nothing returning id
    ), recipients as (
      insert into kudos_recipient (workspace_id, kudos_id, member_id, given_at)
      select ${workspaceId}, new.id, recipient.id, new."givenAt"
      from stored join new using (id), jsonb_array_elements_text(new.recipients) as recipient (id)
    ), deliveries as (
      insert into kudos_delivery (workspace_id, id, kudos_id, kind, target, state)
      select ${workspaceId}, delivery.id, new.id, delivery.kind, delivery.target, 'due'
      from stored join new using (id),
        jsonb_to_recordset(new.deliveries) as delivery (id uuid, kind text, target text)
    )
    select id, earlier from alike`.execute(trx)
  return new Map(rows.map((row) => [row.id, row.earlier]))
}

/** One kudos with its recipients in the order of their ids, or null. */
export async function findKudos({ trx, workspaceId }: Tenant, id: string): Promise<Kudos | null> {
  const kudos = await trx
    .selectFrom('kudos')
    .select(['id', 'giver_id', 'reason', 'said_in', 'given_at', 'withdrawn_at'])
    .select((eb) =>
      eb
        .selectFrom('kudos_recipient as r')
        .select(sql<string[]>`json_agg(r.member_id order by r.member_id)`.as('ids'))
        .whereRef('r.workspace_id', '=', 'kudos.workspace_id')
        .whereRef('r.kudos_id', '=', 'kudos.id')
        .as('recipients'),
    )
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return kudos ? toKudos(kudos) : null
}

interface KudosRow {
  id: string
  giver_id: string
  reason: string
  said_in: string | null
  given_at: Date
  withdrawn_at: Date | null
  recipients: string[] | null
}

const toKudos = (row: KudosRow): Kudos => ({
  id: row.id,
  giver: row.giver_id,
  recipients: row.recipients ?? [],
  reason: row.reason,
  saidIn: row.said_in,
  givenAt: row.given_at,
  withdrawn: row.withdrawn_at !== null,
})

/** The newest kudos somebody gave and did not withdraw, newest first. */
export async function listGiven(tenant: Tenant, giver: string, limit: number): Promise<Kudos[]> {
  const rows = await newest(tenant, limit).where('kudos.giver_id', '=', giver).execute()
  return rows.map(toKudos)
}

/** The newest kudos somebody received that still stand, newest first. */
export async function listReceived({ trx, workspaceId }: Tenant, member: string, limit: number): Promise<Kudos[]> {
  const rows = await trx
    .selectFrom('kudos_recipient as mine')
    .innerJoin('kudos', (join) =>
      join.onRef('kudos.workspace_id', '=', 'mine.workspace_id').onRef('kudos.id', '=', 'mine.kudos_id'),
    )
    .select(['kudos.id', 'kudos.giver_id', 'kudos.reason', 'kudos.said_in', 'kudos.given_at', 'kudos.withdrawn_at'])
    .select(sql<string[]>`json_build_array(mine.member_id)`.as('recipients'))
    .where('mine.workspace_id', '=', workspaceId)
    .where('mine.member_id', '=', member)
    .where('kudos.withdrawn_at', 'is', null)
    .orderBy('mine.given_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toKudos)
}

const newest = ({ trx, workspaceId }: Tenant, limit: number) =>
  trx
    .selectFrom('kudos')
    .select(['id', 'giver_id', 'reason', 'said_in', 'given_at', 'withdrawn_at'])
    .select((eb) =>
      eb
        .selectFrom('kudos_recipient as r')
        .select(sql<string[]>`json_agg(r.member_id order by r.member_id)`.as('ids'))
        .whereRef('r.workspace_id', '=', 'kudos.workspace_id')
        .whereRef('r.kudos_id', '=', 'kudos.id')
        .as('recipients'),
    )
    .where('kudos.workspace_id', '=', workspaceId)
    .where('kudos.withdrawn_at', 'is', null)
    .orderBy('kudos.given_at', 'desc')
    .limit(limit)

/** Marks a kudos as withdrawn. False when it is not this giver's, or was withdrawn before. */
export async function markWithdrawn(
  { trx, workspaceId }: Tenant,
  id: string,
  giver: string,
  now: Date,
): Promise<boolean> {
  const result = await trx
    .updateTable('kudos')
    .set({ withdrawn_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('giver_id', '=', giver)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Whether a kudos stands, its row held until the transaction ends: a withdrawal comes before or after, never between. */
export async function holdKudos({ trx, workspaceId }: Tenant, id: string): Promise<'stands' | 'withdrawn' | 'unknown'> {
  const row = await trx
    .selectFrom('kudos')
    .select('withdrawn_at')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst()
  if (!row) return 'unknown'
  return row.withdrawn_at ? 'withdrawn' : 'stands'
}

/** How somebody takes notes: not at all, or so far without ever having had one. */
export async function readNotes(
  { trx, workspaceId }: Tenant,
  member: string,
): Promise<{ wanted: boolean; first: boolean }> {
  const { rows } = await sql<{ wanted: boolean | null; had: SqlBool }>`
    select
      (select notes from kudos_preference where workspace_id = ${workspaceId} and member_id = ${member}) as wanted,
      exists (select from kudos_delivery where workspace_id = ${workspaceId} and target = ${member}
        and kind = 'note' and state in ('sent', 'removed')) as had`.execute(trx)
  return { wanted: rows[0]?.wanted ?? true, first: !rows[0]?.had }
}

/** Switches somebody's notes on or off. */
export async function saveNotes(
  { trx, workspaceId }: Tenant,
  member: string,
  wanted: boolean,
  now: Date,
): Promise<void> {
  const values = { notes: wanted, changed_at: now }
  await trx
    .insertInto('kudos_preference')
    .values({ workspace_id: workspaceId, member_id: member, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet(values))
    .execute()
}
