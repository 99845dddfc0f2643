/** Pairings, and what their people said, as they are read. What changes them is in pairing-writing-store.ts. */
import { type RawBuilder, sql } from 'kysely'
import { batches } from '../platform/batches.ts'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import { type ParticipantRow, participantRows, toParticipant } from '../workspace/participant-store.ts'
import { notNow, type Participant } from '../workspace/participation.ts'
import { readSetting } from '../workspace/settings.ts'
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

type Row = Omit<StoredPairing, 'parties'> & {
  guests: unknown
  members: {
    id: string
    answer: Answer
    expectation: number | null
    outcome: MeetingOutcome | null
    rating: number | null
    anyone: boolean
    fate: Fate | null
    later: boolean
    person: ParticipantRow | null
    apart: boolean
  }[]
}

/** Pairings `as p` with their people, in one statement; `more` are further columns, each begun by a comma. */
export async function readPairings<More = unknown>(
  { trx, workspaceId }: Tenant,
  which: RawBuilder<unknown>,
  now: Date,
  more: RawBuilder<unknown> = sql``,
): Promise<(StoredPairing & More)[]> {
  const { rows } = await sql<Row & More>`
    select p.id, p.round_id as "roundId", p.number, p.wave, p.state, p.answer_by as "answerBy",
      p.introduced_at as "introducedAt", p.first_id as first, m.members,
      (select value from setting where workspace_id = ${workspaceId} and key = ${GUESTS}) as guests ${more}
    from pairing as p
    cross join lateral (
      select json_agg(json_build_object('id', pm.member_id, 'answer', pm.answer, 'expectation', pm.expectation,
        'outcome', pm.outcome, 'rating', pm.rating, 'anyone', coalesce(r.anyone, false), 'fate', r.fate, 'later', exists (
          select from pairing_member as other
          join pairing as later on later.workspace_id = other.workspace_id and later.id = other.pairing_id
          where other.workspace_id = pm.workspace_id and other.member_id = pm.member_id and other.number = pm.number
            and later.round_id = p.round_id and later.wave > p.wave),
        'person', (select to_json(person) from (
          ${participantRows} where p.workspace_id = pm.workspace_id and p.member_id = pm.member_id) as person),
        'apart', exists (
          select from pairing_member as other where other.workspace_id = pm.workspace_id
            and other.pairing_id = pm.pairing_id and (${keepsFrom('pm', 'other')} or ${keepsFrom('other', 'pm')})))
        order by pm.member_id) as members
      from pairing_member as pm
      left join round_member as r
        on r.workspace_id = pm.workspace_id and r.round_id = p.round_id and r.member_id = pm.member_id
      where pm.workspace_id = p.workspace_id and pm.pairing_id = p.id
    ) as m
    where p.workspace_id = ${workspaceId} and ${which}
    order by p.id`.execute(trx)
  return rows.map(({ members, guests: stored, ...pairing }) => {
    const at = { now, guests: readSetting(GUESTS, stored ?? undefined), begins: false }
    const parties = members.map(({ apart, person: row, ...member }) => {
      const person = row && toParticipant(row)
      const here = person !== null && notNow(person, at) === null
      return { ...member, person, here, able: here && !apart }
    })
    return { ...pairing, parties } as unknown as StoredPairing & More
  })
}

const GUESTS = 'check-ins.guests'

const keepsFrom = (owner: 'pm' | 'other', avoided: 'pm' | 'other') => sql`
  exists (select from avoidance where workspace_id = pm.workspace_id
    and owner_id = ${sql.ref(`${owner}.member_id`)} and avoided_id = ${sql.ref(`${avoided}.member_id`)})`

export async function findPairing(tenant: Tenant, id: string, now: Date): Promise<StoredPairing | null> {
  if (!isNaturalId(id)) return null
  return (await readPairings(tenant, sql`p.id = ${id}`, now))[0] ?? null
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

/** Each statement stays short in a round of thousands. */
const PAIRINGS_AT_ONCE = 250

/** All pairings of a round, which must be held: nobody else changes its proposals meanwhile. */
export async function holdPairings(tenant: Tenant, roundId: string, now: Date): Promise<StoredPairing[]> {
  const held = await tenant.trx
    .selectFrom('pairing')
    .select('id')
    .where('workspace_id', '=', tenant.workspaceId)
    .where('round_id', '=', roundId)
    .orderBy('id')
    .forUpdate()
    .execute()
  const all: StoredPairing[] = []
  for (const some of batches(held, PAIRINGS_AT_ONCE)) {
    const ids = JSON.stringify(some.map(({ id }) => id))
    const which = sql`p.id in (select value::uuid from jsonb_array_elements_text(${ids}::jsonb))`
    all.push(...(await readPairings(tenant, which, now)))
  }
  return all
}
