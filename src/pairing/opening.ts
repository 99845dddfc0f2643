/** Opening a round: who takes part, who meets whom, and who is written to when, stored in one transaction. */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { Platform } from '../platform/platform.ts'
import { freshSeed } from '../platform/random.ts'
import { listAdmins } from '../workspace/admin-store.ts'
import { endSkips, listAvoidances, listParticipants } from '../workspace/participant-store.ts'
import { notNow, type Participant } from '../workspace/participation.ts'
import { getSettings } from '../workspace/settings-store.ts'
import { firstEnd } from './deadlines.ts'
import { insertMatching, readGap, readHistory } from './history-store.ts'
import { pairInWorker } from './matching/in-worker.ts'
import type { PairingInput, PairingPerson, PairingResult } from './matching/input.ts'
import { insertMessages, type NewMessage } from './message-store.ts'
import { insertPairings, type NewPairing } from './pairing-writing-store.ts'
import { findRound, nextNumber, readWaited } from './round-store.ts'
import { insertRound, insertRoundMembers } from './round-writing-store.ts'
import { closingTime, tellingTime } from './schedule.ts'
import { nextWorking, utcOffset, type Worker } from './working-hours.ts'

/** With fewer there is nobody to choose from. */
export const FEWEST_PEOPLE = 4
const ADMINS_TOLD = 5

export const roundIdOf = (workspaceId: string, date: string) => naturalId('round', workspaceId, date)

export const workerOf = ({ tz, participation }: Participant): Worker => ({ zone: tz, hours: participation.hours })

export const toPairingPerson = (person: Participant, waited: number, now: Date): PairingPerson => ({
  id: person.id,
  team: person.team?.name ?? null,
  utcOffset: utcOffset(person.tz, now),
  waited,
})

/** Everybody who would be in a round that opens now, and what it would be made from. */
export async function gatherRound(tenant: Tenant, now: Date) {
  const settings = await getSettings(tenant, ['workspace.zone', 'check-ins.rhythm', 'check-ins.guests'])
  const guests = settings['check-ins.guests']
  const joined = await listParticipants(tenant)
  const people = joined.filter((person) => notNow(person, { now, guests, begins: true }) === null)
  const ids = people.map(({ id }) => id)
  const number = await nextNumber(tenant)
  const waited = await readWaited(tenant, ids)
  const input: PairingInput = {
    people: people.map((person) => toPairingPerson(person, waited.get(person.id) ?? 0, now)),
    history: await readHistory(tenant, number, ids),
    avoid: await listAvoidances(tenant),
    seed: freshSeed(),
  }
  // Those whom only the wish to skip keeps out: for them this was the one to skip.
  const skipping = joined.filter((person) => notNow(person, { now, guests, begins: true }) === 'skips')
  return {
    people,
    skipping: skipping.map(({ id }) => id),
    number,
    input,
    zone: settings['workspace.zone'],
    rhythm: settings['check-ins.rhythm'],
  }
}

type Gathered = Awaited<ReturnType<typeof gatherRound>>

export type OpeningOutcome = { kind: 'opened'; people: number; groups: number } | { kind: 'too few' | 'there already' }

/**
 * Opens the round of a day: once, however often it is asked for. Under four people none opens, and admins get an
 * invitation to pass on.
 */
export async function openRound(
  { jobsDb, log }: Pick<Platform, 'jobsDb' | 'log'>,
  workspaceId: string,
  date: string,
  now: Date,
): Promise<OpeningOutcome> {
  const id = roundIdOf(workspaceId, date)
  const gathered = await inWorkspace(jobsDb, workspaceId, async (tenant) =>
    (await findRound(tenant, id)) ? null : await gatherRound(tenant, now),
  )
  if (!gathered) return { kind: 'there already' }
  const isTooFew = gathered.people.length < FEWEST_PEOPLE
  const result = isTooFew ? null : await pairInWorker(gathered.input)
  const outcome = await inWorkspace(jobsDb, workspaceId, (tenant) =>
    result ? store(tenant, { id, date }, gathered, result, now) : storeNone(tenant, { id, date }, 'too few', now),
  )
  const { people, number } = gathered
  log.info(
    { workspace: workspaceId, round: id, date, number, people: people.length, outcome: outcome.kind },
    'round.opened',
  )
  return outcome
}

async function store(
  tenant: Tenant,
  { id, date }: { id: string; date: string },
  { people, skipping, number, input, zone, rhythm }: Gathered,
  result: PairingResult,
  now: Date,
): Promise<OpeningOutcome> {
  const closesAt = closingTime(rhythm, zone, now)
  const gap = await readGap(tenant)
  const round = { id, date, state: 'open' as const, number, people: people.length, openedAt: now, closesAt, gap }
  if (!(await insertRound(tenant, { ...round, settleAt: tellingTime(zone, now) }))) return { kind: 'there already' }
  const waited = (person: PairingPerson) => ({ id: person.id, waited: person.waited ?? 0 })
  await insertRoundMembers(tenant, round, input.people.map(waited))
  await endSkips(tenant, skipping)
  const proposed = propose({ id, number, wave: 1 }, result.groups, people, now, (workers) =>
    firstEnd(zone, workers, now, closesAt),
  )
  await insertMatching(tenant, { roundId: id, wave: 1 }, input, result, now)
  await insertPairings(tenant, { id, number, wave: 1 }, proposed.pairings)
  await insertMessages(tenant, proposed.messages)
  return { kind: 'opened', people: people.length, groups: result.groups.length }
}

/** The pairings of some groups, and the message to each of their people, in their next working hours. */
export function propose(
  round: { id: string; number: number; wave: number },
  groups: string[][],
  people: Participant[],
  now: Date,
  endFor: (workers: Worker[]) => Date,
): { pairings: NewPairing[]; messages: NewMessage[] } {
  const workers = new Map(people.map((person) => [person.id, workerOf(person)]))
  const workerNamed = (id: string) => workers.get(id) as Worker
  const pairings = groups.map((members) => ({
    id: naturalId('pairing', round.id, String(round.wave), ...[...members].sort()),
    members,
    answerBy: endFor(members.map(workerNamed)),
    state: 'proposed' as const,
  }))
  const messages = pairings.flatMap(({ id: pairingId, members }) =>
    members.map((target) => ({
      kind: 'proposal' as const,
      roundId: round.id,
      pairingId,
      target,
      dueAt: nextWorking(workerNamed(target), now),
    })),
  )
  return { pairings, messages }
}

/** A round that does not open: too few people, or found too late. Admins hear of it. */
export async function storeNone(
  tenant: Tenant,
  { id, date }: { id: string; date: string },
  state: 'too few' | 'missed',
  now: Date,
): Promise<OpeningOutcome> {
  const round = { id, date, state, number: null, people: 0, openedAt: now, closesAt: now, settleAt: null, gap: null }
  if (!(await insertRound(tenant, round))) return { kind: 'there already' }
  const admins = await listAdmins(tenant, [], ADMINS_TOLD)
  await insertMessages(
    tenant,
    admins.map((target) => ({ kind: state, roundId: id, pairingId: null, target, dueAt: now })),
  )
  return { kind: 'too few' }
}
