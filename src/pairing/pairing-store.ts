/** Pairings, and what their people said, as they are read. What changes them is in pairing-writing-store.ts. */
import { type RawBuilder, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import { findParticipants } from '../workspace/participant-store.ts'
import { notNow, type Participant } from '../workspace/participation.ts'
import { getSetting } from '../workspace/settings-store.ts'
import type { Answer, Pairing, PairingState, Party } from './lifecycle.ts'
import type { Fate } from './round-store.ts'

/** met, planned, not yet, or it won't happen. */
export type MeetingOutcome = 'met' | 'planned' | 'not yet' | 'no'

declare module '../platform/database.ts' {
  interface Database {
    pairing: {
      workspace_id: string
      id: string
      round_id: string
      number: number
      wave: number
      state: PairingState
      answer_by: Date
      shown_at: Date | null
      introduced_at: Date | null
      first_id: string | null
    }
    pairing_member: {
      workspace_id: string
      pairing_id: string
      member_id: string
      number: number
      answer: Answer
      answered_at: Date | null
      expectation: number | null
      outcome: MeetingOutcome | null
      outcome_at: Date | null
      rating: number | null
      rated_at: Date | null
    }
  }
}

export interface StoredParty extends Party {
  expectation: number | null
  outcome: MeetingOutcome | null
  rating: number | null
  /** null for somebody the workspace knows nothing of any more. */
  person: Participant | null
  /** As in RoundMember. */
  anyone: boolean
  fate: Fate | null
  /** They are in a later pairing of the same round. */
  later: boolean
}

export interface StoredPairing extends Pairing {
  id: string
  roundId: string
  number: number
  wave: number
  answerBy: Date
  introducedAt: Date | null
  /** Who goes first, once they are introduced. */
  first: string | null
  parties: StoredParty[]
}

type Row = Omit<StoredPairing, 'parties' | 'answerBy' | 'introducedAt'> & {
  answerBy: Date
  introducedAt: Date | null
  members: {
    id: string
    answer: Answer
    expectation: number | null
    outcome: MeetingOutcome | null
    rating: number | null
    anyone: boolean
    fate: Fate | null
    later: boolean
  }[]
}

async function read(tenant: Tenant, which: RawBuilder<unknown>, now: Date): Promise<StoredPairing[]> {
  const { trx, workspaceId } = tenant
  const { rows } = await sql<Row>`
    select p.id, p.round_id as "roundId", p.number, p.wave, p.state, p.answer_by as "answerBy",
      p.introduced_at as "introducedAt", p.first_id as first, m.members
    from pairing as p
    cross join lateral (
      select json_agg(json_build_object('id', pm.member_id, 'answer', pm.answer, 'expectation', pm.expectation,
        'outcome', pm.outcome, 'rating', pm.rating, 'anyone', coalesce(r.anyone, false), 'fate', r.fate, 'later', exists (
          select from pairing_member as other
          join pairing as later on later.workspace_id = other.workspace_id and later.id = other.pairing_id
          where other.workspace_id = pm.workspace_id and other.member_id = pm.member_id and other.number = pm.number
            and later.round_id = p.round_id and later.wave > p.wave))
        order by pm.member_id) as members
      from pairing_member as pm
      left join round_member as r
        on r.workspace_id = pm.workspace_id and r.round_id = p.round_id and r.member_id = pm.member_id
      where pm.workspace_id = p.workspace_id and pm.pairing_id = p.id
    ) as m
    where p.workspace_id = ${workspaceId} and ${which}
    order by p.id`.execute(trx)
  if (rows.length === 0) return []
  const ids = [...new Set(rows.flatMap(({ members }) => members.map(({ id }) => id)))]
  const people = new Map((await findParticipants(tenant, ids)).map((person) => [person.id, person]))
  const apart = await keptApart(tenant, ids)
  const guests = await getSetting(tenant, 'check-ins.guests')
  return rows.map(({ members, ...pairing }) => ({
    ...pairing,
    parties: members.map((member) => {
      const person = people.get(member.id) ?? null
      const here = person !== null && notNow(person, { now, guests, begins: false }) === null
      return { ...member, person, here, able: here && !members.some(({ id }) => apart.has(`${member.id} ${id}`)) }
    }),
  }))
}

/** Both ways round, as "one other". */
async function keptApart({ trx, workspaceId }: Tenant, ids: string[]): Promise<Set<string>> {
  const list = JSON.stringify(ids)
  const { rows } = await sql<{ owner_id: string; avoided_id: string }>`
    select owner_id, avoided_id from avoidance where workspace_id = ${workspaceId}
      and owner_id in (select jsonb_array_elements_text(${list}::jsonb))
      and avoided_id in (select jsonb_array_elements_text(${list}::jsonb))`.execute(trx)
  return new Set(rows.flatMap(({ owner_id: a, avoided_id: b }) => [`${a} ${b}`, `${b} ${a}`]))
}

export async function findPairing(tenant: Tenant, id: string, now: Date): Promise<StoredPairing | null> {
  if (!isNaturalId(id)) return null
  return (await read(tenant, sql`p.id = ${id}`, now))[0] ?? null
}

/** As it is, and as it stays for everybody else until the transaction ends. */
export async function holdPairing(tenant: Tenant, id: string, now: Date): Promise<StoredPairing | null> {
  if (!isNaturalId(id)) return null
  await tenant.trx
    .selectFrom('pairing')
    .select('id')
    .where('workspace_id', '=', tenant.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .execute()
  return await findPairing(tenant, id, now)
}

/** All pairings of a round, which must be held: nobody else changes its proposals meanwhile. */
export async function holdPairings(tenant: Tenant, roundId: string, now: Date): Promise<StoredPairing[]> {
  await tenant.trx
    .selectFrom('pairing')
    .select('id')
    .where('workspace_id', '=', tenant.workspaceId)
    .where('round_id', '=', roundId)
    .orderBy('id')
    .forUpdate()
    .execute()
  return await read(tenant, sql`p.round_id = ${roundId}`, now)
}

/** The pairing that somebody was in last, in a round that is open or was since `since`. */
export async function findLatest(
  tenant: Tenant,
  member: string,
  since: Date,
  now: Date,
): Promise<StoredPairing | null> {
  const { workspaceId } = tenant
  const [pairing] = await read(
    tenant,
    sql`p.id = (
      select pm.pairing_id from pairing_member as pm
      join pairing as last on last.workspace_id = pm.workspace_id and last.id = pm.pairing_id
      where pm.workspace_id = ${workspaceId} and pm.member_id = ${member}
        and (last.answer_by > ${since} or last.introduced_at > ${since})
      order by pm.number desc, last.wave desc limit 1)`,
    now,
  )
  return pairing ?? null
}

/** With whom somebody was to meet in earlier waves of the round, and it did not fit though they said yes. */
export async function listEarlier(
  { trx, workspaceId }: Tenant,
  { roundId, wave }: Pick<StoredPairing, 'roundId' | 'wave'>,
  member: string,
): Promise<string[][]> {
  const { rows } = await sql<{ others: string[] }>`
    select array_agg(other.member_id order by other.member_id) as others
    from pairing as p
    join pairing_member as own on own.workspace_id = p.workspace_id and own.pairing_id = p.id
      and own.member_id = ${member} and own.answer = 'yes'
    join pairing_member as other on other.workspace_id = p.workspace_id and other.pairing_id = p.id
      and other.member_id <> ${member}
    where p.workspace_id = ${workspaceId} and p.round_id = ${roundId} and p.wave < ${wave} and p.state = 'over'
    group by p.id, p.wave order by p.wave`.execute(trx)
  return rows.map(({ others }) => others)
}
