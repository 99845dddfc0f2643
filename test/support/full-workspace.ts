/** A workspace with a row in every table, in which one person is wherever a person can be. */
import { type RawBuilder, sql } from 'kysely'
import { type Db, inWorkspace } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'

/** What stands in it, for a test to name. */
export interface FullWorkspace {
  workspaceId: string
  /** Is in every table. */
  me: string
  other: string
  third: string
  group: string
  channel: string
  /** Words that no other workspace has. */
  secret: string
  /** received: from `other` to `me` alone. shared: to `me` and `third`. given: by `me` to `other`. bystander: of others, naming `me`. */
  kudos: { received: string; shared: string; given: string; bystander: string }
  report: string
  delivery: string
  post: string
  answer: string
  answerForMe: string
  ownPrompt: string
  round: string
  pairing: string
  message: string
  digest: string
  month: string
  /** What is still to come: a prompt, a check-in message, a pairing nobody has seen. */
  due: { post: string; message: string; pairing: string; digest: string }
  failed: { post: string }
  /** A digest that is perhaps being sent. */
  claimed: { digest: string }
  /** Untold prompts are gathered under it. */
  notice: string
  at: Date
}

/** Fills a workspace that is installed. `key` keeps ids of one apart from those of another. */
export async function fillWorkspace(
  db: Db,
  workspaceId: string,
  key: string,
  people: { me: string; other: string; third: string },
  at = new Date('2026-03-02T10:00:00Z'),
): Promise<FullWorkspace> {
  const id = (of: string) => naturalId('full', key, of)
  const full: FullWorkspace = {
    workspaceId,
    ...people,
    group: `S${key}GROUP`,
    channel: `C${key}CHANNEL`,
    secret: `secret of ${key}`,
    kudos: { received: id('k1'), shared: id('k2'), given: id('k3'), bystander: id('k4') },
    report: id('report'),
    delivery: id('note'),
    post: id('post'),
    answer: id('answer'),
    answerForMe: id('answer for me'),
    ownPrompt: id('own'),
    round: id('round'),
    pairing: id('pairing'),
    message: id('message'),
    digest: id('digest'),
    month: '2026-02',
    due: { post: id('due'), message: id('due message'), pairing: id('due pairing'), digest: id('due digest') },
    failed: { post: id('failed') },
    claimed: { digest: id('claimed digest') },
    notice: id('notice'),
    at,
  }
  await inWorkspace(db, workspaceId, async ({ trx }) => {
    for (const statement of statements(full, id)) await statement.execute(trx)
  })
  return full
}

function* statements(full: FullWorkspace, id: (of: string) => string): Generator<RawBuilder<unknown>> {
  const { workspaceId: w, me, other, third, secret, kudos, at, channel, group, post, round, pairing } = full
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`
  const words = `${secret}, and <@${me}|name> (${me})`
  yield sql`
    insert into member (workspace_id, id, kind, is_admin, is_owner, tz, locale, version)
    select ${w}, id, 'member', ${me} = id, false, 'Europe/Berlin', 'en-US', 1
    from jsonb_array_elements_text(${json([me, other, third])}) as who (id) on conflict do nothing`
  yield sql`update workspace set scopes = array['chat:write'] where id = ${w}`
  yield sql`insert into user_group (workspace_id, id, version, name) values (${w}, ${group}, 1, ${secret})`
  yield sql`insert into user_group_member (workspace_id, group_id, member_id) values (${w}, ${group}, ${me}), (${w}, ${group}, ${third})`
  yield sql`insert into channel (workspace_id, id, is_shared, is_archived) values (${w}, ${channel}, false, false)`
  yield sql`insert into channel_greeting (workspace_id, channel_id, greeted_at) values (${w}, ${channel}, ${at})`
  yield sql`
    insert into setting (workspace_id, key, value, changed_at) values (${w}, 'admins', ${json([me, third])}, ${at}),
      (${w}, 'digest.people', ${json([me])}, ${at}), (${w}, 'kudos.values', ${json(['craft'])}, ${at})
    on conflict (workspace_id, key) do update set value = excluded.value`
  yield sql`
    insert into setting_change (workspace_id, key, previous, value, changed_by, changed_at)
    values (${w}, 'admins', ${json([me])}, ${json([me, third])}, ${me}, ${at}),
      (${w}, 'digest.people', ${json([])}, ${json([me])}, ${other}, ${at})`
  yield sql`insert into profile_field (workspace_id, id, label, place) values (${w}, 'XTEAM', ${secret}, 1) on conflict do nothing`
  yield sql`insert into member_reading (workspace_id, reading, again, began_at, read_at) values (${w}, 'reading', 'again', ${at}, ${at}) on conflict do nothing`
  yield sql`
    insert into team_claim (workspace_id, member_id, source, team, since)
    values (${w}, ${me}, 'self', ${secret}, ${at}), (${w}, ${other}, 'admin', ${`${secret} too`}, ${at}),
      (${w}, ${me}, 'field', ${secret}, ${at})`
  yield sql`
    insert into participation (workspace_id, member_id, joined_at, changed_at, skips_next, reads_status)
    values (${w}, ${me}, ${at}, ${at}, true, true), (${w}, ${other}, ${at}, ${at}, false, false),
      (${w}, ${third}, ${at}, ${at}, false, false)
    on conflict (workspace_id, member_id) do update set joined_at = excluded.joined_at`
  yield sql`
    insert into avoidance (workspace_id, owner_id, avoided_id, since)
    values (${w}, ${me}, ${third}, ${at}), (${w}, ${third}, ${me}, ${at}), (${w}, ${other}, ${third}, ${at})`
  yield sql`
    insert into kudos_preference (workspace_id, member_id, notes, only_me, changed_at)
    values (${w}, ${me}, false, false, ${at}), (${w}, ${third}, true, true, ${at}) on conflict do nothing`
  yield* kudosStatements(full, words)
  yield sql`insert into slack_budget (workspace_id, kind, next_at) values (${w}, 'chat.postMessage', ${at}), (${w}, 'chat.update', ${at})`
  yield sql`insert into export_message (workspace_id, member_id, channel, ts) values (${w}, ${me}, 'D0ME', '1772445600.000900')`
  yield sql`insert into kudos_to_post (workspace_id, given_at, kudos_id, response_url) values (${w}, ${at}, ${kudos.received}, 'https://slack.test/respond')`
  yield sql`insert into kudos_retention (workspace_id, forgotten_until) values (${w}, '2000-01-01')`
  yield sql`insert into keepsake_shown (workspace_id, member_id, kudos_id, week) values (${w}, ${me}, ${kudos.received}, 2900)`
  yield sql`insert into keepsake_dismissal (workspace_id, member_id, kudos_id, dismissed_at) values (${w}, ${me}, ${kudos.shared}, ${at})`
  yield sql`
    insert into prompt_channel (workspace_id, channel_id, weekday, due_time, zone, kinds, own, language, join_button,
      next_due_at, next_week, next_prompt, next_kind, next_cycle)
    values (${w}, ${channel}, 1, '10:00', 'UTC', 'alternating', 'first', 'en', false, ${at}, '2026-W10', ${secret}, 'connection', 1)`
  yield sql`
    insert into own_prompt (workspace_id, id, kind, text, added_by, added_at)
    values (${w}, ${full.ownPrompt}, 'connection', ${words}, ${me}, ${at})`
  yield sql`
    insert into prompt_post (workspace_id, id, channel_id, week, due_at, state, prompt_id, kind, cycle, text, language, again_by,
      ts, notice_id, is_stale, join_button)
    values (${w}, ${post}, ${channel}, '2026-W09', ${at}, 'posted', 'x', 'connection', 1, ${words}, 'en', ${me}, '1.1', ${full.notice}, true, true),
      (${w}, ${full.due.post}, ${channel}, '2026-W10', ${at}, 'due', 'y', 'connection', 1, ${secret}, 'en', null, null, null, false, false),
      (${w}, ${full.failed.post}, ${channel}, '2026-W08', ${at}, 'failed', 'z', 'connection', 1, ${secret}, 'en', null, null, null, false, false)`
  yield sql`
    insert into prompt_answer (workspace_id, id, post_id, member_id, to_member, about, text, answered_at, state)
    values (${w}, ${full.answer}, ${post}, ${me}, null, ${sql`array[${other}]`}, ${secret}, ${at}, 'failed'),
      (${w}, ${full.answerForMe}, ${post}, ${other}, ${me}, ${sql`array[${me}, ${third}]`}, ${words}, ${at}, 'failed'),
      (${w}, ${id('bystander')}, ${post}, ${third}, null, ${sql`array[${me}]`}, ${words}, ${at}, 'failed')`
  yield sql`insert into prompt_done (workspace_id, post_id, member_id, done_at) values (${w}, ${post}, ${me}, ${at})`
  yield sql`insert into round_watch (workspace_id, looked_until) values (${w}, ${at}) on conflict do nothing`
  yield sql`
    insert into round (workspace_id, id, date, state, number, people, opened_at, closes_at, settle_at)
    values (${w}, ${round}, '2026-03-02', 'open', 1, 3, ${at}, ${at}, ${at})`
  const groups = [[me, other, third]]
  yield sql`
    insert into matching (workspace_id, round_id, wave, seed, input_hash, objective, bound, certified, method, groups, input, made_at)
    values (${w}, ${round}, 1, ${secret}, 'hash', '{}', '{}', true, 'exact', ${json(groups)}, ${json({ people: groups[0], secret })}, ${at})`
  yield sql`
    insert into round_member (workspace_id, round_id, member_id, number, waited, fate)
    values (${w}, ${round}, ${me}, 1, 0, 'introduced'), (${w}, ${round}, ${other}, 1, 0, 'introduced'), (${w}, ${round}, ${third}, 1, 0, 'alone')`
  yield sql`
    insert into pairing (workspace_id, id, round_id, number, wave, state, answer_by, shown_at, introduced_at, first_id)
    values (${w}, ${pairing}, ${round}, 1, 1, 'introduced', ${at}, ${at}, ${at}, ${me}),
      (${w}, ${full.due.pairing}, ${round}, 1, 2, 'proposed', ${sql`${at}::timestamptz + interval '20 days'`}, null, null, null),
      (${w}, ${id('confirmed')}, ${round}, 1, 3, 'confirmed', ${at}, null, null, null),
      (${w}, ${id('over')}, ${round}, 1, 1, 'over', ${at}, ${at}, null, null)`
  yield sql`
    insert into pairing_member (workspace_id, pairing_id, member_id, number, answer, answered_at, expectation, outcome, outcome_at, rating, rated_at)
    values (${w}, ${pairing}, ${me}, 1, 'yes', ${at}, 2, 'met', ${at}, 4, ${at}), (${w}, ${pairing}, ${other}, 1, 'yes', ${at}, 3, 'met', ${at}, 5, ${at}),
      (${w}, ${full.due.pairing}, ${me}, 1, 'yes', ${at}, null, null, null, null, null), (${w}, ${full.due.pairing}, ${third}, 1, 'open', null, null, null, null, null, null),
      (${w}, ${id('over')}, ${me}, 1, 'yes', ${at}, null, null, null, null, null), (${w}, ${id('over')}, ${third}, 1, 'open', null, null, null, null, null, null),
      (${w}, ${id('confirmed')}, ${other}, 1, 'yes', ${at}, null, null, null, null, null), (${w}, ${id('confirmed')}, ${third}, 1, 'open', null, null, null, null, null, null)`
  yield sql`
    insert into check_in_message (workspace_id, id, kind, round_id, pairing_id, target, due_at, state)
    values (${w}, ${full.message}, 'proposal', ${round}, ${pairing}, ${me}, ${at}, 'failed'),
      (${w}, ${id('introduction')}, 'introduction', ${round}, ${id('confirmed')}, null, ${at}, 'failed'),
      (${w}, ${id('asked')}, 'proposal', ${round}, ${full.due.pairing}, ${third}, ${at}, 'sent'),
      (${w}, ${id('theirs')}, 'follow-up', ${round}, ${pairing}, ${other}, ${at}, 'sent'),
      (${w}, ${full.due.message}, 'reminder', ${round}, ${full.due.pairing}, ${me}, ${at}, 'due')`
  yield sql`insert into round_outlook (workspace_id, date, people, members, same_team, repeats) values (${w}, '2026-03-02', 3, 3, 0, 0)`
  yield sql`
    insert into digest_month (workspace_id, month, figures, counted_at, opened_at)
    values (${w}, ${full.month}, ${json({ month: full.month, secret })}, ${at}, null),
      (${w}, '2026-01', ${json({ month: '2026-01', secret })}, ${at}, ${at})`
  yield sql`insert into tie (workspace_id, low_id, high_id) values (${w}, ${sql`least(${me}, ${other})`}, ${sql`greatest(${me}, ${other})`})`
  yield sql`
    insert into digest_delivery (workspace_id, id, month, target, due_at, state)
    values (${w}, ${full.digest}, ${full.month}, ${me}, ${at}, 'failed'),
      (${w}, ${full.due.digest}, ${full.month}, ${other}, ${at}, 'due'),
      (${w}, ${full.claimed.digest}, ${full.month}, ${third}, ${at}, 'claimed')`
}

function* kudosStatements(full: FullWorkspace, words: string): Generator<RawBuilder<unknown>> {
  const { workspaceId: w, me, other, third, secret, kudos, at, channel } = full
  const said = (id: string, giver: string, nth: number, reason: string, removedBy: string | null) => sql`
    insert into kudos (workspace_id, id, giver_id, nth, reason, said_in, likeness, given_at, value, about_channel, about_ts,
      withdrawn_at, removed_by, removal_reason)
    values (${w}, ${id}, ${giver}, ${nth}, ${reason}, ${channel}, ${id}, ${at}, 'craft', ${channel}, '1.1',
      ${removedBy === null ? null : at}, ${removedBy}, ${removedBy === null ? null : words})`
  const to = (id: string, member: string, position: number) => sql`
    insert into kudos_recipient (workspace_id, kudos_id, member_id, position, given_at)
    values (${w}, ${id}, ${member}, ${position}, ${at})`
  yield said(kudos.received, other, 1001, secret, null)
  yield to(kudos.received, me, 1)
  yield said(kudos.shared, other, 1002, words, null)
  yield to(kudos.shared, me, 1)
  yield to(kudos.shared, third, 2)
  yield said(kudos.given, me, 1001, secret, null)
  yield to(kudos.given, other, 1)
  yield said(kudos.bystander, third, 1001, words, me)
  yield to(kudos.bystander, other, 1)
  yield sql`
    insert into kudos_report (workspace_id, id, kudos_id, reporter_id, complaint, show_text, reported_at, state, decided_by)
    values (${w}, ${full.report}, ${kudos.shared}, ${me}, ${secret}, false, ${at}, 'open', null),
      (${w}, ${naturalId(full.report)}, ${kudos.bystander}, ${other}, ${words}, false, ${at}, 'removed', ${me})`
  yield sql`
    insert into kudos_delivery (workspace_id, id, kudos_id, kind, target, state)
    values (${w}, ${full.delivery}, ${kudos.received}, 'note', ${me}, 'skipped'),
      (${w}, ${naturalId(full.delivery)}, ${kudos.shared}, 'note', ${third}, 'skipped')`
}
