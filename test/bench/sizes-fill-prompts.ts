/** Five years of weekly prompts, ten people answering each and five who did it without a word. Week 0 is the last one. */
import { idSql, NOW, type Size, WEEKS } from './sizes-scale.ts'

export function fillPrompts(size: Size): string {
  const { id, members, prompts } = size
  const at = `'${NOW.toISOString()}'::timestamptz`
  const due = `(${at} - interval '2 hours' - w * interval '7 days')`
  const post = idSql(size, 'post', "(c || ' ' || w)")
  const each = `generate_series(${WEEKS - 1}, 0, -1) as w, generate_series(0, ${prompts - 1}) as c`
  const person = `'U' || (c * 131 + w * 17 + n * 29) % ${members}`
  return `
    insert into prompt_channel (workspace_id, channel_id, weekday, due_time, zone, kinds, own, language, join_button, next_due_at, next_week, next_prompt, next_kind, next_cycle)
      select '${id}', 'C' || c, 1, '10:00', 'Europe/Berlin', 'alternating', case when c % 2 = 0 then 'first' else 'mixed' end, 'en', c % 3 = 0,
        case when c % 20 = 0 then ${at} - interval '1 minute' else ${at} + interval '5 days' end, '2026-W41', 'p' || c, 'appreciation', 3
      from generate_series(0, ${prompts - 1}) as c;
    insert into own_prompt (workspace_id, id, kind, text, added_by, added_at, retired_at)
      select '${id}', ${idSql(size, 'own')}, 'connection', 'What made you laugh this week?', 'U0', ${at}, case when n % 3 = 2 then ${at} end
      from generate_series(0, 89) as n;
    insert into prompt_post (workspace_id, id, channel_id, week, due_at, state, prompt_id, kind, cycle, text, language, join_button, ts, settled_at,
        is_told, notice_id, shown_count, is_stale, drawn_at)
      select '${id}', ${post}, 'C' || c, to_char(${due}, 'IYYY-"W"IW'), ${due},
        case when w = 0 and c < 5 then 'due' when w = 0 and c < 8 then 'uncertain' when w % 40 = 5 then 'skipped' else 'posted' end,
        'p' || w % 90, 'appreciation', 1 + w / 90, 'Who made your week easier, and how?', 'en', w % 4 = 0, '1700000000.' || c, ${due},
        w > 0, case when w = 1 and c < 20 then ${idSql(size, 'notice', '0')} end, 10, w = 0 and c > 50, ${due}
      from ${each};
    insert into prompt_answer (workspace_id, id, post_id, member_id, to_member, text, answered_at, removed_at, state, channel, ts)
      select '${id}', ${idSql(size, 'answer', "(c || ' ' || w || ' ' || n)")}, ${post}, ${person}, case when n = 9 then 'U1' end,
        'Somebody who stayed late so that we could ship on Monday.', ${due} + n * interval '1 minute', case when n = 8 then ${due} end, 'sent', 'C' || c, '1700000000.' || n
      from ${each}, generate_series(0, 9) as n;
    insert into prompt_done select '${id}', ${post}, ${person}, ${due} from ${each}, generate_series(10, 14) as n;`
}
