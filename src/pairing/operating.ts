/** What an operator can do with rounds by hand, and what they read then. */
import { isDeepStrictEqual } from 'node:util'
import { DateTime } from 'luxon'
import { type Db, inWorkspace } from '../platform/database.ts'
import { createLog } from '../platform/log.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import { getSettings } from '../workspace/settings-store.ts'
import { listMatchings } from './history-store.ts'
import { pairInWorker } from './matching/in-worker.ts'
import { countMessages } from './message-store.ts'
import { FEWEST_PEOPLE, gatherRound, openRound, roundIdOf } from './opening.ts'
import { findRound, listOpenRounds, listRounds, type Round } from './round-store.ts'
import { nextOpening } from './schedule.ts'
import { closeEarly } from './settling.ts'

/** What came of it in words; ok: it was done. */
export interface Operated {
  ok: boolean
  text: string
}

const done = (text: string): Operated => ({ ok: true, text })
const refused = (text: string): Operated => ({ ok: false, text })

/** Opens a round now, as the clock would; the running app posts its messages within a minute. */
export async function openNow(db: Db, workspaceId: string, now: Date, dryRun: boolean): Promise<Operated> {
  const { date, open, there } = await inWorkspace(db, workspaceId, async (tenant) => {
    const { 'workspace.zone': zone } = await getSettings(tenant, ['workspace.zone'])
    const date = DateTime.fromJSDate(now, { zone }).toISODate() ?? ''
    return { date, open: await listOpenRounds(tenant), there: await findRound(tenant, roundIdOf(workspaceId, date)) }
  })
  if (there) return refused(`There is a round of ${date} already: it is ${there.state}. One a day is the most.`)
  const [running] = open
  if (running) return refused(`The round of ${running.date} is open. Close it first: npm run ops -- close-round`)
  if (dryRun) return await rehearse(db, workspaceId, date, now)
  const outcome = await openRound({ jobsDb: db, log: createLog('silent') }, workspaceId, date, now)
  if (outcome.kind !== 'opened')
    return done(`No round opened: fewer than ${FEWEST_PEOPLE} people take part. Admins are told.`)
  return done(
    `The round of ${date} is open: ${outcome.people} people in ${outcome.groups} groups. Messages go out while the app runs.`,
  )
}

async function rehearse(db: Db, workspaceId: string, date: string, now: Date): Promise<Operated> {
  const { people, input } = await inWorkspace(db, workspaceId, (tenant) => gatherRound(tenant, now))
  if (people.length < FEWEST_PEOPLE)
    return done(`No round would open: ${people.length} people take part. Nothing was done.`)
  const { groups, objective, certified } = await pairInWorker(input)
  const best = certified ? 'nothing better is possible' : 'close to the best'
  return done(
    `The round of ${date} would be of ${people.length} people in ${groups.length} groups, ${objective.sameTeam} pairs of one team (${best}). Nothing was done.`,
  )
}

/** Closes the round that is open; its people hear what came of it within a minute of the app running. */
export async function closeNow(db: Db, workspaceId: string, now: Date, dryRun: boolean): Promise<Operated> {
  return await inWorkspace(db, workspaceId, async (tenant) => {
    const open = await listOpenRounds(tenant)
    if (open.length === 0) return refused('No round is open.')
    const dates = open.map(({ date }) => date).join(', ')
    if (dryRun) return done(`This would close the round of ${dates}. Nothing was done.`)
    for (const { id } of open) await closeEarly(tenant, id, now)
    return done(`The round of ${dates} closes within a minute of the app running.`)
  })
}

/** How check-ins stand: without a word about what anybody answered. */
export async function tellStatus(db: Db, workspaceId: string, now: Date): Promise<Operated> {
  return await inWorkspace(db, workspaceId, async (tenant) => {
    const settings = await getSettings(tenant, ['workspace.zone', 'check-ins.rhythm'])
    const next = nextOpening(settings['check-ins.rhythm'], settings['workspace.zone'], now)
    const messages = await countMessages(tenant, now)
    const lines = [
      `Next round: ${next.date}, ${next.at.toISOString()} (${settings['workspace.zone']}).`,
      `Messages: ${messages.due} to be posted, ${messages.late} of them late, ${messages.failed} given up.`,
      ...(await listRounds(tenant, 5)).map(lineOf),
    ]
    return done(lines.join('\n'))
  })
}

const lineOf = ({ id, date, state, people, openedAt, closesAt }: Round) =>
  `Round of ${date}: ${state}${state === 'open' || state === 'closed' ? `, ${people} people, ${openedAt.toISOString()} to ${closesAt.toISOString()}` : ''}. ${id}`

/** Makes the groups of a round once more from what they were made from, and holds them against those that were. */
export async function replay(db: Db, workspaceId: string, roundId: string): Promise<Operated> {
  const matchings = isNaturalId(roundId)
    ? await inWorkspace(db, workspaceId, (tenant) => listMatchings(tenant, roundId))
    : []
  if (matchings.length === 0) return refused(`No round ${roundId} with groups is known. "status" lists the last ones.`)
  const lines: string[] = []
  let same = true
  for (const { wave, input, inputHash, groups } of matchings) {
    if (!input) {
      lines.push(
        `Wave ${wave}: what it was made from is not kept any more (90 days, or until one of its people is erased).`,
      )
      same = false
      continue
    }
    const again = await pairInWorker(input)
    const isSame = again.inputHash === inputHash && isDeepStrictEqual(again.groups, groups)
    same &&= isSame
    lines.push(
      `Wave ${wave}: ${groups.length} groups of ${input.people.length} people, ${isSame ? 'the same again' : 'OTHERS THAN BEFORE'}.`,
    )
  }
  return { ok: same, text: lines.join('\n') }
}
