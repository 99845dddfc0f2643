/** Drawing Home on the embedded database, in a workspace of thousands with years of kudos. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { beginnings } from '../../src/home/beginnings.ts'
import { readHome } from '../../src/home/home-store.ts'
import { home, SHOWN } from '../../src/home/messages.ts'
import { inWorkspace, openDatabase } from '../../src/platform/database.ts'
import { startEmbedded } from '../../src/platform/embedded/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import { migrate } from '../../src/platform/migrations.ts'
import { saveInstallation } from '../../src/workspace/store.ts'
import type { Bench } from './bench.ts'
import { percentile } from './load.ts'

const WORKSPACE = 'T0BENCH'
const PEOPLE = 5_000
/** Of two years, a third of them to one person, who is as busy as nobody is. */
const KUDOS = 100_000
/** Of check-ins, everybody in each; the last is open. */
const ROUNDS = 52
/** The day before a round of the usual rhythm. */
const NOW = new Date('2026-09-27T12:00:00Z')
const DRAWN = 200
const MOST_MS = 300
const MOST_BLOCKS = 100

const SEED = `
  insert into member (workspace_id, id, kind, is_admin, is_owner, tz, locale, version)
    select '${WORKSPACE}', 'U' || n, 'member', n = 0, false, 'Europe/Berlin', 'en-US', 1 from generate_series(0, ${PEOPLE - 1}) n;
  insert into kudos (workspace_id, id, giver_id, reason, said_in, likeness, given_at, nth)
    select '${WORKSPACE}', gen_random_uuid(), 'U' || 1 + n % (${PEOPLE} - 1), repeat('staying late with the release ', 10), 'C1', n::text,
      '${NOW.toISOString()}'::timestamptz - n * interval '10 minutes', n from generate_series(0, ${KUDOS - 1}) n;
  insert into kudos_recipient (workspace_id, kudos_id, member_id, position, given_at)
    select workspace_id, id, case when likeness::int % 3 = 0 then 'U0' else 'U' || (likeness::int * 7) % ${PEOPLE} end, 0, given_at from kudos;
  insert into avoidance (workspace_id, owner_id, avoided_id, since)
    select '${WORKSPACE}', 'U' || n, 'U0', now() from generate_series(1, 50) n;
  insert into participation (workspace_id, member_id, joined_at, changed_at)
    select '${WORKSPACE}', 'U' || n, now(), now() from generate_series(0, ${PEOPLE - 1}) n;
  insert into team_claim (workspace_id, member_id, source, team, since)
    select '${WORKSPACE}', 'U' || n, 'group', 'Team ' || n % 50, now() from generate_series(0, ${PEOPLE - 1}) n;
  insert into round (workspace_id, id, date, state, number, people, opened_at, closes_at, expected, was)
    select '${WORKSPACE}', md5(n::text)::uuid, n, case n when ${ROUNDS} then 'open' else 'closed' end, n, ${PEOPLE}, at, at + interval '1 day', 3.1, 4.2
    from (select n, '${NOW.toISOString()}'::timestamptz - (${ROUNDS} - n) * interval '7 days' as at from generate_series(1, ${ROUNDS}) n) as round;
  insert into pairing (workspace_id, id, round_id, number, wave, state, answer_by, introduced_at)
    select '${WORKSPACE}', md5(number || ' ' || n)::uuid, id, number, 1, case state when 'open' then 'proposed' else 'introduced' end,
      closes_at, case when state <> 'open' then closes_at end from round, generate_series(0, ${PEOPLE / 2 - 1}) n;
  insert into pairing_member (workspace_id, pairing_id, member_id, number, answer, outcome)
    select '${WORKSPACE}', md5(number || ' ' || n)::uuid, 'U' || case side when 0 then n else ${PEOPLE / 2} + (n + number) % ${PEOPLE / 2} end, number,
      case state when 'open' then 'open' else 'yes' end, case when state <> 'open' then 'met' end
    from round, generate_series(0, ${PEOPLE / 2 - 1}) n, generate_series(0, 1) side;
  insert into round_outlook (workspace_id, date, people, members, same_team, repeats)
    select '${WORKSPACE}', to_char('${NOW.toISOString()}'::timestamptz + n * interval '1 day', 'YYYY-MM-DD'), 4000, ${PEOPLE}, 3, 2 from generate_series(0, 3) n;
  analyze;`

export const homeBench: Bench = async (run) => {
  const folder = mkdtempSync(join(tmpdir(), 'small-acts-bench-'))
  run.afterwards(() => rmSync(folder, { recursive: true, force: true }))
  const log = createLog('warn')
  const embedded = await startEmbedded(folder, log)
  run.afterwards(() => embedded.stop())
  const db = openDatabase(embedded.url, 'answering', log)
  run.afterwards(() => db.destroy())
  await migrate(db)
  await saveInstallation(db, { workspaceId: WORKSPACE, botUserId: 'U0BOT', botId: 'B0BOT' }, NOW)
  const client = new pg.Client({ connectionString: embedded.url })
  await client.connect()
  await client.query(SEED)
  await client.end()
  run.say(
    `${PEOPLE} people, ${KUDOS} kudos, ${ROUNDS} rounds, on the embedded database. Each Home is read and drawn ${DRAWN} times.`,
  )

  const figures: Record<string, { p50: number; p99: number; blocks: number }> = {}
  for (const [name, id] of Object.entries({
    'a busy admin': 'U0',
    'somebody like most': 'U77',
    'somebody new': 'UNEW',
  })) {
    const times: number[] = []
    let blocks = 0
    for (let count = 0; count < DRAWN; count += 1) {
      const began = performance.now()
      const data = await inWorkspace(db, WORKSPACE, (tenant) => readHome(tenant, id, beginnings(NOW), SHOWN, NOW))
      blocks = home(data, NOW).length
      times.push(performance.now() - began)
    }
    times.sort((a, b) => a - b)
    figures[name] = { p50: rounded(percentile(times, 0.5)), p99: rounded(percentile(times, 0.99)), blocks }
    run.say(`${name}: p50 ${figures[name].p50} ms, p99 ${figures[name].p99} ms, ${blocks} blocks`)
  }
  const slowest = Math.max(...Object.values(figures).map(({ p99 }) => p99))
  const most = Math.max(...Object.values(figures).map(({ blocks }) => blocks))
  return {
    figures,
    goals: {
      fast: { goal: `p99 at most ${MOST_MS} ms`, measured: slowest, met: slowest <= MOST_MS },
      short: { goal: `at most ${MOST_BLOCKS} blocks`, measured: most, met: most <= MOST_BLOCKS },
    },
  }
}

const rounded = (figure: number) => Math.round(figure * 10) / 10
