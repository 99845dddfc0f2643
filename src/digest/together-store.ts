/** Check-ins and prompts of a month, counted. What the numbers mean stands in definitions.ts. */
import { sql } from 'kysely'
import { ALL_SAY_MET } from '../pairing/history-store.ts'
import { findGap } from '../pairing/round-store.ts'
import type { Tenant } from '../platform/database.ts'
import { FEWEST, type Part } from '../workspace/rule-of-five.ts'
import { STRENGTH } from '../workspace/team-store.ts'
import { type Month, windowsOf } from './month.ts'

export interface CheckInCount {
  /** Check-ins by what became of them, each in one of the three; the one side are its people. */
  met: Part
  agreed: Part
  open: Part
  /** Pairs that met, by whether they were of one team or of two. */
  metWithin: Part
  metAcross: Part
  /** Pairs of different teams that had neither met nor thanked each other before; the sides are the two ends. */
  ties: Part
  /** From 1 to 5, over whole batches of five people. */
  gap: { expected: number; was: number } | null
}

export interface PromptCount {
  /** Different people who took part in any. */
  tookPart: number
  /** By prompt. */
  prompts: { text: string; people: number }[]
}

const five = sql.lit(FEWEST)

/** Those of the rounds that opened early enough for everybody to have met, and to have said so. Remembers their ties. */
export async function countCheckIns(tenant: Tenant, month: Month): Promise<CheckInCount> {
  const { trx, workspaceId } = tenant
  const { proposedFrom, proposedUntil } = windowsOf(month)
  const teamOf = (member: 'a' | 'b') => sql`
    (select team from team_claim where workspace_id = ${workspaceId} and member_id = met.${sql.ref(member)}
      and since <= met.at and (until is null or until > met.at) order by ${STRENGTH} limit 1)`
  const part = (rows: string, first: string, second: string) => sql<Part>`
    (select json_build_object('amount', count(*)::int, 'sides', json_build_array(
      coalesce((array_agg(distinct ${sql.ref(first)}))[1:${five}], '{}'),
      coalesce((array_agg(distinct ${sql.ref(second)}))[1:${five}], '{}'))) from ${sql.ref(rows)})`
  const { rows } = await sql<
    Omit<CheckInCount, 'gap' | 'met' | 'agreed' | 'open'> & { fates: (Part & { fate: string })[] }
  >`
    with said as materialized (
      select p.id, p.introduced_at as at, m.member_id, m.answer, m.outcome
      from round join pairing as p on p.workspace_id = round.workspace_id and p.round_id = round.id
      join pairing_member as m on m.workspace_id = p.workspace_id and m.pairing_id = p.id
      where round.workspace_id = ${workspaceId} and round.opened_at >= ${proposedFrom}
        and round.opened_at < ${proposedUntil} and p.shown_at is not null
    ), shown as materialized (
      select id, at, array_agg(member_id) filter (where answer = 'yes' or at is null) as people,
        case when at is null then 'open' when ${ALL_SAY_MET} then 'met' else 'agreed' end as fate
      from said as m group by id, at
    ), people as (
      select id, fate, unnest(people) as member_id from shown
    ), met as (
      select a, b, at from shown cross join unnest(people) as a cross join unnest(people) as b
      where fate = 'met' and a < b
    ), teamed as materialized (
      select a, b, ${teamOf('a')} as a_team, ${teamOf('b')} as b_team from met
    ), within as (select a, b from teamed where a_team = b_team),
    across as (select a, b from teamed where a_team <> b_team),
    fresh as (
      insert into tie (workspace_id, low_id, high_id)
      -- In the order of the index: what is near each other is written together.
      select distinct ${workspaceId}, least(a, b), greatest(a, b) from met order by 2, 3 on conflict do nothing
      returning low_id, high_id
    ), ties as (
      select low_id, high_id from (
        select low_id, high_id, true as fresh, false as crossed from fresh
        union all select least(a, b), greatest(a, b), false, true from across) as both_of_them
      group by low_id, high_id having bool_or(fresh) and bool_or(crossed)
    )
    select
      coalesce((select json_agg(f) from (
        select fate, count(distinct id)::int as amount,
          json_build_array((array_agg(distinct member_id))[1:${five}]) as sides
        from people group by fate) as f), '[]') as fates,
      ${part('within', 'a', 'b')} as "metWithin", ${part('across', 'a', 'b')} as "metAcross",
      ${part('ties', 'low_id', 'high_id')} as ties`.execute(trx)
  const [row] = rows
  if (!row) throw new Error('an aggregate without a row')
  const { fates, ...others } = row
  const of = (fate: string): Part => {
    const { amount, sides } = fates.find((one) => one.fate === fate) ?? { amount: 0, sides: [[]] }
    return { amount, sides }
  }
  const gap = await findGap(tenant, month.until)
  return { ...others, met: of('met'), agreed: of('agreed'), open: of('open'), gap }
}

/** Of the prompts that were posted in the month. An answer for one person alone counts as well, in totals. */
export async function countPrompts({ trx, workspaceId }: Tenant, { from, until }: Month): Promise<PromptCount> {
  const { rows } = await sql<PromptCount>`
    with posts as (
      select id, prompt_id, text from prompt_post
      where workspace_id = ${workspaceId} and due_at >= ${from} and due_at < ${until} and state = 'posted'
    ), took_part as materialized (
      select posts.prompt_id, a.member_id from posts join prompt_answer as a
        on a.workspace_id = ${workspaceId} and a.post_id = posts.id and a.removed_at is null
      union select posts.prompt_id, d.member_id from posts join prompt_done as d
        on d.workspace_id = ${workspaceId} and d.post_id = posts.id
    )
    select (select count(distinct member_id)::int from took_part) as "tookPart",
      coalesce((select json_agg(json_build_object('text', text, 'people', people) order by people desc, prompt_id) from (
        select prompt_id, count(*)::int as people, (select min(text) from posts where posts.prompt_id = t.prompt_id) as text
        from took_part as t group by prompt_id) as counted), '[]') as prompts`.execute(trx)
  return rows[0] ?? { tookPart: 0, prompts: [] }
}
