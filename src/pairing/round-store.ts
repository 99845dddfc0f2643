/** Rounds, who was in them, and how their groups came about. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

/** too few: fewer than four people, so none opened. missed: its time was over a day ago when anybody looked. */
export type RoundState = 'open' | 'closed' | 'too few' | 'missed'
export type Fate = 'introduced' | 'alone' | 'not this time'

declare module '../platform/database.ts' {
  interface Database {
    round: {
      workspace_id: string
      id: string
      date: string
      state: RoundState
      number: number | null
      people: number
      wave: number
      opened_at: Date
      closes_at: Date
      settle_at: Date | null
      closed_at: Date | null
      expected: number | null
      was: number | null
    }
    round_watch: { workspace_id: string; looked_until: Date }
    round_member: {
      workspace_id: string
      round_id: string
      member_id: string
      number: number
      waited: number
      anyone: boolean
      fate: Fate | null
      silent: boolean
    }
  }
}

export interface Round {
  id: string
  date: string
  state: RoundState
  number: number
  people: number
  wave: number
  openedAt: Date
  closesAt: Date
  /** The means of what people expected and of how it was, as they were when it opened. */
  gap: Gap | null
}

export interface Gap {
  expected: number
  was: number
}

const COLUMNS = [
  'id',
  'date',
  'state',
  'number',
  'people',
  'wave',
  'opened_at as openedAt',
  'closes_at as closesAt',
  'expected',
  'was',
] as const

type RoundRow = Omit<Round, 'number' | 'gap'> & { number: number | null; expected: number | null; was: number | null }

const toRound = ({ expected, was, ...row }: RoundRow): Round => ({
  ...row,
  number: row.number ?? 0,
  gap: expected === null || was === null ? null : { expected, was },
})

/** Up to when openings were looked for; begins with `now` the first time. Two processes come one after the other. */
export async function holdWatch({ trx, workspaceId }: Tenant, now: Date): Promise<Date> {
  await trx
    .insertInto('round_watch')
    .values({ workspace_id: workspaceId, looked_until: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await trx
    .selectFrom('round_watch')
    .select('looked_until')
    .where('workspace_id', '=', workspaceId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return row.looked_until
}

export async function moveWatch({ trx, workspaceId }: Tenant, until: Date): Promise<void> {
  await trx
    .updateTable('round_watch')
    .set({ looked_until: until })
    .where('workspace_id', '=', workspaceId)
    .where('looked_until', '<', until)
    .execute()
}

export async function findRound({ trx, workspaceId }: Tenant, id: string): Promise<Round | null> {
  const row = await trx
    .selectFrom('round')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? toRound(row) : null
}

/** Keeps everybody else from changing the round's course until the transaction ends. Null unless it is open. */
export async function holdOpenRound({ trx, workspaceId }: Tenant, id: string): Promise<Round | null> {
  const row = await trx
    .selectFrom('round')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .forUpdate()
    .executeTakeFirst()
  return row ? toRound(row) : null
}

/** The rounds that are open, the earliest first; with `due` only those whose people are to hear something by then. */
export async function listOpenRounds({ trx, workspaceId }: Tenant, due: Date | null = null): Promise<Round[]> {
  const rows = await trx
    .selectFrom('round')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'open')
    .$if(due !== null, (query) => query.where('settle_at', '<=', due))
    .orderBy('number')
    .execute()
  return rows.map(toRound)
}

/** The last rounds of any kind, newest first. */
export async function listRounds({ trx, workspaceId }: Tenant, limit: number): Promise<Round[]> {
  const rows = await trx
    .selectFrom('round')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .orderBy('opened_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toRound)
}

/** The gap that the last round before a moment told, as it was when that opened. */
export async function findGap({ trx, workspaceId }: Tenant, before: Date): Promise<Gap | null> {
  const row = await trx
    .selectFrom('round')
    .select(['expected', 'was'])
    .where('workspace_id', '=', workspaceId)
    .where('number', 'is not', null)
    .where('opened_at', '<', before)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row || row.expected === null || row.was === null) return null
  return { expected: row.expected, was: row.was }
}

/** The number of the next round that opens. */
export async function nextNumber({ trx, workspaceId }: Tenant): Promise<number> {
  const row = await trx
    .selectFrom('round')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

/** True unless there is one of that id already. */
export async function insertRound(
  { trx, workspaceId }: Tenant,
  round: Omit<Round, 'number' | 'wave'> & { number: number | null; settleAt: Date | null },
): Promise<boolean> {
  const result = await trx
    .insertInto('round')
    .values({
      workspace_id: workspaceId,
      id: round.id,
      date: round.date,
      state: round.state,
      number: round.number,
      people: round.people,
      wave: 1,
      opened_at: round.openedAt,
      closes_at: round.closesAt,
      settle_at: round.settleAt,
      closed_at: round.state === 'open' ? null : round.openedAt,
      expected: round.gap?.expected ?? null,
      was: round.gap?.was ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** What changes while a round is open. */
export async function updateRound(
  { trx, workspaceId }: Tenant,
  id: string,
  change: { wave?: number; settleAt?: Date; closesAt?: Date; closed?: Date },
): Promise<void> {
  const { wave, settleAt, closesAt, closed } = change
  await trx
    .updateTable('round')
    .set({
      ...(wave === undefined ? {} : { wave }),
      ...(settleAt ? { settle_at: settleAt } : {}),
      ...(closesAt ? { closes_at: closesAt } : {}),
      ...(closed ? { state: 'closed' as const, closed_at: closed, settle_at: null } : {}),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export interface RoundMember {
  id: string
  waited: number
  /** They would meet anybody else who waits. */
  anyone: boolean
  fate: Fate | null
}

export async function insertRoundMembers(
  { trx, workspaceId }: Tenant,
  round: Pick<Round, 'id' | 'number'>,
  members: Pick<RoundMember, 'id' | 'waited'>[],
): Promise<void> {
  await sql`
    insert into round_member (workspace_id, round_id, member_id, number, waited)
    select ${workspaceId}, ${round.id}, id, ${round.number}, waited
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as m (id text, waited integer)`.execute(trx)
}

export async function listRoundMembers({ trx, workspaceId }: Tenant, roundId: string): Promise<RoundMember[]> {
  return await trx
    .selectFrom('round_member')
    .select(['member_id as id', 'waited', 'anyone', 'fate'])
    .where('workspace_id', '=', workspaceId)
    .where('round_id', '=', roundId)
    .orderBy('member_id')
    .execute()
}

export async function setAnyone(
  { trx, workspaceId }: Tenant,
  roundId: string,
  member: string,
  anyone: boolean,
): Promise<void> {
  await trx
    .updateTable('round_member')
    .set({ anyone })
    .where('workspace_id', '=', workspaceId)
    .where('round_id', '=', roundId)
    .where('member_id', '=', member)
    .execute()
}

export async function setFate(
  { trx, workspaceId }: Tenant,
  roundId: string,
  members: string[],
  fate: Fate | null,
): Promise<void> {
  await sql`
    update round_member set fate = ${fate}
    where workspace_id = ${workspaceId} and round_id = ${roundId}
      and member_id in (select jsonb_array_elements_text(${JSON.stringify(members)}::jsonb))`.execute(trx)
}

/** How many rounds in a row have left each of these people out, up to now. */
export async function readWaited({ trx, workspaceId }: Tenant, ids: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; waited: number }>`
    select who.id, last.waited + 1 as waited
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as who (id)
    join lateral (
      select waited, fate from round_member
      where workspace_id = ${workspaceId} and member_id = who.id order by number desc limit 1
    ) as last on last.fate = 'alone'`.execute(trx)
  return new Map(rows.map(({ id, waited }) => [id, waited]))
}

/** Writes down who was asked in a round and never answered; answers with those for whom it was the third time in a row. */
export async function markSilent({ trx, workspaceId }: Tenant, roundId: string): Promise<string[]> {
  await sql`
    update round_member as r set silent = true
    where r.workspace_id = ${workspaceId} and r.round_id = ${roundId}
      and exists (select from check_in_message as m where m.workspace_id = r.workspace_id and m.round_id = r.round_id
        and m.target = r.member_id and m.kind = 'proposal' and m.state = 'sent')
      and not exists (select from pairing_member as pm join pairing as p
          on p.workspace_id = pm.workspace_id and p.id = pm.pairing_id
        where pm.workspace_id = r.workspace_id and pm.member_id = r.member_id and p.round_id = r.round_id
          and pm.answered_at is not null)`.execute(trx)
  const { rows } = await sql<{ id: string }>`
    select r.member_id as id from round_member as r
    where r.workspace_id = ${workspaceId} and r.round_id = ${roundId} and r.silent
      and (select count(*) = ${GHOST_ROUNDS} and bool_and(silent) from (
        select silent from round_member where workspace_id = r.workspace_id and member_id = r.member_id
          and number <= r.number order by number desc limit ${GHOST_ROUNDS}) as last)`.execute(trx)
  return rows.map(({ id }) => id)
}

const GHOST_ROUNDS = 3
