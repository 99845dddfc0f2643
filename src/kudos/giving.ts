/** Giving, for somebody who is waiting: decided from memory, stored by one statement, answered. */
import { inOneStatement, inWorkspace, type Tenant } from '../platform/database.ts'
import { gather } from '../platform/gather.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { NewJob } from '../platform/queue.ts'
import { traced } from '../platform/request-id.ts'
import { canShowCards } from '../workspace/channel-store.ts'
import { getSetting } from '../workspace/settings-store.ts'
import { MAX_RECIPIENTS } from './command.ts'
import { conclude, type Decision, decide, type GiveOutcome, type Giving } from './decision.ts'
import { enterSoon } from './entering.ts'
import { type GivingContext, insertKudos, isOvertaken, readGivingContext } from './giving-store.ts'
import { findKudos } from './store.ts'

export const LOOK_UP = 'kudos.look-up'

export interface LookUpJob {
  workspaceId: string
  giving: Giving
  ids: string[]
}

/** Wrong values and broken constraints (SQLSTATE classes 22 and 23), and rubbish, come from one kudos; everything else hits all. */
const oneToBlame = (error: unknown) =>
  error instanceof TypeError || /^2[23]/.test((error as { code?: string }).code ?? '')
/** So often somebody else may come first. Each time theirs is stored, so that this is no more than a precaution. */
const TRIES = 50

export type Give = (workspaceId: string, giving: Giving) => Promise<GiveOutcome>

/**
 * Gives a kudos. Those of one workspace that arrive at the same time share a statement: storing and enqueueing ten of
 * them costs little more than one. Throws CommitUncertain when it may or may not have been given.
 */
export function createGive(platform: Platform): Give {
  const { db, queue, clock } = platform
  const contexts = new Map<string, Promise<GivingContext>>()
  const workspaces = new Map<string, (giving: Giving) => Promise<GiveOutcome>>()

  /** From memory. Whether it still holds, the statement that stores finds out. */
  function contextOf(workspaceId: string): Promise<GivingContext> {
    const known = contexts.get(workspaceId)
    if (known) return known
    const reading = inWorkspace(db, workspaceId, (tenant) => readGivingContext(tenant, MAX_RECIPIENTS))
    contexts.set(workspaceId, reading)
    reading.catch(() => contexts.delete(workspaceId))
    return reading
  }

  /** Answers in the same order. */
  async function giveAll(workspaceId: string, givings: Giving[]): Promise<GiveOutcome[]> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const remembered = contextOf(workspaceId)
      const context = await remembered
      const now = instant(clock)
      const decisions = givings.map((giving) => decide(workspaceId, giving, context, now))
      const news = decisions.flatMap(({ kudos }) => kudos ?? [])
      const stored = await inOneStatement(db, workspaceId, (tenant) =>
        insertKudos(tenant, news, context.version),
      ).catch((error: unknown) => {
        if (isOvertaken(error)) return null
        throw error
      })
      if (stored?.outdated && contexts.get(workspaceId) === remembered) contexts.delete(workspaceId)
      if (!stored || stored.outdated) continue
      enterSoon(platform)
      const jobs = lookUps(workspaceId, decisions)
      if (jobs.length > 0) await inWorkspace(db, workspaceId, (tenant) => queue.enqueue(tenant, LOOK_UP, jobs))
      return conclude(decisions, context, stored)
    }
    throw new Error('somebody else came first, again and again')
  }

  const ofWorkspace = (workspaceId: string) =>
    gather<Giving, GiveOutcome>((givings) => giveAll(workspaceId, givings), {
      // Statements stay small enough to be quick.
      most: 20,
      heaviest: 30_000,
      weight: ({ reason }) => reason.length + 1_000,
      // What somebody has just given is there when their next one is looked at: the same again, or one too many.
      apart: ({ giver }) => giver,
      oneToBlame,
    })
  return (workspaceId, giving) => {
    const known = workspaces.get(workspaceId) ?? ofWorkspace(workspaceId)
    workspaces.set(workspaceId, known)
    return known(traced(giving))
  }
}

/**
 * Gives a kudos as part of a transaction. Throws isOvertaken when its giver gives something else at the same moment: then
 * nothing of the transaction is stored.
 */
export async function giveWithin(tenant: Tenant, platform: Platform, giving: Giving): Promise<GiveOutcome> {
  const { queue, clock } = platform
  const context = await readGivingContext(tenant, MAX_RECIPIENTS)
  const decision = decide(tenant.workspaceId, traced(giving), context, instant(clock))
  tenant.afterCommit(() => enterSoon(platform))
  const stored = await insertKudos(tenant, decision.kudos ? [decision.kudos] : [])
  const jobs = lookUps(tenant.workspaceId, [decision])
  if (jobs.length > 0) await queue.enqueue(tenant, LOOK_UP, jobs)
  return conclude([decision], context, stored)[0] as GiveOutcome
}

/** Jobs that ask Slack who the people are that nobody knows, and answer. */
const lookUps = (workspaceId: string, decisions: Decision[]): NewJob[] =>
  decisions.flatMap(({ giving, choice }) => {
    if (choice.kind !== 'unknown') return []
    const data: LookUpJob = { workspaceId, giving, ids: choice.ids }
    return [{ id: naturalId(LOOK_UP, workspaceId, giving.request), data }]
  })

/** Gives once more what the same giver gave a moment ago, after being asked. Null when it is not theirs, or withdrawn. */
export async function giveAgain(
  platform: Platform,
  give: Give,
  workspaceId: string,
  again: Pick<Giving, 'request' | 'channel' | 'giver' | 'app' | 'responseUrl'> & { kudosId: string },
): Promise<GiveOutcome | null> {
  const { kudosId, ...asked } = again
  const earlier = await inWorkspace(platform.db, workspaceId, (tenant) => findKudos(tenant, kudosId))
  if (!earlier || earlier.giver !== asked.giver || earlier.withdrawn) return null
  const { reason, isPrivate, value, passedOnFrom, threadTs, about, recipients: people } = earlier
  const same = { reason, isPrivate, value, passedOnFrom, threadTs, about, people, groups: [] }
  return await give(workspaceId, { ...same, ...asked, lookedUp: true, wholly: false, again: true })
}

/** The workspace's kudos channel, as long as a card may be shown there. */
export async function kudosChannel(tenant: Tenant): Promise<string | null> {
  const channel = await getSetting(tenant, 'kudos.channel')
  return channel && (await canShowCards(tenant, channel)) ? channel : null
}
