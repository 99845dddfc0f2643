/** What people say of a check-in, before and after: each act is one transaction's worth of reading, deciding and writing. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { listAvoided, readParticipation, saveAvoided, saveParticipation } from '../workspace/participation-store.ts'
import { happen, type Pairing, type Refusal } from './lifecycle.ts'
import { insertMessages, toRedraw } from './message-store.ts'
import { type MessageJob, REDRAW } from './naming.ts'
import { holdPairing, type MeetingOutcome } from './pairing-store.ts'
import * as pairings from './pairing-writing-store.ts'
import { setAnyone } from './round-writing-store.ts'
import { sendMessages } from './sending.ts'
import { nextWorking } from './working-hours.ts'

const WEEK_MS = 7 * 24 * 3_600_000
/** As on the Home tab. */
const MOST_AVOIDED = 50

interface By {
  pairingId: string
  member: string
}

/** unknown: there is no such pairing any more. said: it is what they said before. */
export type AnswerOutcome = 'done' | 'unknown' | 'said' | Refusal

/** Has the messages about some pairings drawn anew: everybody's, or only those of one of the people. */
export async function redraw(
  tenant: Tenant,
  { queue }: Pick<Platform, 'queue'>,
  pairingIds: string[],
  member: string | null,
): Promise<void> {
  const { workspaceId } = tenant
  const messages = await toRedraw(tenant, pairingIds, member)
  const jobs = messages.map(({ id, revision }) => {
    const data: MessageJob = { workspaceId, messageId: id }
    return { id: naturalId(REDRAW, id, String(revision)), data }
  })
  if (jobs.length > 0) await queue.enqueue(tenant, REDRAW, jobs)
}

/** Says yes, not this week, or takes back what was said. Whatever it comes to, the person's own message shows it. */
export async function answer(
  tenant: Tenant,
  platform: Platform,
  { pairingId, member }: By,
  kind: 'accept' | 'decline' | 'reconsider',
): Promise<AnswerOutcome> {
  const now = instant(platform.clock)
  const pairing = await holdPairing(tenant, pairingId, now)
  if (!pairing) return 'unknown'
  const then = happen(pairing, { kind, by: member })
  // A message that offers what is not possible any more is out of date.
  await redraw(tenant, platform, [pairingId], member)
  if (!then.ok) return then.problem
  const answerOf = ({ parties }: Pairing) => parties.find(({ id }) => id === member)?.answer ?? 'open'
  const said = answerOf(then.pairing)
  await pairings.saveAnswer(tenant, pairingId, member, said, now)
  await pairings.savePairing(tenant, pairing, then.pairing)
  if (then.pairing.state === 'confirmed') {
    const { roundId } = pairing
    const introduction = { kind: 'introduction' as const, roundId, pairingId, target: null, dueAt: now }
    await sendMessages(tenant, platform, [introduction], now)
  }
  return said === answerOf(pairing) ? 'said' : 'done'
}

/** What somebody adds to their answer while it can still be given: how they think it will go, and who else would do. */
export async function remark(
  tenant: Tenant,
  platform: Platform,
  { pairingId, member }: By,
  said: { expectation: number } | { anyone: boolean },
): Promise<AnswerOutcome> {
  const now = instant(platform.clock)
  const pairing = await holdPairing(tenant, pairingId, now)
  const party = pairing?.parties.find(({ id }) => id === member)
  if (!pairing || !party) return 'unknown'
  await redraw(tenant, platform, [pairingId], member)
  if ('anyone' in said) {
    if (pairing.state !== 'proposed' && !(pairing.state === 'over' && party.answer === 'yes')) return 'over'
    await setAnyone(tenant, pairing.roundId, member, said.anyone)
    return 'done'
  }
  // What was expected is not changed by how it was.
  if (pairing.state === 'over' || pairing.state === 'introduced') return pairing.state
  await pairings.saveRemark(tenant, pairingId, member, said, now)
  return 'done'
}

/** Says how it went. "Not yet" is asked once more a week later. */
export async function tellOutcome(
  tenant: Tenant,
  platform: Platform,
  { pairingId, member }: By,
  said: { outcome: MeetingOutcome } | { rating: number },
): Promise<AnswerOutcome> {
  const now = instant(platform.clock)
  const pairing = await holdPairing(tenant, pairingId, now)
  const party = pairing?.parties.find(({ id, answer }) => id === member && answer === 'yes')
  if (!pairing || !party || pairing.state !== 'introduced') return 'unknown'
  if ('rating' in said && party.outcome !== 'met') return 'over'
  await pairings.saveRemark(tenant, pairingId, member, said, now)
  if ('outcome' in said && said.outcome === 'not yet') {
    const later = new Date(now.getTime() + WEEK_MS)
    const worker = { zone: party.person?.tz ?? null, hours: (await readParticipation(tenant, member)).hours }
    const { roundId } = pairing
    const dueAt = nextWorking(worker, later)
    await insertMessages(tenant, [{ kind: 'second follow-up', roundId, pairingId, target: member, dueAt }])
  }
  await redraw(tenant, platform, [pairingId], member)
  return 'done'
}

export type MenuOutcome = 'paused' | 'left' | 'avoided' | 'too many avoided' | 'unknown'

/** The menu of a proposal: each of its choices is a "not this week" as well, as long as that can be said. */
export async function choose(
  tenant: Tenant,
  platform: Platform,
  { pairingId, member }: By,
  choice: { kind: 'pause' } | { kind: 'leave' } | { kind: 'avoid'; place: number },
): Promise<MenuOutcome> {
  const now = instant(platform.clock)
  const pairing = await holdPairing(tenant, pairingId, now)
  if (!pairing?.parties.some(({ id }) => id === member)) return 'unknown'
  const outcome = await act()
  if (outcome !== 'too many avoided' && outcome !== 'unknown') {
    await answer(tenant, platform, { pairingId, member }, 'decline')
  }
  return outcome

  async function act(): Promise<MenuOutcome> {
    if (choice.kind === 'pause') {
      await saveParticipation(tenant, member, { pausedUntil: 'until I say so' }, now)
      return 'paused'
    }
    if (choice.kind === 'leave') {
      await saveParticipation(tenant, member, { joined: false }, now)
      return 'left'
    }
    const other = pairing?.parties.filter(({ id }) => id !== member)[choice.place]
    if (!other) return 'unknown'
    const avoided = [...new Set([...(await listAvoided(tenant, member)), other.id])]
    if (avoided.length > MOST_AVOIDED) return 'too many avoided'
    await saveAvoided(tenant, member, avoided, now)
    return 'avoided'
  }
}

/** Takes part again, after a pause. */
export async function comeBack(tenant: Tenant, platform: Platform, member: string): Promise<'back' | 'not joined'> {
  if (!(await readParticipation(tenant, member)).joined) return 'not joined'
  await saveParticipation(tenant, member, { pausedUntil: null, skipsNext: false }, instant(platform.clock))
  return 'back'
}
