/** What admins see the day before a round. It is reckoned as if nobody avoided anybody: no figure may depend on that. */
import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { saveOutlook } from './history-store.ts'
import { pairInWorker } from './matching/in-worker.ts'
import { gatherRound } from './opening.ts'

/** Reckons how many will take part in the round of a day, and how many pairs of one team, or who met before, to expect. */
export async function lookAhead(platform: Platform, workspaceId: string, date: string): Promise<void> {
  const now = instant(platform.clock)
  const { input } = await inWorkspace(platform.jobsDb, workspaceId, (tenant) => gatherRound(tenant, now))
  const people = input.people.length
  if (people < 2) {
    const none = { date, people, sameTeam: 0, repeats: 0 }
    return await inWorkspace(platform.jobsDb, workspaceId, (tenant) => saveOutlook(tenant, none))
  }
  const { groups, objective } = await pairInWorker({ ...input, avoid: [] })
  const before = new Set(Array.from(input.history).flatMap(({ members }) => pairsOf(members)))
  const repeats = groups.flatMap(pairsOf).filter((pair) => before.has(pair)).length
  const outlook = { date, people, sameTeam: objective.sameTeam, repeats }
  await inWorkspace(platform.jobsDb, workspaceId, (tenant) => saveOutlook(tenant, outlook))
}

const pairsOf = (members: readonly string[]): string[] =>
  members.flatMap((one, index) => members.slice(index + 1).map((other) => [one, other].sort().join(' ')))
