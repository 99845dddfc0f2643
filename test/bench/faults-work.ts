/** A round and weekly prompts that are sent bit by bit, so that each kill finds them on their way. */
import { sql } from 'kysely'
import { openRound } from '../../src/pairing/opening.ts'
import { createLog } from '../../src/platform/log.ts'
import { savePlan, usualPlan } from '../../src/prompts/admin-acts.ts'
import { saveChannel } from '../../src/workspace/channel-store.ts'
import { eventually } from '../support/eventually.ts'
import { type FaultyWorld, PAIRED } from './faults-world.ts'

export interface SlowWork {
  /** Lets this many proposals and prompts become due; an app that starts looks at once. */
  release(proposals: number, prompts: number): Promise<void>
  /** Lets everything else become due. */
  releaseAll(): Promise<void>
  /** Nothing of it is left to send. */
  isSent(): Promise<boolean>
  /** What came of it. */
  outcome(): Promise<WorkOutcome>
}

export interface WorkOutcome {
  proposalsMissing: number
  proposalsTwice: number
  promptsTwice: number
  /** Neither sent nor told to an admin. */
  promptsMissing: number
  /** Nobody can say whether Slack took them: the admins decide. */
  promptsUncertain: number
}

/** Opens a round of five hundred, and gives channels a weekly prompt. The app must have read the directory. */
export async function prepareWork(world: FaultyWorld, channels: number): Promise<SlowWork> {
  const { sandbox, db, within, workspaceId } = world
  await within((tenant) =>
    // Around the clock, so that the bench may run at any time.
    sql`insert into participation (workspace_id, member_id, joined_at, work_days, work_from, work_until, changed_at)
      select workspace_id, id, now(), '{1,2,3,4,5,6,7}', 0, 1440, now() from member
      where kind = 'member' and id in (select jsonb_array_elements_text(${JSON.stringify(paired(world))}::jsonb))`.execute(
      tenant.trx,
    ),
  )
  const now = new Date(Date.now())
  await openRound({ jobsDb: db, log: createLog('silent') }, workspaceId, '2026-01-05', now)
  await sql`update check_in_message set due_at = 'infinity'`.execute(db)
  const names = Array.from({ length: channels }, (_, index) => `room-${index}`)
  const ids = new Map<string, string>()
  const minute = new Date(now.getTime() - 60_000)
  for (const name of names) {
    const members = [sandbox.person('giver0').id, sandbox.app.botUser]
    const { id } = sandbox.addChannel({ name, members })
    ids.set(name, id)
    await within(async (tenant) => {
      await saveChannel(tenant, { id, isShared: false, isArchived: false })
      const time = minute.toISOString().slice(11, 16)
      const plan = { ...(await usualPlan(tenant)), weekday: minute.getUTCDay() || 7, time, zone: 'UTC' }
      await savePlan(tenant, { ...plan, channel: id }, sandbox.person('giver0').id, now)
    })
  }
  const makeDue = (limit: number) =>
    sql`update prompt_channel set next_due_at = next_due_at - interval '7 days',
        next_week = to_char((next_due_at - interval '7 days') at time zone 'UTC', 'IYYY-"W"IW')
      where channel_id in (select channel_id from prompt_channel where next_due_at > now() and not exists (
        select from prompt_post where prompt_post.channel_id = prompt_channel.channel_id) limit ${limit})`.execute(db)
  const sendOff = (limit: number) =>
    sql`update check_in_message set due_at = now()
      where id in (select id from check_in_message where due_at = 'infinity' and kind = 'proposal' limit ${limit})`.execute(
      db,
    )

  return {
    async release(proposals, prompts) {
      await sendOff(proposals)
      await makeDue(prompts)
    },
    async releaseAll() {
      await sendOff(PAIRED)
      await makeDue(channels)
    },
    async isSent() {
      const { rows: left } = await sql`
        select from check_in_message where kind = 'proposal' and state = 'due'
        union all select from prompt_post where state in ('due', 'claimed')
        union all select from prompt_channel where next_due_at <= now()`.execute(db)
      return left.length === 0
    },
    async outcome() {
      const proposals = Array.from({ length: PAIRED }, (_, index) => sandbox.directMessages(`p${index}`).length)
      const { rows } = await sql<{ channel_id: string }>`
        select channel_id from prompt_post where state = 'uncertain'`.execute(db)
      const uncertain = new Set(rows.map(({ channel_id }) => channel_id))
      const prompts = names.map((name) => ({
        isUncertain: uncertain.has(ids.get(name) ?? ''),
        posted: sandbox.messages(`#${name}`, { app: true }).filter(({ text }) => text.startsWith('This week’s')).length,
      }))
      return {
        proposalsMissing: proposals.filter((count) => count === 0).length,
        proposalsTwice: proposals.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
        promptsTwice: prompts.reduce((sum, { posted }) => sum + Math.max(0, posted - 1), 0),
        promptsMissing: prompts.filter(({ posted, isUncertain }) => posted === 0 && !isUncertain).length,
        promptsUncertain: uncertain.size,
      }
    },
  }
}

const paired = ({ sandbox }: FaultyWorld) =>
  Array.from({ length: PAIRED }, (_, index) => sandbox.person(`p${index}`).id)

export const untilDirectoryIsRead = ({ db }: FaultyWorld) =>
  eventually('the directory', async () => {
    const { rows } = await sql`select from member_reading where read_at is not null`.execute(db)
    return rows.length > 0
  })
