/**
 * What erasing somebody does to each table: one place, so that it can be read, and checked, as a whole. SECURITY.md says the
 * same in words. Whatever others need for a history of their own keeps a stand-in. A person asks for it once in a long
 * time: the texts of others are read through, workspace by workspace, for mentions.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { MessagePlace } from '../platform/slack.ts'
import { forgetAvoided, holdOwnData } from '../workspace/participation-store.ts'

/** Who is erased, and what stands for them from now on. */
export interface Erasure {
  member: string
  standIn: string
  /** The kudos they wrote go as well; otherwise those stay, unsigned. */
  written: boolean
}

/** What there is to do in Slack afterwards. */
export interface Afterwards {
  /** Messages to take away. */
  places: MessagePlace[]
  /** Kudos whose cards and notes are to be drawn anew. */
  kudos: string[]
  /** Pairings whose messages are to be drawn anew. */
  pairings: string[]
}

/** Erases somebody from all tables of the workspace, in the tenant's transaction. Harmless twice. */
export async function erase(tenant: Tenant, erasure: Erasure, now: Date): Promise<Afterwards> {
  await holdOwnData(tenant, erasure.member)
  const kudos = await eraseFromKudos(tenant, erasure, now)
  const prompts = await eraseFromPrompts(tenant, erasure)
  const pairings = await eraseFromCheckIns(tenant, erasure)
  const digests = await eraseFromDigests(tenant, erasure)
  const exports = await eraseExports(tenant, erasure)
  await eraseFromWorkspace(tenant, erasure)
  await eraseFromQueue(tenant, erasure)
  return {
    places: [...kudos.places, ...prompts, ...pairings.places, ...digests, ...exports],
    kudos: kudos.ids,
    pairings: pairings.ids,
  }
}

type Place = { channel: string | null; ts: string | null }

const toPlaces = (rows: Place[]): MessagePlace[] =>
  rows.flatMap(({ channel, ts }) => (channel && ts ? [{ channel, ts }] : []))

/** A text without the person: their mentions, and their bare id. */
const without = (column: RawBuilder<string>, { member }: Erasure) =>
  sql`regexp_replace(${column}, ${`<@${member}(\\|[^<>]*)?>|\\m${member}\\M`}, 'somebody', 'g')`

/** Takes the person out of what others wrote, in one column of one table. */
async function forgetMentions({ trx, workspaceId }: Tenant, erasure: Erasure, table: string, name: string) {
  const column = sql.ref<string>(name)
  await sql`
    update ${sql.table(table)} set ${column} = ${without(column, erasure)}
    where workspace_id = ${workspaceId} and ${column} like ${`%${erasure.member}%`}`.execute(trx)
}

async function eraseFromKudos(tenant: Tenant, erasure: Erasure, now: Date) {
  const { trx, workspaceId } = tenant
  const { member, standIn, written } = erasure
  const reports = await sql<{ kudos_id: string }>`
    update kudos_report set reporter_id = case when reporter_id = ${member} then ${standIn} else reporter_id end,
      complaint = case when reporter_id = ${member} then '' else complaint end,
      decided_by = case when decided_by = ${member} then ${standIn} else decided_by end
    where workspace_id = ${workspaceId} and ${member} in (reporter_id, decided_by)
    returning kudos_id`.execute(trx)
  const given = await sql<{ id: string }>`
    update kudos set giver_id = ${standIn}, likeness = id::text,
      withdrawn_at = case when ${written} then coalesce(withdrawn_at, ${now}) else withdrawn_at end,
      reason = case when ${written} then '' else reason end,
      value = case when ${written} then null else value end,
      removal_reason = case when ${written} and removed_by is not null then '' else removal_reason end
    where workspace_id = ${workspaceId} and giver_id = ${member} returning id`.execute(trx)
  const received = await sql<{ id: string }>`
    update kudos_recipient set member_id = ${standIn}
    where workspace_id = ${workspaceId} and member_id = ${member} returning kudos_id as id`.execute(trx)
  // What was said to them alone was theirs. What was said to others as well is still the others'.
  await sql`
    update kudos set reason = '', likeness = id::text, value = null, removal_reason = ''
    where workspace_id = ${workspaceId}
      and id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(received.rows.map(({ id }) => id))}::jsonb))
      and not exists (select from kudos_recipient as r
        where r.workspace_id = kudos.workspace_id and r.kudos_id = kudos.id and r.member_id not like 'gone-%')`.execute(
    trx,
  )
  const removed = await sql<{ id: string }>`
    update kudos set removed_by = ${standIn}
    where workspace_id = ${workspaceId} and removed_by = ${member} returning id`.execute(trx)
  const notes = await sql<Place>`
    delete from kudos_delivery where workspace_id = ${workspaceId} and target = ${member}
    returning channel, ts`.execute(trx)
  for (const name of ['reason', 'removal_reason']) await forgetMentions(tenant, erasure, 'kudos', name)
  await forgetMentions(tenant, erasure, 'kudos_report', 'complaint')
  for (const table of ['kudos_preference', 'keepsake_dismissal', 'keepsake_shown']) {
    await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId} and member_id = ${member}`.execute(
      trx,
    )
  }
  const touched = [...given.rows, ...received.rows, ...removed.rows].map(({ id }) => id)
  const ids = new Set([...touched, ...reports.rows.map(({ kudos_id }) => kudos_id)])
  return { places: toPlaces(notes.rows), ids: await onlyPosted(tenant, [...ids]) }
}

/** Those of the kudos of which something stands in Slack. */
async function onlyPosted({ trx, workspaceId }: Tenant, ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct d.kudos_id as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as one (id)
    join kudos_delivery as d on d.workspace_id = ${workspaceId} and d.kudos_id = one.id::uuid and d.state = 'sent'`.execute(
    trx,
  )
  return rows.map(({ id }) => id)
}

async function eraseFromPrompts(tenant: Tenant, erasure: Erasure): Promise<MessagePlace[]> {
  const { trx, workspaceId } = tenant
  const { member, standIn } = erasure
  const answers = await sql<Place & { post_id: string }>`
    delete from prompt_answer where workspace_id = ${workspaceId} and member_id = ${member}
    returning channel, ts, post_id`.execute(trx)
  const done = await sql<{ post_id: string }>`
    delete from prompt_done where workspace_id = ${workspaceId} and member_id = ${member} returning post_id`.execute(
    trx,
  )
  const posts = JSON.stringify([...answers.rows, ...done.rows].map(({ post_id }) => post_id))
  await sql`
    update prompt_post set is_stale = true where workspace_id = ${workspaceId} and state = 'posted'
      and id in (select value::uuid from jsonb_array_elements_text(${posts}::jsonb))`.execute(trx)
  // What somebody answered for them alone was theirs, like a kudos.
  const forThem = await sql<Place>`
    with before as (
      select id, channel, ts from prompt_answer where workspace_id = ${workspaceId} and to_member = ${member}
    )
    update prompt_answer set to_member = ${standIn}, text = '', channel = null, ts = null,
      state = case state when 'due' then 'skipped' when 'sent' then 'removed' else state end
    from before where prompt_answer.workspace_id = ${workspaceId} and prompt_answer.id = before.id
    returning before.channel, before.ts`.execute(trx)
  await sql`
    update prompt_answer set about = array_replace(about, ${member}, ${standIn})
    where workspace_id = ${workspaceId} and ${member} = any (about)`.execute(trx)
  await sql`
    update own_prompt set added_by = ${standIn}
    where workspace_id = ${workspaceId} and added_by = ${member}`.execute(trx)
  await sql`
    update prompt_post set again_by = ${standIn}
    where workspace_id = ${workspaceId} and again_by = ${member}`.execute(trx)
  for (const table of ['prompt_answer', 'own_prompt', 'prompt_post']) {
    await forgetMentions(tenant, erasure, table, 'text')
  }
  return toPlaces([...answers.rows, ...forThem.rows])
}

async function eraseFromCheckIns(tenant: Tenant, erasure: Erasure) {
  const { trx, workspaceId } = tenant
  const { member, standIn } = erasure
  const messages = await sql<Place>`
    delete from check_in_message where workspace_id = ${workspaceId} and target = ${member}
    returning channel, ts`.execute(trx)
  // Others look back on whom they met, and on nothing that was said. In a round that is open a stand-in says no.
  const { rows } = await sql<{ id: string; round_id: string }>`
    update pairing_member as pm set member_id = ${standIn},
      answer = case when p.state = 'introduced' and pm.answer = 'yes' then 'yes' else 'no' end,
      answered_at = null, expectation = null, outcome = null, outcome_at = null, rating = null, rated_at = null
    from pairing as p
    where pm.workspace_id = ${workspaceId} and pm.member_id = ${member}
      and p.workspace_id = pm.workspace_id and p.id = pm.pairing_id
    returning p.id, p.round_id`.execute(trx)
  const pairings = JSON.stringify(rows.map(({ id }) => id))
  const among = sql`in (select value::uuid from jsonb_array_elements_text(${pairings}::jsonb))`
  await sql`
    update pairing set first_id = ${standIn}
    where workspace_id = ${workspaceId} and id ${among} and first_id = ${member}`.execute(trx)
  const rounds = await sql<{ round_id: string }>`
    update round_member set member_id = ${standIn}, fate = coalesce(fate, 'not this time'), waited = 0,
      anyone = false, silent = false
    where workspace_id = ${workspaceId} and member_id = ${member} returning round_id`.execute(trx)
  const of = JSON.stringify([...rows, ...rounds.rows].map(({ round_id }) => round_id))
  const named = sql`${`%"${member}"%`}`
  await sql`
    update matching set groups = replace(groups::text, ${`"${member}"`}, ${`"${standIn}"`})::jsonb
    where workspace_id = ${workspaceId} and groups::text like ${named}
      and round_id in (select value::uuid from jsonb_array_elements_text(${of}::jsonb))`.execute(trx)
  // It can't be made again without them: others' rounds go by whom everybody met before.
  await sql`
    update matching set input = null
    where workspace_id = ${workspaceId} and input is not null and input::text like ${named}`.execute(trx)
  return { places: toPlaces(messages.rows), ids: rows.map(({ id }) => id) }
}

async function eraseFromDigests({ trx, workspaceId }: Tenant, { member, standIn }: Erasure): Promise<MessagePlace[]> {
  // Months that were told have nobody's id in them. A tie of months ago still tells that a later one is not the first.
  await sql`
    update tie set
      low_id = least(case when low_id = ${member} then high_id else low_id end, ${standIn}),
      high_id = greatest(case when low_id = ${member} then high_id else low_id end, ${standIn})
    where workspace_id = ${workspaceId} and ${member} in (low_id, high_id)`.execute(trx)
  const { rows } = await sql<Place>`
    delete from digest_delivery where workspace_id = ${workspaceId} and target = ${member}
    returning channel, ts`.execute(trx)
  return toPlaces(rows)
}

async function eraseExports({ trx, workspaceId }: Tenant, { member }: Erasure): Promise<MessagePlace[]> {
  const { rows } = await sql<Place>`
    delete from export_message where workspace_id = ${workspaceId} and member_id = ${member}
    returning channel, ts`.execute(trx)
  return toPlaces(rows)
}

async function eraseFromWorkspace(tenant: Tenant, { member, standIn }: Erasure): Promise<void> {
  const { trx, workspaceId } = tenant
  await sql`delete from avoidance where workspace_id = ${workspaceId} and owner_id = ${member}`.execute(trx)
  await forgetAvoided(tenant, member)
  for (const table of ['participation', 'team_claim', 'user_group_member']) {
    await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId} and member_id = ${member}`.execute(
      trx,
    )
  }
  await sql`delete from member where workspace_id = ${workspaceId} and id = ${member}`.execute(trx)
  await sql`
    update setting set value = value - ${member}::text
    where workspace_id = ${workspaceId} and jsonb_typeof(value) = 'array' and jsonb_exists(value, ${member})`.execute(
    trx,
  )
  const [theirs, other] = [`"${member}"`, `"${standIn}"`]
  await sql`
    update setting_change set
      previous = replace(previous::text, ${theirs}, ${other})::jsonb,
      value = replace(value::text, ${theirs}, ${other})::jsonb,
      changed_by = case when changed_by = ${member} then ${standIn} else changed_by end
    where workspace_id = ${workspaceId} and (changed_by = ${member}
      or previous::text like ${`%${theirs}%`} or value::text like ${`%${theirs}%`})`.execute(trx)
}

/** What was still to be done by them or for them, and what was done and not cleared away yet. */
async function eraseFromQueue({ trx, workspaceId }: Tenant, { member }: Erasure): Promise<void> {
  const named = `\\m${member}\\M`
  await sql`
    delete from pgboss.job where data ->> 'workspaceId' = ${workspaceId}
      and (data::text ~ ${named} or output::text ~ ${named})`.execute(trx)
}
