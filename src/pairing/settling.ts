/**
 * What happens at the telling time: answers are counted, who said yes and is free is asked once more, and when the round
 * closes, introduced to whoever else waits, or told that nobody was left.
 */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { freshSeed } from '../platform/random.ts'
import { findParticipants, listAvoidances } from '../workspace/participant-store.ts'
import { notNow, type Participant } from '../workspace/participation.ts'
import { saveParticipation } from '../workspace/participation-store.ts'
import { getSettings } from '../workspace/settings-store.ts'
import { redraw } from './answering.ts'
import { laterEnd } from './deadlines.ts'
import { insertMatching, readHistory } from './history-store.ts'
import { happen, type PairingState } from './lifecycle.ts'
import { pairInWorker } from './matching/in-worker.ts'
import type { PairingInput, PairingResult } from './matching/input.ts'
import { listNotIntroduced } from './message-store.ts'
import { propose, toPairingPerson, workerOf } from './opening.ts'
import { holdPairings, type StoredPairing } from './pairing-store.ts'
import { endAnswering, insertPairings, saveStates } from './pairing-writing-store.ts'
import { holdOpenRound, listOpenRounds, listRoundMembers, type Round } from './round-store.ts'
import { setFate, updateRound } from './round-writing-store.ts'
import { tellingTime } from './schedule.ts'
import { sendMessages } from './sending.ts'
import { markSilent } from './silence-store.ts'
import { nextWorking } from './working-hours.ts'

/** Does what is due in a round. Harmless when done twice, or by two at once. */
export async function settleRound(platform: Platform, workspaceId: string, roundId: string): Promise<void> {
  const now = instant(platform.clock)
  const within = <T>(work: (tenant: Tenant) => Promise<T>) => inWorkspace(platform.jobsDb, workspaceId, work)
  const plan = await within(async (tenant) => {
    const round = await holdOpenRound(tenant, roundId)
    if (!round) return null
    await countAnswers(tenant, platform, round, now)
    return await planNext(tenant, round, now)
  })
  if (!plan) return
  const result = plan.input ? await pairInWorker(plan.input) : null
  await within(async (tenant) => {
    const round = await holdOpenRound(tenant, roundId)
    // Somebody else has gone on from here.
    if (!round || round.wave !== plan.round.wave || round.closesAt.getTime() !== plan.round.closesAt.getTime()) return
    await goOn(tenant, platform, plan, result, now)
    await redraw(tenant, platform, plan.before, null)
  })
  const { free, isLast } = plan
  platform.log.info({ workspace: workspaceId, round: roundId, free: free.length, isLast }, 'round.settled')
}

/** Ends what can't be answered any more. */
async function countAnswers(tenant: Tenant, platform: Platform, round: Round, now: Date): Promise<void> {
  const impossible = await listNotIntroduced(tenant, round.id)
  const changed: { id: string; state: PairingState }[] = []
  for (const pairing of await holdPairings(tenant, round.id, now)) {
    const isUp = pairing.state === 'proposed' && pairing.answerBy <= now
    if (!isUp && !impossible.has(pairing.id)) continue
    const then = happen(pairing, isUp ? { kind: 'time is up' } : { kind: 'not possible', without: [] })
    if (!then.ok || then.pairing.state === pairing.state) continue
    changed.push({ id: pairing.id, state: then.pairing.state })
  }
  await saveStates(tenant, changed)
  const agreed = changed.filter(({ state }) => state === 'confirmed')
  const introductions = agreed.map(({ id }) => introductionOf(round.id, id, now))
  await sendMessages(tenant, platform, introductions, now)
  await redraw(
    tenant,
    platform,
    changed.map(({ id }) => id),
    null,
  )
}

const introductionOf = (roundId: string, pairingId: string, dueAt: Date) => ({
  kind: 'introduction' as const,
  roundId,
  pairingId,
  target: null,
  dueAt,
})

interface Plan {
  round: Round
  zone: string
  /** Those who are ready, and in no pairing. */
  free: Participant[]
  /** Those who are settled: what it came to for them. */
  fates: { introduced: string[]; notThisTime: string[] }
  /** The pairings that the free ones were in. */
  before: string[]
  /** Some are still in a pairing. */
  busy: boolean
  /** The round closes now. */
  isLast: boolean
  /** Who is to be brought together, if anybody can be. */
  input: PairingInput | null
}

async function planNext(tenant: Tenant, round: Round, now: Date): Promise<Plan> {
  const settings = await getSettings(tenant, ['workspace.zone', 'check-ins.guests'])
  const [zone, guests] = [settings['workspace.zone'], settings['check-ins.guests']]
  const members = (await listRoundMembers(tenant, round.id)).filter(({ fate }) => fate === null)
  const pairings = await holdPairings(tenant, round.id, now)
  const people = new Map(
    (
      await findParticipants(
        tenant,
        members.map(({ id }) => id),
      )
    ).map((person) => [person.id, person]),
  )
  const last = new Map<string, StoredPairing>()
  for (const pairing of pairings.sort((a, b) => a.wave - b.wave)) {
    for (const { id } of pairing.parties) last.set(id, pairing)
  }
  const free: Participant[] = []
  const fates: Plan['fates'] = { introduced: [], notThisTime: [] }
  const before = new Set<string>()
  let busy = false
  for (const { id } of members) {
    const pairing = last.get(id)
    const saidYes = pairing?.parties.some((party) => party.id === id && party.answer === 'yes') ?? true
    if (pairing?.state === 'proposed' || pairing?.state === 'confirmed') {
      busy = true
      // Whoever can't answer any more while the others are being introduced is nobody to wait for.
      if (pairing.state === 'confirmed' && !saidYes) fates.notThisTime.push(id)
      continue
    }
    const person = people.get(id)
    const isHere = person && notNow(person, { now, guests, begins: false }) === null
    if (pairing?.state === 'introduced' && saidYes) fates.introduced.push(id)
    else if (isHere && saidYes) free.push(person)
    else fates.notThisTime.push(id)
    if (pairing?.state === 'over' && saidYes) before.add(pairing.id)
  }
  const isLast = round.closesAt <= now
  const anyone = new Set(members.filter((member) => member.anyone).map(({ id }) => id))
  const candidates = isLast
    ? free.filter(({ id }) => anyone.has(id))
    : free.filter((person) => laterEnd(zone, [workerOf(person)], now, round.closesAt))
  const waited = new Map(members.map((member) => [member.id, member.waited]))
  const input =
    candidates.length < 2
      ? null
      : {
          people: candidates.map((person) => toPairingPerson(person, waited.get(person.id) ?? 0, now)),
          history: await readHistory(
            tenant,
            round.number,
            candidates.map(({ id }) => id),
          ),
          // Nobody is proposed to the same person twice in a round.
          avoid: [...(await listAvoidances(tenant)), ...pairings.flatMap(pairsOf)],
          seed: freshSeed(),
        }
  return { round, zone, free, fates, before: [...before], busy, isLast, input }
}

const pairsOf = ({ parties }: StoredPairing): [string, string][] =>
  parties.flatMap((one, index) => parties.slice(index + 1).map((other): [string, string] => [one.id, other.id]))

async function goOn(
  tenant: Tenant,
  platform: Platform,
  plan: Plan,
  result: PairingResult | null,
  now: Date,
): Promise<void> {
  const { round, zone, free, fates, isLast } = plan
  const groups = result?.groups ?? []
  const wave = round.wave + 1
  await setFate(tenant, round.id, fates.introduced, 'introduced')
  await setFate(tenant, round.id, fates.notThisTime, 'not this time')
  if (plan.input && result && groups.length > 0) {
    await insertMatching(tenant, { roundId: round.id, wave }, plan.input, result, now)
  }
  const target = { id: round.id, number: round.number, wave }
  const proposed = propose(target, groups, free, now, () => round.closesAt)
  if (isLast) {
    const agreed = proposed.pairings.map((pairing) => ({ ...pairing, state: 'confirmed' as const }))
    await insertPairings(tenant, target, agreed)
    const introductions = agreed.map(({ id }) => introductionOf(round.id, id, now))
    await sendMessages(tenant, platform, introductions, now)
    const taken = new Set(groups.flat())
    const alone = free.filter(({ id }) => !taken.has(id))
    const ids = alone.map(({ id }) => id)
    await setFate(tenant, round.id, ids, 'alone')
    await sendMessages(tenant, platform, toEach(alone, 'alone', round.id, now), now)
  } else {
    await insertPairings(tenant, target, proposed.pairings)
    await sendMessages(tenant, platform, proposed.messages, now)
  }
  const isOver = isLast && !plan.busy && groups.length === 0
  await updateRound(tenant, round.id, {
    wave: groups.length > 0 ? wave : round.wave,
    ...(isOver ? { closed: now } : { settleAt: tellingTime(zone, new Date(now.getTime() + 1)) }),
  })
  if (isOver) await pauseGhosts(tenant, platform, round.id, now)
}

/** Whoever let three rounds go by is asked no more until they say so, and told once how to come back. */
async function pauseGhosts(tenant: Tenant, platform: Platform, roundId: string, now: Date): Promise<void> {
  const ghosts = await markSilent(tenant, roundId)
  for (const id of ghosts) await saveParticipation(tenant, id, { pausedUntil: 'until I say so' }, now)
  const people = await findParticipants(tenant, ghosts)
  await sendMessages(tenant, platform, toEach(people, 'ghost', roundId, now), now)
}

/** A message to each of some people, in their next working hours. */
const toEach = (people: Participant[], kind: 'alone' | 'ghost', roundId: string, now: Date) =>
  people.map((person) => ({
    kind,
    roundId,
    pairingId: null,
    target: person.id,
    dueAt: nextWorking(workerOf(person), now),
  }))

/** Closes a round before its time: whoever is free hears so, and nobody is asked once more. */
export async function closeEarly(tenant: Tenant, roundId: string, now: Date): Promise<void> {
  await endAnswering(tenant, roundId, now)
  await updateRound(tenant, roundId, { closesAt: now, settleAt: now })
}

/** Ends the rounds that still run when another one opens. */
export async function closeAll(platform: Platform, workspaceId: string): Promise<void> {
  const now = instant(platform.clock)
  const open = await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    const open = await listOpenRounds(tenant)
    for (const { id } of open) await closeEarly(tenant, id, now)
    return open
  })
  for (const { id } of open) await settleRound(platform, workspaceId, id)
}

/** The job of settling a round at a moment: once for each minute. */
export const settleJobId = (roundId: string, now: Date): string =>
  naturalId('pairing.settle', roundId, now.toISOString().slice(0, 16))
