/** A pairing as one of its people sees it, with all that is said of it to them: one statement. */
import { type RawBuilder, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import { MET } from './history-store.ts'
import { readPairings, type StoredPairing, type StoredParty } from './pairing-store.ts'
import type { Gap, RoundState } from './round-store.ts'

export interface SeenPairing extends StoredPairing {
  own: StoredParty
  round: { state: RoundState; closesAt: Date; gap: Gap | null }
  /** When they last met each of the others in a check-in; who is not in it, never. */
  metAt: Map<string, Date>
  /** With whom they were to meet in earlier waves of the round, and it did not fit though they said yes. */
  earlier: string[][]
}

/** A pairing, or null when there is none of that id with that member. */
export async function findSeen(tenant: Tenant, id: string, member: string, now: Date): Promise<SeenPairing | null> {
  return isNaturalId(id) ? await read(tenant, sql`p.id = ${id}`, member, now) : null
}

/** The pairing that somebody was in last, in a round that is open or was since `since`. */
export const findLatest = (tenant: Tenant, member: string, since: Date, now: Date): Promise<SeenPairing | null> =>
  read(
    tenant,
    sql`p.id = (
      select pm.pairing_id from pairing_member as pm
      join pairing as last on last.workspace_id = pm.workspace_id and last.id = pm.pairing_id
      where pm.workspace_id = ${tenant.workspaceId} and pm.member_id = ${member}
        and (last.answer_by > ${since} or last.introduced_at > ${since})
      order by pm.number desc, last.wave desc limit 1)`,
    member,
    now,
  )

interface Around {
  round: { state: RoundState; closes_at: string; expected: number | null; was: number | null }
  met: { id: string; at: string }[] | null
  earlier: string[][] | null
}

async function read(
  tenant: Tenant,
  which: RawBuilder<unknown>,
  member: string,
  now: Date,
): Promise<SeenPairing | null> {
  const [found] = await readPairings<Around>(tenant, which, now, aroundOf(tenant.workspaceId, member))
  const own = found?.parties.find(({ id }) => id === member)
  if (!found || !own) return null
  const { round, met, earlier, ...pairing } = found
  const { state, closes_at, expected, was } = round
  return {
    ...pairing,
    own,
    round: { state, closesAt: new Date(closes_at), gap: expected === null || was === null ? null : { expected, was } },
    metAt: new Map((met ?? []).map(({ id, at }) => [id, new Date(at)])),
    earlier: earlier ?? [],
  }
}

/** Further columns of a pairing, called here: `p` is each of those that are looked through. */
const aroundOf = (workspaceId: string, member: string) => sql`,
  (select json_build_object('state', state, 'closes_at', closes_at, 'expected', expected, 'was', was)
    from round where workspace_id = ${workspaceId} and id = p.round_id) as round,
  (select json_agg(met) from (select here.member_id as id, (
      select max(p.introduced_at) from pairing_member as own
      join pairing as p on p.workspace_id = own.workspace_id and p.id = own.pairing_id
      join pairing_member as other on other.workspace_id = p.workspace_id and other.pairing_id = p.id
      where own.workspace_id = ${workspaceId} and own.member_id = ${member} and own.answer = 'yes'
        and other.member_id = here.member_id and other.answer = 'yes' and ${MET}) as at
    from pairing_member as here
    where here.workspace_id = ${workspaceId} and here.pairing_id = p.id and here.member_id <> ${member}
  ) as met where at is not null) as met,
  (select json_agg(others order by wave) from (
    select before.wave, json_agg(other.member_id order by other.member_id) as others
    from pairing as before
    join pairing_member as own on own.workspace_id = before.workspace_id and own.pairing_id = before.id
      and own.member_id = ${member} and own.answer = 'yes'
    join pairing_member as other on other.workspace_id = before.workspace_id and other.pairing_id = before.id
      and other.member_id <> ${member}
    where before.workspace_id = ${workspaceId} and before.round_id = p.round_id and before.wave < p.wave
      and before.state = 'over'
    group by before.id, before.wave) as waves) as earlier`
