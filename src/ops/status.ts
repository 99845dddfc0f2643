/** `status`: how the app stands, without a word of what anybody wrote or answered. */
import { coming } from '../home/coming.ts'
import { tellStatus } from '../pairing/operating.ts'
import { type Db, inWorkspace } from '../platform/database.ts'
import { findQueueStates, listDeadLetters, listFailing, type QueueState } from '../platform/queue-store.ts'
import { SETTING_KEYS } from '../workspace/settings.ts'
import { getSettings } from '../workspace/settings-store.ts'
import { readLastRuns } from './schedule-store.ts'
import { duration, moment, table } from './table.ts'

/** Of each list as much as fits a screen; the rest is counted. */
const SHOWN = 20
const FAILING_SHOWN = 10

/** Queues, dead letters and errors of the whole database; schedules and rounds of these workspaces. */
export async function status(db: Db, workspaces: string[], now: Date): Promise<string> {
  const parts = []
  for (const workspace of workspaces.slice(0, SHOWN)) parts.push(await ofWorkspace(db, workspace, now))
  const more = workspaces.length - SHOWN
  if (more > 0) parts.push(`${more} more workspaces: name one with --workspace.`)
  if (workspaces.length === 0) parts.push('No workspace is known yet.')
  const queues = await findQueueStates(db)
  parts.push(...(queues ? [tellQueues(queues, now), await tellDeadLetters(db), await tellFailing(db)] : [NEVER_RAN]))
  return parts.join('\n\n')
}

const NEVER_RAN = 'There is no queue yet: it is made when the app is started for the first time.'

async function ofWorkspace(db: Db, workspaceId: string, now: Date): Promise<string> {
  const { last, next } = await inWorkspace(db, workspaceId, async (tenant) => {
    const settings = await getSettings(tenant, SETTING_KEYS)
    const last = await readLastRuns(tenant)
    const prompts = { channels: 0, next: last.nextPrompt ? { channel: '', at: last.nextPrompt } : null }
    const all = coming({ settings, prompts }, now)
    return { last, next: (name: string) => all.find(({ what }) => what.startsWith(name))?.at ?? null }
  })
  const upcoming = (at: Date | null) => (at ? moment(at) : 'nobody has chosen one')
  const schedules = [
    [
      'directory of members',
      moment(last.directory),
      last.directory ? moment(aDayAfter(last.directory)) : 'at the next start',
    ],
    ['weekly prompt', moment(last.prompt), upcoming(next('Weekly prompt'))],
    ['check-ins', moment(last.round), upcoming(next('Check-ins'))],
    ['monthly digest', moment(last.digest), upcoming(next('Monthly digest'))],
  ]
  const { text: rounds } = await tellStatus(db, workspaceId, now)
  const heading = `Workspace ${workspaceId}. What is due was last looked for ${ago(last.lookedUntil, now)}.`
  return `${heading}\n${table(['schedule', 'last', 'next'], schedules)}\n${rounds.replaceAll(/^/gm, '  ')}`
}

const aDayAfter = (at: Date) => new Date(at.getTime() + 86_400_000)

const ago = (at: Date | null, now: Date) =>
  at ? `${duration(Math.max(0, (now.getTime() - at.getTime()) / 1_000))} ago` : 'never'

function tellQueues(queues: QueueState[], now: Date): string {
  const counted = queues.map(({ countedAt }) => countedAt?.getTime() ?? 0)
  const latest = Math.max(0, ...counted)
  const busy = queues.filter(({ waiting, active, later }) => waiting + active + later > 0)
  const rows = busy.map(({ queue, waiting, active, later, oldestSeconds }) => [
    queue,
    String(waiting),
    String(active),
    String(later),
    oldestSeconds === null ? '' : duration(oldestSeconds),
  ])
  const heading = `Queues. The app last looked after them ${ago(latest === 0 ? null : new Date(latest), now)}.`
  const empty = `  ${queues.length - busy.length} queues are empty.`
  return [heading, table(['queue', 'waiting', 'active', 'later', 'oldest waits'], rows), empty]
    .filter(Boolean)
    .join('\n')
}

async function tellDeadLetters(db: Db): Promise<string> {
  const { letters, total } = await listDeadLetters(db, { queue: null, limit: SHOWN })
  if (total === 0) return 'No dead letters.'
  const rows = letters.map(({ id, queue, workspaceId, at, tries, failure }) => [
    id,
    queue,
    workspaceId ?? '',
    moment(at),
    String(tries),
    `${failure.type}: ${failure.what}`,
  ])
  const shown = total > letters.length ? `, the last ${letters.length} of them here` : ''
  const heading = `Dead letters, jobs that were given up: ${total}${shown}. "retry ID" does one again, "drop ID" forgets it.`
  return `${heading}\n${table(['id', 'queue', 'workspace', 'given up', 'tries', 'failure'], rows)}`
}

async function tellFailing(db: Db): Promise<string> {
  const failing = await listFailing(db, FAILING_SHOWN)
  if (failing.length === 0) return 'No job has failed that is still to be tried again.'
  const rows = failing.map(({ queue, tries, nextAt, failure }) => [
    queue,
    String(tries),
    moment(nextAt),
    `${failure.type}: ${failure.what}`,
  ])
  return `Last errors of jobs that are tried again by themselves:\n${table(['queue', 'tries', 'next try', 'failure'], rows)}`
}
