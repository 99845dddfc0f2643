/** What was before: for matching, for "have you met", for the expectation gap. And how groups came about. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { type Remembered, reckonGap } from './expectation-gap.ts'
import type { PairingInput, PairingResult } from './matching/input.ts'
import type { Gap } from './round-store.ts'

/** What is older makes no difference worth its room in memory: two hundred rounds of three thousand people. */
const MOST_HISTORY = 300_000

/** Every pairing of these people that was shown, with how many rounds ago for the round of that number; the latest first. */
export async function readHistory(
  { trx, workspaceId }: Tenant,
  number: number,
  ids: string[],
): Promise<{ members: string[]; roundsAgo: number }[]> {
  const { rows } = await sql<{ members: string[]; number: number }>`
    select p.number, array_agg(pm.member_id order by pm.member_id) as members
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as who (id)
    join pairing_member as pm on pm.workspace_id = ${workspaceId} and pm.member_id = who.id
    join pairing as p on p.workspace_id = pm.workspace_id and p.id = pm.pairing_id and p.shown_at is not null
    group by p.id, p.number
    having count(*) between 2 and 3
    order by p.number desc, members
    limit ${MOST_HISTORY}`.execute(trx)
  // What was shown in this very round counts like the last one.
  return rows.map((row) => ({ members: row.members, roundsAgo: Math.max(1, number - row.number) }))
}

/** A pair met when one of them says so and none says otherwise; a trio is three met pairs. */
export const MET = sql`
  p.introduced_at is not null
  and exists (select from pairing_member as yes where yes.workspace_id = p.workspace_id and yes.pairing_id = p.id
    and yes.outcome = 'met')
  and not exists (select from pairing_member as no where no.workspace_id = p.workspace_id and no.pairing_id = p.id
    and no.outcome <> 'met')`

/** The same over the rows of an introduced pairing's people, `m`. */
export const ALL_SAY_MET = sql`bool_and(m.outcome = 'met')`

/** A meeting that happened: pairs, a trio as its three. */
export interface Meeting {
  members: [string, string]
  at: Date
}

/** The pairs that met after being introduced in a stretch of time. */
export async function listMeetings({ trx, workspaceId }: Tenant, from: Date, until: Date): Promise<Meeting[]> {
  const { rows } = await sql<{ a: string; b: string; at: Date }>`
    select a.member_id as a, b.member_id as b, p.introduced_at as at
    from pairing as p
    join pairing_member as a on a.workspace_id = p.workspace_id and a.pairing_id = p.id and a.answer = 'yes'
    join pairing_member as b on b.workspace_id = p.workspace_id and b.pairing_id = p.id and b.answer = 'yes'
      and b.member_id > a.member_id
    where p.workspace_id = ${workspaceId} and p.introduced_at >= ${from} and p.introduced_at < ${until} and ${MET}
    order by p.introduced_at, a, b`.execute(trx)
  return rows.map(({ a, b, at }) => ({ members: [a, b], at }))
}

/** For each of these people: how many check-ins they were introduced for, and how often they went first. */
export async function readTurns(
  { trx, workspaceId }: Tenant,
  ids: string[],
): Promise<Map<string, { introduced: number; first: number }>> {
  const { rows } = await sql<{ id: string; introduced: number; first: number }>`
    select pm.member_id as id, count(*)::int as introduced,
      (count(*) filter (where p.first_id = pm.member_id))::int as first
    from pairing_member as pm
    join pairing as p on p.workspace_id = pm.workspace_id and p.id = pm.pairing_id and p.introduced_at is not null
    where pm.workspace_id = ${workspaceId} and pm.answer = 'yes'
      and pm.member_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    group by pm.member_id`.execute(trx)
  return new Map(rows.map(({ id, introduced, first }) => [id, { introduced, first }]))
}

/** What people expected and how it was, over all who said both. */
export async function readGap({ trx, workspaceId }: Tenant): Promise<Gap | null> {
  const reckoning = reckonGap()
  // To the microsecond: as a Date it would begin again where it was.
  let after = { at: '-infinity', pairing: '00000000-0000-0000-0000-000000000000', person: '' }
  for (;;) {
    const { rows } = await sql<Remembered & { at: string; pairing: string }>`
      select member_id as person, expectation, rating, rated_at::text as at, pairing_id as pairing from pairing_member
      where workspace_id = ${workspaceId} and rating is not null and expectation is not null
        and (rated_at, pairing_id, member_id) > (${after.at}::timestamptz, ${after.pairing}::uuid, ${after.person})
      order by rated_at, pairing_id, member_id limit ${PAGE}`.execute(trx)
    reckoning.add(rows)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return reckoning.gap()
    after = last
  }
}

const PAGE = 10_000

/** Keeps how the groups of a wave came about. */
export async function insertMatching(
  { trx, workspaceId }: Tenant,
  of: { roundId: string; wave: number },
  input: PairingInput,
  result: PairingResult,
  now: Date,
): Promise<void> {
  await sql`
    insert into matching (
      workspace_id, round_id, wave, seed, input_hash, objective, bound, certified, method, groups, input, made_at
    ) values (${workspaceId}, ${of.roundId}, ${of.wave}, ${result.seed}, ${result.inputHash},
      ${JSON.stringify(result.objective)}::jsonb, ${JSON.stringify(result.bound)}::jsonb, ${result.certified},
      ${result.method}, ${JSON.stringify(result.groups)}::jsonb, ${JSON.stringify(input)}::jsonb, ${now})`.execute(trx)
}

export interface Matching {
  wave: number
  inputHash: string
  groups: string[][]
  /** null once it is forgotten. */
  input: PairingInput | null
}

export async function listMatchings({ trx, workspaceId }: Tenant, roundId: string): Promise<Matching[]> {
  const { rows } = await sql<Matching>`
    select wave, input_hash as "inputHash", groups, input from matching
    where workspace_id = ${workspaceId} and round_id = ${roundId} order by wave`.execute(trx)
  return rows
}

/** Forgets what groups were made from that are older than this. */
export async function forgetInputs({ trx, workspaceId }: Tenant, before: Date): Promise<void> {
  await sql`
    update matching set input = null
    where workspace_id = ${workspaceId} and input is not null and made_at < ${before}`.execute(trx)
}

export interface Outlook {
  date: string
  /** How many will take part, and how many could: all members. */
  people: number
  members: number
  sameTeam: number
  repeats: number
}

/** What is to be expected of the round of a day, reckoned without avoid lists. */
export async function saveOutlook({ trx, workspaceId }: Tenant, outlook: Omit<Outlook, 'members'>): Promise<void> {
  const { date, people, sameTeam, repeats } = outlook
  await sql`
    insert into round_outlook (workspace_id, date, people, members, same_team, repeats)
    select ${workspaceId}, ${date}, ${people}, count(*), ${sameTeam}, ${repeats}
    from member where workspace_id = ${workspaceId} and kind in ('member', 'guest')
    on conflict (workspace_id, date) do update set people = excluded.people, members = excluded.members,
      same_team = excluded.same_team, repeats = excluded.repeats`.execute(trx)
}
