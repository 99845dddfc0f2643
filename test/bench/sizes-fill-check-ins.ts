/** Five years of rounds, one every two weeks, the last of them open. Number 1 is the oldest. */
import { chosen, idSql, NOW, type Size, WEEKS } from './sizes-scale.ts'

export const ROUNDS = WEEKS / 2

export function fillCheckIns(size: Size): string {
  const { id, members, rounds: people } = size
  const at = `'${NOW.toISOString()}'::timestamptz`
  const pairs = people / 2
  const opened = `(${at} - interval '1 day' - (${ROUNDS} - r) * interval '14 days')`
  // Another one beside everybody in each round.
  const seat = (place: string) => `'U' || (r * 37 + case ${place} when 0 then k else ${people - 1} - k end) % ${people}`
  const each = `generate_series(1, ${ROUNDS}) as r, generate_series(0, ${pairs - 1}) as k`
  const pairing = idSql(size, 'pairing', "(r || ' ' || k)")
  const round = idSql(size, 'round', 'r')
  const state = `case when r < ${ROUNDS} then case when k % 10 < 7 then 'introduced' else 'over' end
    when k % 10 < 6 then 'proposed' when k % 10 = 6 then 'confirmed' else 'introduced' end`
  const introduced = `(r < ${ROUNDS} and k % 10 < 7 or r = ${ROUNDS} and k % 10 > 6)`
  return `
    insert into participation (workspace_id, member_id, joined_at, left_at, paused_until, skips_next, reads_status, changed_at)
      select '${id}', 'U' || n, ${at} - interval '5 years', case when n >= ${people} then ${at} end, case when n % 50 = 7 then 'infinity'::timestamptz end,
        n % 100 = 3, n % 3 = 0, ${at} from generate_series(0, ${Math.min(members, people * 1.5) - 1}) as n;
    insert into round_watch values ('${id}', ${at});
    insert into round (workspace_id, id, date, state, number, people, opened_at, closes_at, settle_at, closed_at, expected, was)
      select '${id}', ${round}, to_char(${opened}, 'YYYY-MM-DD'), case when r = ${ROUNDS} then 'open' else 'closed' end, r, ${people}, ${opened},
        ${opened} + interval '4 days', case when r = ${ROUNDS} then ${at} - interval '1 minute' end,
        case when r < ${ROUNDS} then ${opened} + interval '4 days' end, 3.1, 4.2
      from generate_series(1, ${ROUNDS}) as r;
    insert into round_outlook select '${id}', to_char(${opened}, 'YYYY-MM-DD'), ${people}, ${members}, 3, 20 from generate_series(1, ${ROUNDS}) as r;
    insert into round_member (workspace_id, round_id, member_id, number, waited, fate, silent)
      select '${id}', ${round}, ${seat('place')}, r, 0, case when r < ${ROUNDS} then case when k % 10 < 7 then 'introduced'
        when k % 10 = 7 then 'alone' else 'not this time' end end, k % 10 = 9
      from ${each}, generate_series(0, 1) as place;
    insert into pairing (workspace_id, id, round_id, number, wave, state, answer_by, shown_at, introduced_at, first_id)
      select '${id}', ${pairing}, ${round}, r, 1, ${state}, ${opened} + interval '4 days', case when k % 40 > 0 then ${opened} end,
        case when ${introduced} then ${opened} + interval '2 days' end, case when ${introduced} then ${seat('k % 2')} end
      from ${each};
    insert into pairing_member (workspace_id, pairing_id, member_id, number, answer, answered_at, expectation, outcome, outcome_at, rating, rated_at)
      select '${id}', ${pairing}, ${seat('place')}, r, case when ${introduced} or k % 10 = 6 or place = 0 then 'yes' when k % 10 = 9 then 'open' else 'no' end,
        case when k % 10 < 9 then ${opened} + interval '1 day' end, case when k % 2 = 0 then 1 + (k + r) % 5 end,
        case when ${introduced} and k % 10 < 6 then 'met' end, case when ${introduced} then ${opened} + interval '9 days' end,
        case when ${introduced} and k % 4 < 3 then 3 + (k + r) % 3 end, case when ${introduced} and k % 4 < 3 then ${opened} + interval '9 days' end
      from ${each}, generate_series(0, 1) as place;
    insert into check_in_message (workspace_id, id, kind, round_id, pairing_id, target, due_at, state, channel, ts, settled_at)
      select '${id}', ${idSql(size, 'message', "(r || ' ' || k || ' ' || m)")}, (array['proposal', 'proposal', 'introduction', 'follow-up', 'follow-up'])[1 + m],
        ${round}, ${pairing}, case when m <> 2 then ${seat('m % 3')} end, ${opened} + m * interval '2 days',
        case when r = ${ROUNDS} and (m > 2 or k % 5 = 0) then 'due' when r = ${ROUNDS} and k % 10 = 6 and m = 2 then 'gone' when k = 3 and m = 0 then 'failed' else 'sent' end,
        'D' || k, '1700000000.' || k, ${opened}
      from ${each}, generate_series(0, 4) as m where m < 2 or ${introduced} or k % 10 = 6 and m = 2 and r = ${ROUNDS};
    insert into matching select '${id}', ${round}, 1, 'seed', 'hash', '{}', '{}', true, 'exact',
        (select jsonb_agg(jsonb_build_array(${seat('0')}, ${seat('1')})) from generate_series(0, ${pairs - 1}) as k),
        case when r > ${ROUNDS} - 7 then (select jsonb_build_object('people', jsonb_agg(jsonb_build_object('id', 'U' || n, 'team', 'Team 1', 'utcOffset', 60)))
          from generate_series(1, ${people}) as n) end, ${opened}
      from generate_series(1, ${ROUNDS}) as r;
    insert into avoidance select '${id}', 'U' || n, 'U' || ${chosen(people, 'n', 8)}, ${at} from generate_series(0, ${people - 1}) as n
      where n % 20 = 1 and not exists (select from avoidance as a where a.workspace_id = '${id}' and a.owner_id = 'U' || n);`
}
