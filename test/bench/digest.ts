/**
 * `npm run bench -- digest`: one month of a workspace with 20,000 members in 200 teams, a million kudos, 200 rounds of
 * check-ins and a weekly prompt in twenty channels, counted; beside it a single aggregate over the same kudos, and the
 * same month in a workspace with a tenth of the history.
 */
import { type RawBuilder, sql } from 'kysely'
import { monthNamed } from '../../src/digest/month.ts'
import { countMonth } from '../../src/digest/store.ts'
import { type Db, inWorkspace, openDatabase, type Tenant } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { migrate } from '../../src/platform/migrations.ts'
import type { Bench } from './bench.ts'
import { createBenchDatabase } from './bench-database.ts'

const MEMBERS = 20_000
const TEAMS = 200
const MONTHLY = 25_000
/** Together a million. */
const LONG = 40
const SHORT = 4
/** In a month: over the long history 200. A fifth of all take part. */
const ROUNDS = 5
const TAKE_PART = 4_000
const PROMPT_CHANNELS = 20
const DONE_EACH = 100
const RUNS = 5

export const digestBench: Bench = async (run) => {
  const url = await createBenchDatabase(run)
  if (!url) throw new Error('there is no PostgreSQL here: install it, or name a server in BENCH_DATABASE_URL')
  const db = openDatabase(url, 'migrating', createLog('silent'))
  run.afterwards(() => db.destroy())
  await migrate(db)
  run.say(
    `filling: ${MEMBERS} members, ${TEAMS} teams; a month ${MONTHLY} kudos, ${ROUNDS} rounds of ${TAKE_PART} people, ` +
      `and prompts in ${PROMPT_CHANNELS} channels; for ${LONG} and for ${SHORT} months`,
  )
  for (const [workspace, months] of [
    ['TLONG', LONG],
    ['TSHORT', SHORT],
  ] as const) {
    await fill(db, workspace, months)
    await fillTogether(db, workspace, months)
  }
  await sql`analyze`.execute(db)

  const digest = await timed(db, 'TLONG', (tenant) => countMonth(tenant, month()))
  const thanks = await timed(db, 'TLONG', (tenant) => handWritten(tenant, 'thanks').execute(tenant.trx))
  const aggregate = await timed(db, 'TLONG', (tenant) => handWritten(tenant, 'everything').execute(tenant.trx))
  const short = await timed(db, 'TSHORT', (tenant) => countMonth(tenant, month()))
  run.say(
    `one month of ${LONG}: ${digest} ms; a single aggregate over the same rows: ${aggregate} ms, of kudos alone: ${thanks} ms; ` +
      `one month of ${SHORT}: ${short} ms`,
  )
  const goal = (text: string, measured: string, met: boolean) => ({ goal: text, measured, met })
  return {
    figures: { digestMs: digest, aggregateMs: aggregate, aggregateOfKudosMs: thanks, shortHistoryMs: short },
    goals: {
      time: goal('a month in under 2 s', `${digest} ms`, digest < 2_000),
      aggregate: goal(
        'at most 3 times a single aggregate over the same rows',
        (digest / aggregate).toFixed(1),
        digest <= 3 * aggregate,
      ),
      history: goal(
        'ten times the history costs at most half as much again',
        (digest / short).toFixed(2),
        digest <= 1.5 * short,
      ),
    },
  }
}

function month() {
  const october = monthNamed('2026-10', 'Europe/Berlin')
  if (!october) throw new Error('no such month')
  return october
}

/** Milliseconds, the median of some runs after one that warms up; nothing of them is kept. */
async function timed(db: Db, workspace: string, work: (tenant: Tenant) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn <= RUNS; turn += 1) {
    const began = performance.now()
    await inWorkspace(db, workspace, async (tenant) => {
      await work(tenant)
      throw new Error('undone')
    }).catch((error: Error) => {
      if (error.message !== 'undone') throw error
    })
    if (turn > 0) times.push(performance.now() - began)
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0)
}

/**
 * As somebody would write it in a console: three months of thanks with the teams of both; and, for everything that a digest
 * reads, three months of check-ins, who met, and who took part in prompts.
 */
function handWritten({ workspaceId }: Tenant, rows: 'thanks' | 'everything'): RawBuilder<unknown> {
  const { from, until } = month()
  const since = sql`${from}::timestamptz - interval '2 months'`
  const others = sql`, (
      select count(*) filter (where m.outcome = 'met') from pairing as p
      join pairing_member as m on m.workspace_id = p.workspace_id and m.pairing_id = p.id
      where p.workspace_id = ${workspaceId} and p.introduced_at >= ${since} and p.introduced_at < ${until}
    ), (
      select count(distinct d.member_id) from prompt_post as p
      join prompt_done as d on d.workspace_id = p.workspace_id and d.post_id = p.id
      where p.workspace_id = ${workspaceId} and p.due_at >= ${since} and p.due_at < ${until}
    )`
  return sql`
    select count(distinct k.id) filter (where k.given_at >= ${from}), count(distinct k.giver_id) filter (where k.given_at >= ${from}),
      count(distinct r.member_id), count(*) filter (where g.team <> t.team) ${rows === 'everything' ? others : sql``}
    from kudos as k join kudos_recipient as r on r.workspace_id = k.workspace_id and r.kudos_id = k.id
    left join team_claim as g on g.workspace_id = k.workspace_id and g.member_id = k.giver_id
      and g.since <= k.given_at and (g.until is null or g.until > k.given_at)
    left join team_claim as t on t.workspace_id = k.workspace_id and t.member_id = r.member_id
      and t.since <= k.given_at and (t.until is null or t.until > k.given_at)
    where k.workspace_id = ${workspaceId} and k.withdrawn_at is null
      and k.given_at >= ${since} and k.given_at < ${until} and r.given_at >= ${since} and r.given_at < ${until}`
}

/** The last month is October 2026. Some kudos pass another one on, some were withdrawn, some are private. */
async function fill(db: Db, workspace: string, months: number): Promise<void> {
  const kudos = months * MONTHLY
  await sql`insert into workspace (id, bot_user_id, bot_id, installed_at) values (${workspace}, 'U0BOT', 'B0BOT', '2023-01-01')`.execute(
    db,
  )
  await sql`
    insert into member (workspace_id, id, kind, is_admin, is_owner, tz, locale, version)
    select ${workspace}, 'U' || n, 'member', false, false, null, null, 1 from generate_series(0, ${MEMBERS - 1}::int) as n`.execute(
    db,
  )
  await sql`
    insert into team_claim (workspace_id, member_id, source, team, since, until)
    select ${workspace}, 'U' || n, 'group', 'Team ' || (n % ${TEAMS}::int), '2022-01-01', null
    from generate_series(0, ${MEMBERS - 1}::int) as n`.execute(db)
  // Whoever gives, by a hash of the number: the same in every run.
  await sql`
    insert into kudos (workspace_id, id, giver_id, reason, said_in, likeness, given_at, withdrawn_at, is_private, passed_on_from, nth)
    select ${workspace}, md5(${workspace} || n)::uuid, 'U' || abs(hashint4(n)) % ${MEMBERS}::int,
      'for something that took about as many words as people write here, and a few more', 'C1', md5(n::text),
      timestamptz '2026-10-31 22:00Z' - make_interval(secs => n * (${months}::float8 * 30.5 * 86400 / ${kudos}::float8)),
      case when n % 50 = 0 then now() end, n % 10 = 0,
      case when n % 5 = 0 then md5(${workspace} || (n + 1 + abs(hashint4(n)) % 2000))::uuid end,
      row_number() over (partition by abs(hashint4(n)) % ${MEMBERS}::int order by n desc)
    from generate_series(0, ${kudos - 1}::int) as n`.execute(db)
  await sql`
    insert into kudos_recipient (workspace_id, kudos_id, member_id, position, given_at)
    select ${workspace}, id, 'U' || abs(hashtext(id::text || place)) % ${MEMBERS}::int, place, given_at
    from kudos cross join generate_series(1, 2) as place
    where workspace_id = ${workspace} and (place = 1 or left(id::text, 1) < '4')
    on conflict do nothing`.execute(db)
  // With what is known of the tables while they were empty, the next one takes half an hour.
  await sql`analyze kudos, kudos_recipient`.execute(db)
  await sql`
    insert into tie (workspace_id, low_id, high_id)
    select ${workspace}, least(giver_id, member_id), greatest(giver_id, member_id)
    from kudos as k join kudos_recipient as r on r.workspace_id = k.workspace_id and r.kudos_id = k.id
    where k.workspace_id = ${workspace} and k.given_at < '2026-09-30 22:00Z' on conflict do nothing`.execute(db)
}

/** Four in five say yes; of those introduced three in five met, and say so. */
async function fillTogether(db: Db, workspace: string, months: number): Promise<void> {
  const rounds = months * ROUNDS
  const opened = sql`timestamptz '2026-10-31 08:00Z' - make_interval(days => 6 * number)`
  await sql`
    insert into round (workspace_id, id, date, state, number, people, opened_at, closes_at, expected, was)
    select ${workspace}, md5(${workspace} || 'round' || number)::uuid, (${opened})::date, 'closed', ${rounds}::int - number,
      ${TAKE_PART}::int, ${opened}, ${opened} + interval '2 days', 3.1, 4.2
    from generate_series(0, ${rounds - 1}::int) as number`.execute(db)
  await sql`
    insert into pairing (workspace_id, id, round_id, number, wave, state, answer_by, shown_at, introduced_at)
    select ${workspace}, md5(id::text || n)::uuid, id, number, 1, case when n % 5 < 3 then 'introduced' else 'over' end,
      closes_at, opened_at, case when n % 5 < 3 then opened_at + interval '1 day' end
    from round cross join generate_series(0, ${TAKE_PART / 2 - 1}::int) as n where workspace_id = ${workspace}`.execute(
    db,
  )
  await sql`
    insert into pairing_member (workspace_id, pairing_id, member_id, number, answer, expectation, outcome, rating, rated_at)
    select ${workspace}, md5(round.id::text || n)::uuid,
      'U' || case side when 0 then n else ${TAKE_PART / 2}::int + (n * 7 + round.number * 13) % ${TAKE_PART / 2}::int end,
      round.number, case when n % 5 < 3 or (n % 5 = 3 and side = 0) then 'yes' else 'no' end,
      case when n % 5 < 3 then 3 end, case when n % 5 < 2 then 'met' when n % 5 = 2 then 'no' end,
      case when n % 5 < 2 then 4 end, case when n % 5 < 2 then round.opened_at + interval '8 days' end
    from round cross join generate_series(0, ${TAKE_PART / 2 - 1}::int) as n cross join generate_series(0, 1) as side
    where round.workspace_id = ${workspace}`.execute(db)
  await sql`analyze pairing, pairing_member`.execute(db)
  await sql`
    insert into tie (workspace_id, low_id, high_id)
    select ${workspace}, least(a.member_id, b.member_id), greatest(a.member_id, b.member_id)
    from pairing as p
    join pairing_member as a on a.workspace_id = p.workspace_id and a.pairing_id = p.id and a.outcome = 'met'
    join pairing_member as b on b.workspace_id = p.workspace_id and b.pairing_id = p.id and b.outcome = 'met'
      and b.member_id > a.member_id
    where p.workspace_id = ${workspace} and p.introduced_at < '2026-09-17' on conflict do nothing`.execute(db)
  await sql`
    insert into prompt_post (workspace_id, id, channel_id, week, due_at, state, prompt_id, text, language)
    select ${workspace}, md5(${workspace} || channel || ' ' || number)::uuid, 'C' || channel, number::text, ${opened}, 'posted',
      'prompt ' || number % 100, 'Thank somebody for something small', 'en'
    from generate_series(1, ${PROMPT_CHANNELS}::int) as channel cross join generate_series(0, ${rounds - 1}::int) as number`.execute(
    db,
  )
  await sql`
    insert into prompt_done (workspace_id, post_id, member_id, done_at)
    select ${workspace}, id, 'U' || abs(hashtext(id::text || n)) % ${MEMBERS}::int, due_at
    from prompt_post cross join generate_series(1, ${DONE_EACH}::int) as n where workspace_id = ${workspace}
    on conflict do nothing`.execute(db)
}
