/** The month, counted. What the numbers mean stands in definitions.ts; what of them may be told, in figures.ts. */
import { sql } from 'kysely'
import { ALL_SAY_MET } from '../pairing/history-store.ts'
import type { Tenant } from '../platform/database.ts'
import { FEWEST, type Part } from '../workspace/rule-of-five.ts'
import { STRENGTH } from '../workspace/team-store.ts'
import { type Month, windowsOf } from './month.ts'
import { type CheckInCount, countCheckIns, countPrompts, type PromptCount } from './together-store.ts'

/** Thanks from one team, to itself or to others: `sides` are givers and recipients. */
export interface TeamCell extends Part {
  team: string
  crossed: boolean
}

/** Everything as it is, before the rule of five: never to be shown. */
export interface MonthCount {
  members: number
  kudos: number
  givers: number
  receivers: number
  unreached: number
  thanked: number
  thankedOn: number
  cells: TeamCell[]
  /** The teams there are at the end of the month, with how many people. */
  teams: { team: string; size: number }[]
  /** Pairs of people of different teams, for the first time; the sides are the two ends of each. */
  ties: Part
  passedOn: Part
  /** The people of the longest chain: each thanked the next. */
  chain: number
  checkIns: CheckInCount
  prompts: PromptCount
}

/** Counts a month, and remembers its ties; months have to be counted in their order. */
export async function countMonth(tenant: Tenant, month: Month): Promise<MonthCount> {
  return {
    ...(await countPeople(tenant, month)),
    ...(await countTeams(tenant, month)),
    ...(await countChains(tenant, month)),
    // After the kudos: who thanked somebody first, and met them then, made one tie.
    checkIns: await countCheckIns(tenant, month),
    prompts: await countPrompts(tenant, month),
  }
}

type PeopleCount = Omit<MonthCount, keyof TeamsCount | keyof ChainsCount | 'checkIns' | 'prompts'>

/** Who left since, but took part, still counts: as it was then. */
async function countPeople({ trx, workspaceId }: Tenant, month: Month): Promise<PeopleCount> {
  const { reachedFrom, thankedFrom, thankedUntil } = windowsOf(month)
  const { rows } = await sql<PeopleCount>`
    with thanks as materialized (
      select k.giver_id, r.member_id, k.given_at
      from kudos as k join kudos_recipient as r on r.workspace_id = k.workspace_id and r.kudos_id = k.id
      where k.workspace_id = ${workspaceId} and k.withdrawn_at is null
        and k.given_at >= ${reachedFrom} and k.given_at < ${month.until}
        and r.given_at >= ${reachedFrom} and r.given_at < ${month.until}
    ), givers as materialized (
      select distinct giver_id as id from thanks where given_at >= ${month.from}
    ), receivers as materialized (
      select distinct member_id as id from thanks where given_at >= ${month.from}
    ), people as materialized (
      select id from member
        where workspace_id = ${workspaceId} and kind in ('member', 'guest', 'single-channel guest')
      union select id from givers union select id from receivers
    ), met as (
      select unnest(said.people) from pairing as p cross join lateral (
        -- Looked up by the index, pairing by pairing: never all there ever were.
        select array_agg(m.member_id) filter (where m.answer = 'yes') as people, ${ALL_SAY_MET} as met
        from pairing_member as m where m.workspace_id = ${workspaceId} and m.pairing_id = p.id offset 0) as said
      where p.workspace_id = ${workspaceId} and p.introduced_at >= ${reachedFrom} and p.introduced_at < ${month.until}
        and said.met
    ), posts as (
      select id from prompt_post
      where workspace_id = ${workspaceId} and due_at >= ${reachedFrom} and due_at < ${month.until}
    ), took_part as (
      select member_id from posts join prompt_answer as a
        on a.workspace_id = ${workspaceId} and a.post_id = posts.id and a.removed_at is null
      union select member_id from posts join prompt_done as d on d.workspace_id = ${workspaceId} and d.post_id = posts.id
    ), gives as materialized (
      select giver_id, given_at from thanks where given_at > ${thankedFrom}
      union all
      -- Seven days are longer than that when clocks go forward meanwhile.
      select giver_id, given_at from kudos
      where workspace_id = ${workspaceId} and withdrawn_at is null
        and given_at >= ${month.until} and given_at <= ${thankedUntil}::timestamptz + interval '168 hours'
    ), thanked as materialized (
      select member_id, given_at from thanks where given_at >= ${thankedFrom} and given_at < ${thankedUntil}
    ), thanked_on as (
      select distinct member_id from thanked where exists (
        select from gives where giver_id = thanked.member_id
          and gives.given_at > thanked.given_at and gives.given_at <= thanked.given_at + interval '168 hours')
    )
    select
      (select count(*)::int from people) as members,
      (select count(*)::int from kudos where workspace_id = ${workspaceId} and withdrawn_at is null
        and given_at >= ${month.from} and given_at < ${month.until}) as kudos,
      (select count(*)::int from givers) as givers,
      (select count(*)::int from receivers) as receivers,
      (select count(*)::int from (
        select id from people except select member_id from thanks except select * from met
        except select member_id from took_part) as missed) as unreached,
      (select count(*)::int from (select distinct member_id from thanked) as people) as thanked,
      (select count(*)::int from thanked_on) as "thankedOn"`.execute(trx)
  return rows[0] as PeopleCount
}

type TeamsCount = Pick<MonthCount, 'cells' | 'teams' | 'ties'>

/** Teams as they were at each kudos: `spans` says who was on which team from when to when. Private kudos are left out. */
async function countTeams({ trx, workspaceId }: Tenant, { from, until }: Month): Promise<TeamsCount> {
  const { rows } = await sql<TeamsCount>`
    with claims as materialized (
      select member_id, team, ${STRENGTH} as strength, greatest(since, ${from}) as since,
        least(coalesce(until, 'infinity'), ${until}) as until
      from team_claim
      where workspace_id = ${workspaceId} and since < ${until} and (until is null or until > ${from})
    ), lone as (
      -- Nearly everybody: what one source alone says needs no comparing.
      select member_id, min(since) as since, min(team) as team, min(until) as until from claims
      group by member_id having count(*) = 1
    ), contested as (
      select * from claims where member_id in (select member_id from claims group by member_id having count(*) > 1)
    ), turns as (
      select member_id, since as at from contested union select member_id, until from contested where until < ${until}
    ), spans as materialized (
      select member_id, since, team, until from lone
      union all
      select member_id, at as since, team,
        lead(at, 1, ${until}::timestamptz) over (partition by member_id order by at) as until
      from (
        select distinct on (turns.member_id, turns.at) turns.member_id, turns.at, contested.team
        from turns left join contested on contested.member_id = turns.member_id
          and contested.since <= turns.at and contested.until > turns.at
        order by turns.member_id, turns.at, contested.strength
      ) as strongest
    ), thanks as materialized (
      select k.giver_id, r.member_id, g.team as from_team, t.team as to_team, k.is_private or r.kept_private as private
      from kudos as k join kudos_recipient as r on r.workspace_id = k.workspace_id and r.kudos_id = k.id
      left join spans as g on g.member_id = k.giver_id and g.since <= k.given_at and g.until > k.given_at
      left join spans as t on t.member_id = r.member_id and t.since <= k.given_at and t.until > k.given_at
      where k.workspace_id = ${workspaceId} and k.withdrawn_at is null
        and k.given_at >= ${from} and k.given_at < ${until} and r.given_at >= ${from} and r.given_at < ${until}
    ), cells as (
      select from_team as team, from_team <> to_team as crossed, count(*)::int as amount,
        json_build_array((array_agg(distinct giver_id))[1:${sql.lit(FEWEST)}],
          (array_agg(distinct member_id))[1:${sql.lit(FEWEST)}]) as sides
      from thanks where from_team is not null and to_team is not null and not private
      group by from_team, from_team <> to_team
    ), pairs as (
      select least(giver_id, member_id) as low_id, greatest(giver_id, member_id) as high_id,
        coalesce(bool_or(from_team <> to_team and not private), false) as crossed
      from thanks group by 1, 2
    ), fresh as (
      insert into tie (workspace_id, low_id, high_id)
      -- In the order of the index: what is near each other is written together.
      select ${workspaceId}, low_id, high_id from pairs order by low_id, high_id
      on conflict do nothing returning low_id, high_id
    ), across as (
      -- Not a join, whose cost would depend on how many the planner thinks there are.
      select low_id, high_id from (
        select low_id, high_id, true as fresh, false as crossed from fresh
        union all select low_id, high_id, false, crossed from pairs) as both_of_them
      group by low_id, high_id having bool_or(fresh) and bool_or(crossed)
    )
    select
      coalesce((select json_agg(cells order by team, crossed) from cells), '[]') as cells,
      coalesce((select json_agg(json_build_object('team', team, 'size', size) order by team) from (
        select team, count(*)::int as size from spans where until = ${until} and team is not null group by team
      ) as sized), '[]') as teams,
      (select json_build_object('amount', count(*)::int, 'sides', json_build_array(
        coalesce((array_agg(distinct low_id))[1:${sql.lit(FEWEST)}], '{}'),
        coalesce((array_agg(distinct high_id))[1:${sql.lit(FEWEST)}], '{}'))) from across) as ties`.execute(trx)
  return rows[0] as TeamsCount
}

type ChainsCount = Pick<MonthCount, 'passedOn' | 'chain'>

/** No chain is followed further back than this. */
const LONGEST = 50

/** A link: a kudos whose giver had received another one, neither of them private nor taken back. */
async function countChains({ trx, workspaceId }: Tenant, { from, until }: Month): Promise<ChainsCount> {
  const { rows } = await sql<ChainsCount>`
    with recursive chain as (
      select k.id as last, k.passed_on_from as before, k.giver_id as giver, array[k.giver_id] as people, 1 as depth
      from kudos as k
      where k.workspace_id = ${workspaceId} and k.withdrawn_at is null and not k.is_private
        and k.passed_on_from is not null and k.given_at >= ${from} and k.given_at < ${until}
      union all
      select chain.last, p.passed_on_from, p.giver_id, chain.people || p.giver_id, depth + 1
      from chain cross join lateral (
        select k.passed_on_from, k.giver_id from kudos as k
        where k.workspace_id = ${workspaceId} and k.id = chain.before and k.withdrawn_at is null and not k.is_private
          -- Looked up by the index, link by link; a join would be with everything there is.
          and (select count(*) from kudos_recipient as r where r.workspace_id = k.workspace_id and r.kudos_id = k.id
            and r.member_id = chain.giver and not r.kept_private) > 0
        offset 0
      ) as p
      where depth < ${LONGEST}
    )
    select
      (select json_build_object('amount', count(*)::int, 'sides', json_build_array(
        coalesce((array_agg(distinct people[1]))[1:${sql.lit(FEWEST)}], '{}'),
        coalesce((array_agg(distinct people[2]))[1:${sql.lit(FEWEST)}], '{}')))
        from chain where depth = 2) as "passedOn",
      coalesce((select max((select count(distinct person) from unnest(people) as person)) from chain
        where depth > 1), 0)::int as chain`.execute(trx)
  return rows[0] as ChainsCount
}
