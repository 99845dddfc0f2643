/**
 * A round of five thousand people on a real database with two years of rounds behind it: what its opening, each message,
 * each answer, each telling time and each minute cost, and whether an index serves every statement.
 */
import { sql } from 'kysely'
import { answer, remark } from '../../src/pairing/answering.ts'
import { send } from '../../src/pairing/delivery-jobs.ts'
import { register } from '../../src/pairing/jobs.ts'
import { findMessage, listDue } from '../../src/pairing/message-store.ts'
import { openRound } from '../../src/pairing/opening.ts'
import { listOpenRounds } from '../../src/pairing/round-store.ts'
import { settleRound } from '../../src/pairing/settling.ts'
import { type Db, inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { migrate } from '../../src/platform/migrations.ts'
import { seededRandom } from '../../src/platform/random.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { saveInstallation } from '../../src/workspace/store.ts'
import type { Bench } from './bench.ts'
import { createBenchDatabase } from './bench-database.ts'
import { watchPlans } from './plans.ts'
import { standIn } from './stand-in-platform.ts'

const WORKSPACE = 'TROUND'
const PEOPLE = 5_000
/** Of the past. */
const ROUNDS = 52
const HOUR_MS = 3_600_000
const MONDAY = new Date('2026-03-02T10:00:00Z')

export const roundBench: Bench = async (run) => {
  const url = await createBenchDatabase(run)
  if (!url) throw new Error('no PostgreSQL: set TEST_DATABASE_URL')
  const plans = watchPlans(url)
  run.afterwards(() => plans.db.destroy())
  await migrate(plans.db)
  await fill(plans.db)
  await plans.whole()
  const figures: Record<string, number> = {}
  const measured = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    const result = await work()
    figures[name] = Math.round(performance.now() - began)
    run.say(`${name.padEnd(32)} ${figures[name]}`)
    return result
  }
  const each = async <T>(name: string, all: T[], work: (one: T) => Promise<unknown>) => {
    const took: number[] = []
    for (const one of all) {
      const began = performance.now()
      await work(one)
      took.push(performance.now() - began)
    }
    took.sort((a, b) => a - b)
    const at = (share: number) => Math.round(10 * (took[Math.floor(share * (took.length - 1))] ?? 0)) / 10
    figures[`${name}, p50 ms`] = at(0.5)
    figures[`${name}, p99 ms`] = at(0.99)
    run.say(`${name.padEnd(32)} ${took.length} times, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
  }

  let now = MONDAY
  const { db } = plans
  const { platform, looks, enqueued } = standIn(db, () => now)
  register(platform)
  const within = <T>(work: (tenant: Tenant) => Promise<T>) => inWorkspace(db, WORKSPACE, work)
  const minute = async (name: string) => measured(name, async () => await looks.get('pairing.due')?.(now))
  const random = seededRandom('a round')
  const chance = (percent: number) => random.below(100) < percent

  const before = process.memoryUsage.rss()
  const opened = await measured('opening, ms', () => openRound(platform, WORKSPACE, '2026-03-02', now))
  figures['memory of the opening, MB'] = Math.round((process.resourceUsage().maxRSS * 1024 - before) / 1_048_576)
  figures['memory at most, MB'] = Math.round(process.resourceUsage().maxRSS / 1024)
  if (opened.kind !== 'opened' || opened.people !== PEOPLE) throw new Error(`the round: ${JSON.stringify(opened)}`)
  await minute('a minute with messages due, ms')
  const messagesDue = () => within((tenant) => listDue(tenant, now, 2 * PEOPLE))
  const sendDue = async (name: string) =>
    await each(name, await messagesDue(), ({ id }) =>
      send(platform, { workspaceId: WORKSPACE, messageId: id }, { final: false }),
    )
  const proposals = (await messagesDue()).map(({ id }) => id)
  if (proposals.length !== PEOPLE) throw new Error(`${proposals.length} proposals`)
  await sendDue('sending a proposal')
  await minute('a minute with nothing due, ms')

  // Two of three answer, four of five of them yes; half of those would meet anybody.
  const answering = proposals.filter(() => chance(66))
  await each('an answer', answering, async (id) => {
    await within(async (tenant) => {
      const message = await findMessage(tenant, id)
      const by = { pairingId: message?.pairingId ?? '', member: message?.target ?? '' }
      if (chance(50)) await remark(tenant, platform, by, { anyone: true })
      await answer(tenant, platform, by, chance(80) ? 'accept' : 'decline')
    })
  })
  await sendDue('an introduction')
  for (const [name, hours] of [
    ['settling on Monday, ms', 6],
    ['settling on Tuesday, ms', 30],
    ['settling on Wednesday, ms', 54],
    ['closing on Thursday, ms', 78],
  ] as const) {
    now = new Date(MONDAY.getTime() + hours * HOUR_MS)
    for (const round of await within((tenant) => listOpenRounds(tenant, now))) {
      await measured(name, () => settleRound(platform, WORKSPACE, round.id))
    }
    for (const { id } of await messagesDue())
      await send(platform, { workspaceId: WORKSPACE, messageId: id }, { final: false })
  }
  figures['memory at the end, MB'] = Math.round(process.resourceUsage().maxRSS / 1024)
  figures['jobs handed to the queue'] = [...enqueued.values()].reduce((a, b) => a + b, 0)
  // Before the bench's own looks.
  const whole = await plans.whole()
  for (const { tables, sql: text } of whole) run.say(`reads all of ${tables.join(', ')}: ${text.slice(0, 160)}`)
  const { undecided, twice, open } = await within(check)

  const goal = (text: string, value: number, met: boolean) => ({ goal: text, measured: value, met })
  const atMost = (name: string, most: number) =>
    goal(`${name}: at most ${most}`, figures[name] ?? Infinity, (figures[name] ?? Infinity) <= most)
  return {
    figures,
    goals: {
      opening: atMost('opening, ms', 20_000),
      memory: atMost('memory at most, MB', 700),
      busyMinute: atMost('a minute with messages due, ms', 1_000),
      idleMinute: atMost('a minute with nothing due, ms', 50),
      sending: atMost('sending a proposal, p99 ms', 100),
      answering: atMost('an answer, p99 ms', 100),
      tuesday: atMost('settling on Tuesday, ms', 15_000),
      wednesday: atMost('settling on Wednesday, ms', 15_000),
      told: goal('everybody hears what came of it', undecided, undecided === 0 && open === 0),
      twice: goal('nobody is proposed to the same person twice', twice, twice === 0),
      indexes: goal(
        'statements that read all of a large table for less than a tenth of it',
        whole.length,
        whole.length === 0,
      ),
    },
  }
}

/** People in zones and teams, and rounds of the past in which everybody was paired, met, and said how it was. */
async function fill(db: Db): Promise<void> {
  await saveInstallation(db, { workspaceId: WORKSPACE, botUserId: 'U0BOT', botId: 'B0BOT' }, MONDAY)
  await inWorkspace(db, WORKSPACE, async (tenant) => {
    const { trx } = tenant
    const rhythm = { every: 'week', weekday: 1, time: '10:00', answerHours: 48 } as const
    await saveSettings(tenant, { 'workspace.zone': 'UTC', 'check-ins.rhythm': rhythm }, null, MONDAY)
    const run = (text: string) => sql.raw(text.replaceAll('$W', `'${WORKSPACE}'`)).execute(trx)
    await run(`insert into member (workspace_id, id, kind, is_admin, is_owner, tz, version)
      select $W, 'U' || lpad(i::text, 5, '0'), 'member', false, false,
        (array['UTC', 'Europe/Berlin', 'Europe/London', 'Europe/Athens'])[1 + i % 4], 1
      from generate_series(1, ${PEOPLE}) as i`)
    await run(`insert into team_claim (workspace_id, member_id, source, team, since)
      select workspace_id, id, 'admin', 'Team ' || substr(id, 2)::int % 150, now() from member where workspace_id = $W`)
    await run(`insert into participation (workspace_id, member_id, joined_at, work_from, work_until, work_days, changed_at)
      select workspace_id, id, now(), 480, 1200, '{1,2,3,4,5}', now() from member where workspace_id = $W`)
    await run(`insert into avoidance (workspace_id, owner_id, avoided_id, since)
      select $W, 'U' || lpad(i::text, 5, '0'), 'U' || lpad((1 + (i * 37 + k) % ${PEOPLE})::text, 5, '0'), now()
      from generate_series(1, ${PEOPLE}, 10) as i, generate_series(1, 3) as k on conflict do nothing`)
    const past = `${ROUNDS} - r`
    await run(`insert into round (workspace_id, id, date, state, number, people, opened_at, closes_at, closed_at)
      select $W, md5('round ' || r)::uuid, (timestamptz '2026-02-23' - (${past}) * interval '7 days')::date::text,
        'closed', r, ${PEOPLE}, t.at, t.at + interval '54 hours', t.at + interval '54 hours'
      from generate_series(1, ${ROUNDS}) as r, lateral (select timestamptz '2026-02-23 10:00Z' - (${past}) * interval '7 days' as at) as t`)
    await run(`insert into round_member (workspace_id, round_id, member_id, number, waited, fate)
      select $W, md5('round ' || r)::uuid, m.id, r, 0, 'introduced'
      from generate_series(1, ${ROUNDS}) as r, member as m where m.workspace_id = $W`)
    // In each round another shift brings other people together.
    await run(`insert into pairing (workspace_id, id, round_id, number, wave, state, answer_by, shown_at, introduced_at)
      select $W, md5(r || ' pairing ' || i)::uuid, o.id, r, 1, 'introduced', o.closes_at, o.opened_at, o.opened_at
      from generate_series(1, ${ROUNDS}) as r join round as o on o.workspace_id = $W and o.number = r,
        generate_series(0, ${PEOPLE / 2} - 1) as i`)
    await run(`insert into pairing_member (workspace_id, pairing_id, member_id, number, answer, answered_at, expectation, outcome, outcome_at, rating, rated_at)
      select $W, md5(r || ' pairing ' || i)::uuid, 'U' || lpad(who::text, 5, '0'), r, 'yes', o.opened_at,
        2 + i % 3, 'met', o.closes_at, 3 + i % 3, o.closes_at
      from generate_series(1, ${ROUNDS}) as r join round as o on o.workspace_id = $W and o.number = r,
        generate_series(0, ${PEOPLE / 2} - 1) as i,
        lateral (values (1 + i), (1 + ${PEOPLE / 2} + (i + 41 * r) % ${PEOPLE / 2})) as v (who)`)
    await run(`insert into check_in_message (workspace_id, id, kind, round_id, pairing_id, target, due_at, state, channel, ts, settled_at)
      select pm.workspace_id, md5(kind || pm.pairing_id || pm.member_id)::uuid, kind, p.round_id, p.id, pm.member_id,
        p.introduced_at, 'sent', 'D' || pm.member_id, '1.1', p.introduced_at
      from pairing_member as pm join pairing as p on p.workspace_id = pm.workspace_id and p.id = pm.pairing_id,
        lateral (values ('proposal'), ('follow-up')) as k (kind) where pm.workspace_id = $W`)
  })
  await sql`analyze`.execute(db)
}

async function check({ trx }: Tenant) {
  const { rows } = await sql<{ undecided: number; twice: number; open: number }>`
    select
      (select count(*)::int from round_member where fate is null) as undecided,
      (select count(*)::int from round where state = 'open') as open,
      (select count(*)::int from (
        select from pairing as p
        join pairing_member as a on a.pairing_id = p.id
        join pairing_member as b on b.pairing_id = p.id and b.member_id > a.member_id
        where p.number = ${ROUNDS + 1} group by a.member_id, b.member_id having count(*) > 1) as t) as twice`.execute(
    trx,
  )
  const [row] = rows
  if (!row) throw new Error('nothing was counted')
  return row
}
