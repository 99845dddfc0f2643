/** Everything the app keeps about somebody that is theirs to read, table by table. SECURITY.md says what is left out, and why. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { MessagePlace } from '../platform/slack.ts'
import { NAMES_SOMEBODY } from '../workspace/participation-store.ts'

declare module '../platform/database.ts' {
  interface Database {
    export_message: { workspace_id: string; member_id: string; channel: string; ts: string }
  }
}

/** By what it is about; the oldest first, so that what comes in between changes nothing that came before. */
export type Everything = Record<string, unknown>

/**
 * Reads it in one statement, so that all of it holds at one moment. Not in it: what others said in confidence (who avoids
 * them, what the other one of a check-in answered, who reported a kudos of theirs).
 */
export async function readAll({ trx, workspaceId }: Tenant, member: string): Promise<Everything> {
  const { rows } = await sql<{ everything: Everything }>`
    select json_build_object(
      'directory', (select json_build_object('kind', kind, 'isAdmin', is_admin, 'isOwner', is_owner, 'zone', tz,
          'locale', locale)
        from member where workspace_id = ${workspaceId} and id = ${member}),
      'userGroups', (select json_agg(group_id order by group_id) from user_group_member
        where workspace_id = ${workspaceId} and member_id = ${member}),
      'teams', (select json_agg(json_build_object('team', team, 'saidBy', source, 'since', since, 'until', until)
          order by since, source)
        from team_claim where workspace_id = ${workspaceId} and member_id = ${member}),
      'choices', (select json_build_object('notes', notes, 'onlyMe', only_me, 'changedAt', changed_at)
        from kudos_preference where workspace_id = ${workspaceId} and member_id = ${member}),
      'checkInChoices', (select json_build_object('joinedAt', joined_at, 'leftAt', left_at, 'pausedUntil', paused_until,
          'skipsNext', skips_next, 'workDays', work_days, 'workFromMinute', work_from, 'workUntilMinute', work_until,
          'readsStatus', reads_status, 'awayUntil', away_until, 'changedAt', changed_at)
        from participation where workspace_id = ${workspaceId} and member_id = ${member}),
      'avoids', (select json_agg(json_build_object(
          'member', case when ${NAMES_SOMEBODY} then avoided_id else 'somebody who was forgotten' end, 'since', since)
          order by since, avoided_id)
        from avoidance where workspace_id = ${workspaceId} and owner_id = ${member}),
      'kudosReceived', (select json_agg(json_build_object('from', k.giver_id, 'at', k.given_at, 'words', k.reason,
          'value', k.value, 'saidIn', k.said_in, 'isPrivate', k.is_private, 'keptPrivate', r.kept_private,
          'withdrawnAt', k.withdrawn_at) order by k.given_at, k.id)
        from kudos_recipient as r join kudos as k on k.workspace_id = r.workspace_id and k.id = r.kudos_id
        where r.workspace_id = ${workspaceId} and r.member_id = ${member}),
      'kudosGiven', (select json_agg(json_build_object('to', (
            select json_agg(member_id order by position) from kudos_recipient as r
            where r.workspace_id = k.workspace_id and r.kudos_id = k.id),
          'at', given_at, 'words', reason, 'value', value, 'saidIn', said_in, 'isPrivate', is_private,
          'withdrawnAt', withdrawn_at, 'removedBecause', removal_reason) order by given_at, id)
        from kudos as k where workspace_id = ${workspaceId} and giver_id = ${member}),
      'kudosRemoved', (select json_agg(json_build_object('kudos', id, 'at', withdrawn_at, 'because', removal_reason)
          order by withdrawn_at, id)
        from kudos where workspace_id = ${workspaceId} and removed_by = ${member}),
      'reports', (select json_agg(json_build_object('kudos', kudos_id, 'at', reported_at, 'words', complaint,
          'state', state) order by reported_at, id)
        from kudos_report where workspace_id = ${workspaceId} and reporter_id = ${member}),
      'reportsDecided', (select json_agg(json_build_object('kudos', kudos_id, 'at', decided_at, 'state', state)
          order by decided_at, id)
        from kudos_report where workspace_id = ${workspaceId} and decided_by = ${member}),
      'keepsakes', (select json_agg(json_build_object('kudos', kudos_id, 'week', week) order by week, kudos_id)
        from keepsake_shown where workspace_id = ${workspaceId} and member_id = ${member}),
      'keepsakesDismissed', (select json_agg(json_build_object('kudos', kudos_id, 'at', dismissed_at)
          order by dismissed_at, kudos_id)
        from keepsake_dismissal where workspace_id = ${workspaceId} and member_id = ${member}),
      'promptAnswers', (select json_agg(json_build_object('prompt', p.text, 'channel', p.channel_id, 'at', a.answered_at,
          'words', a.text, 'forMember', a.to_member, 'about', a.about, 'removedAt', a.removed_at)
          order by a.answered_at, a.id)
        from prompt_answer as a join prompt_post as p on p.workspace_id = a.workspace_id and p.id = a.post_id
        where a.workspace_id = ${workspaceId} and a.member_id = ${member}),
      'promptAnswersForYou', (select json_agg(json_build_object('from', member_id, 'at', answered_at, 'words', text)
          order by answered_at, id)
        from prompt_answer where workspace_id = ${workspaceId} and to_member = ${member} and state = 'sent'),
      'promptsDone', (select json_agg(json_build_object('prompt', p.text, 'channel', p.channel_id, 'at', d.done_at)
          order by d.done_at, d.post_id)
        from prompt_done as d join prompt_post as p on p.workspace_id = d.workspace_id and p.id = d.post_id
        where d.workspace_id = ${workspaceId} and d.member_id = ${member}),
      'promptsAdded', (select json_agg(json_build_object('kind', kind, 'words', text, 'at', added_at,
          'retiredAt', retired_at) order by added_at, id)
        from own_prompt where workspace_id = ${workspaceId} and added_by = ${member}),
      'promptsPostedAgain', (select json_agg(json_build_object('channel', channel_id, 'week', week) order by due_at, id)
        from prompt_post where workspace_id = ${workspaceId} and again_by = ${member}),
      'rounds', (select json_agg(json_build_object('date', o.date, 'number', r.number, 'outcome', r.fate,
          'anyone', r.anyone, 'waited', r.waited, 'silent', r.silent) order by r.number, o.date)
        from round_member as r join round as o on o.workspace_id = r.workspace_id and o.id = r.round_id
        where r.workspace_id = ${workspaceId} and r.member_id = ${member}),
      'checkIns', (select json_agg(json_build_object('round', p.number, 'with', (
            select json_agg(other.member_id order by other.member_id) from pairing_member as other
            where other.workspace_id = p.workspace_id and other.pairing_id = p.id and other.member_id <> ${member}),
          'answer', pm.answer, 'answeredAt', pm.answered_at, 'introducedAt', p.introduced_at,
          'wentFirst', p.first_id = ${member}, 'expectation', pm.expectation, 'outcome', pm.outcome,
          'outcomeAt', pm.outcome_at, 'rating', pm.rating, 'ratedAt', pm.rated_at) order by p.number, p.wave, p.id)
        from pairing_member as pm join pairing as p on p.workspace_id = pm.workspace_id and p.id = pm.pairing_id
        where pm.workspace_id = ${workspaceId} and pm.member_id = ${member} and p.shown_at is not null),
      'ties', (select json_agg(other order by other) from (
          select high_id as other from tie where workspace_id = ${workspaceId} and low_id = ${member}
          union all select low_id from tie where workspace_id = ${workspaceId} and high_id = ${member}) as ties),
      'messages', (select json_agg(json_build_object('about', about, 'state', state, 'at', at) order by at, about, id)
        from (
          select id, 'kudos ' || kind as about, state, settled_at as at from kudos_delivery
            where workspace_id = ${workspaceId} and target = ${member}
          union all select id, 'check-in ' || kind, state, settled_at from check_in_message
            where workspace_id = ${workspaceId} and target = ${member}
          union all select id, 'digest ' || month, state, settled_at from digest_delivery
            where workspace_id = ${workspaceId} and target = ${member}) as sent),
      'settings', (select json_agg(key order by key) from setting
        where workspace_id = ${workspaceId} and jsonb_typeof(value) = 'array' and jsonb_exists(value, ${member})),
      'settingsChanged', (select json_agg(json_build_object('setting', key, 'from', previous, 'to', value,
          'at', changed_at) order by id)
        from setting_change where workspace_id = ${workspaceId} and changed_by = ${member})
    ) as everything`.execute(trx)
  const [row] = rows
  return Object.fromEntries(Object.entries(row?.everything ?? {}).filter(([, value]) => value !== null))
}

/** Whether a job of an export is still there: whoever was forgotten meanwhile has none. */
export async function isWanted({ trx, workspaceId }: Tenant, queue: string, jobId: string): Promise<boolean> {
  const { rows } = await sql`
    select from pgboss.job
    where name = ${queue} and id = ${jobId} and data ->> 'workspaceId' = ${workspaceId}`.execute(trx)
  return rows.length > 0
}

/** Remembers where a message of an export stands, for when its owner is forgotten. */
export async function saveExportMessage(
  { trx, workspaceId }: Tenant,
  member: string,
  { channel, ts }: MessagePlace,
): Promise<void> {
  await trx
    .insertInto('export_message')
    .values({ workspace_id: workspaceId, member_id: member, channel, ts })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
