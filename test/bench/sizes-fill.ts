/** Years of a few workspaces: five million kudos, half a million pairings, and what belongs to them. */
import pg from 'pg'
import { fillCheckIns } from './sizes-fill-check-ins.ts'
import { fillPrompts } from './sizes-fill-prompts.ts'
import { withoutIndexes } from './sizes-indexes.ts'
import { chosen, idSql, NOW, SIZES, type Size, WEEKS } from './sizes-scale.ts'

/** Fills a database that has the schema and no rows; leaves it analyzed. `say` tells how far it is. */
export async function fill(url: string, say: (line: string) => void): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const run = async (sql: string) => void (await client.query(sql))
  try {
    // Nothing of this has to survive; triggers and foreign keys would be asked row by row.
    await run(`set synchronous_commit = off; set session_replication_role = replica;
      set maintenance_work_mem = '512MB'; set work_mem = '256MB'; set jit = off`)
    await withoutIndexes(client, say, async () => {
      for (const size of SIZES) {
        await run(people(size))
        await run(kudos(size))
        await run(fillCheckIns(size))
        await run(fillPrompts(size))
        say(`  ${size.id}: ${size.members} people, ${size.kudos} kudos`)
      }
    })
    await run('vacuum analyze')
    const { rows } = await client.query<{ name: string; rows: number }>(`
      select relname as name, reltuples::int as rows from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples > 0 order by reltuples desc`)
    return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]))
  } finally {
    await client.end()
  }
}

const at = NOW.toISOString()
const series = (count: number) => `generate_series(0, ${count - 1}) as n`

function people(size: Size): string {
  const { id, members, channels } = size
  const teams = Math.min(50, members / 50)
  return `
    insert into workspace (id, bot_user_id, bot_id, installed_at) values ('${id}', 'U0BOT', 'B0BOT', '${at}'::timestamptz - interval '5 years');
    insert into member select '${id}', 'U' || n,
      case when n % 20 = 19 then 'deactivated' when n % 25 = 24 then 'guest' when n % 100 = 98 then 'bot' else 'member' end,
      n % 500 = 0, n = 0, (array['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Tokyo'])[1 + n % 4], 'en-US', 1
      from ${series(members)};
    insert into user_group (workspace_id, id, version, name) select '${id}', 'S' || n, 1, 'Team ' || n from ${series(teams)};
    insert into user_group_member select '${id}', 'S' || n % ${teams}, 'U' || n from ${series(members)};
    insert into channel select '${id}', 'C' || n, n % 50 = 49, n % 20 = 19 from ${series(channels)};
    insert into channel_greeting select '${id}', 'C' || n, '${at}' from ${series(channels)};
    insert into team_claim select '${id}', 'U' || n, 'group', 'Team ' || (n + 1 - held) % ${teams},
      '${at}'::timestamptz - (2 - held) * interval '2 years', case when held = 0 then '${at}'::timestamptz - interval '2 years' end
      from ${series(members)}, generate_series(0, 1) as held where held = 1 or n % 4 = 0;
    insert into team_claim select '${id}', 'U' || n, source, 'Team ' || n % 40, '${at}'::timestamptz - interval '1 year', null
      from ${series(members)}, unnest(array['admin', 'field', 'self']) as source where n % 10 < 2;
    insert into setting select '${id}', key, value::jsonb, '${at}' from (values ('admins', '["U7", "U8", "U9"]'),
      ('kudos.channel', '"C3"'), ('kudos.values', '["teamwork", "craft"]'), ('kudos.daily-limit', '50'),
      ('workspace.zone', '"Europe/Berlin"'), ('digest.people', '["U0", "U7"]'), ('setup.done', 'true')) as s (key, value);
    insert into setting_change (workspace_id, key, previous, value, changed_by, changed_at)
      select '${id}', 'kudos.daily-limit', '5', '6', 'U0', '${at}'::timestamptz - n * interval '1 day' from ${series(500)};
    insert into kudos_preference select '${id}', 'U' || n, n % 20 <> 0, '${at}', n % 30 = 0 from ${series(members)} where n % 10 = 0;
    insert into avoidance select '${id}', 'U' || n, 'U' || ${chosen(members, 'n', 1)}, '${at}' from ${series(members)} where n % 20 = 0;
    insert into avoidance select '${id}', 'U' || n, 'U0', '${at}' from generate_series(1, 50) as n where n % 20 <> 0;
    insert into profile_field select '${id}', 'X' || n, 'Field ' || n, n from ${series(20)};
    insert into member_reading values ('${id}', null, null, '${at}', '${at}');
    insert into digest_month select '${id}', to_char('${at}'::timestamptz - n * interval '1 month', 'YYYY-MM'),
      jsonb_build_object('month', n, 'teams', (select jsonb_agg(jsonb_build_object('team', 'Team ' || t, 'within', 10, 'across', 5))
        from generate_series(1, 20) as t)), '${at}', '${at}' from generate_series(2, 60) as n;
    insert into digest_delivery (workspace_id, id, month, target, due_at, state)
      select '${id}', ${idSql(size, 'digest')}, '2026-01', 'U7', '${at}', case n when 0 then 'due' when 1 then 'claimed' else 'sent' end
      from ${series(180)};`
}

/** The newest is number 0. Stored in their order, as they come. */
function kudos(size: Size): string {
  const { id, members, kudos, channels } = size
  const givenAt = `'${at}'::timestamptz - n * interval '${(WEEKS * 7 * 86_400) / kudos} seconds'`
  return `
    insert into kudos (workspace_id, id, giver_id, reason, said_in, likeness, given_at, withdrawn_at, is_private, value, passed_on_from, nth)
      select '${id}', ${idSql(size, 'kudos')}, 'U' || ${chosen(members, 'n', 2, true)},
        'for something that took about as many words as people write here, and a few more', case when n % 10 < 8 then 'C' || n % ${channels} end,
        md5(n::text), ${givenAt}, case when n % 50 = 1 then '${at}'::timestamptz end, n % 10 = 9, case when n % 3 = 0 then 'teamwork' end,
        case when n % 5 = 0 then ${idSql(size, 'kudos', `(n + 1 + ${chosen(2_000, 'n', 3)})`)} end, ${kudos} - n
      from generate_series(${kudos - 1}, 0, -1) as n;
    insert into kudos_recipient (workspace_id, kudos_id, member_id, position, given_at, kept_private)
      select '${id}', ${idSql(size, 'kudos')}, 'U' || (${chosen(members, 'n', 4, true)} + (place - 1) * 787) % ${members}, place, ${givenAt}, n % 30 = 0
      from generate_series(${kudos - 1}, 0, -1) as n, generate_series(1, 3) as place
      where place = 1 or n % 10 < 3 and place = 2 or n % 10 = 0;
    insert into kudos_delivery (workspace_id, id, kudos_id, kind, target, state, channel, ts, settled_at)
      select '${id}', ${idSql(size, 'note', "(n || ' ' || place)")}, ${idSql(size, 'kudos')}, case place when 0 then 'card' else 'note' end,
        case place when 0 then 'C' || n % ${channels} else 'U' || (${chosen(members, 'n', 4, true)} + (place - 1) * 787) % ${members} end,
        case when n % 50 = 1 then 'removed' when n < 5 then 'due' when n % 100000 = 7 then 'failed' else 'sent' end,
        'D' || n % 5000, '1700000000.' || n % 1000000, ${givenAt}
      from generate_series(${kudos - 1}, 0, -1) as n, generate_series(0, 3) as place
      where place = 0 and n % 10 < 8 or place = 1 or n % 10 < 3 and place = 2 or n % 10 = 0 and place = 3;
    insert into kudos_report (workspace_id, id, kudos_id, reporter_id, complaint, show_text, reported_at, state)
      select '${id}', ${idSql(size, 'report')}, ${idSql(size, 'kudos')}, 'U5', 'It is not true.', false, '${at}',
        case when n < 20000 then 'open' else 'left' end
      from generate_series(0, ${kudos - 1}, 2000) as n;
    insert into keepsake_dismissal select '${id}', 'U' || n, ${idSql(size, 'kudos')}, '${at}' from ${series(members)} where n % 20 = 0;
    insert into keepsake_shown select workspace_id, member_id, kudos_id, 2900 + row_number() over (partition by member_id order by given_at)
      from kudos_recipient where workspace_id = '${id}' and left(kudos_id::text, 2) < '04' and given_at < '${at}'::timestamptz - interval '1 year';`
}
