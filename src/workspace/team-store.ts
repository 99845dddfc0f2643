import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { Team, TeamSource } from './team.ts'

declare module '../platform/database.ts' {
  interface Database {
    team_claim: {
      workspace_id: string
      member_id: string
      source: TeamSource
      team: string
      since: Date
      until: Date | null
    }
  }
}

/** What one source says of somebody: a team, or with null that it knows of none. */
export interface TeamClaim {
  memberId: string
  team: string | null
}

/** The order of precedence, for `order by`. */
export const STRENGTH = sql`case source when 'admin' then 1 when 'group' then 2 when 'field' then 3 else 4 end`

/** The team somebody is on right now, by the strongest source that knows of one. */
export async function findTeam({ trx, workspaceId }: Tenant, memberId: string): Promise<Team | null> {
  const { rows } = await sql<{ team: string; source: TeamSource }>`
    select team, source from team_claim
    where workspace_id = ${workspaceId} and member_id = ${memberId} and until is null
    order by ${STRENGTH} limit 1`.execute(trx)
  const [row] = rows
  return row ? { name: row.team, source: row.source } : null
}

/** What one source says of somebody's team right now. */
export async function findClaim(
  { trx, workspaceId }: Tenant,
  memberId: string,
  source: TeamSource,
): Promise<string | null> {
  const row = await trx
    .selectFrom('team_claim')
    .select('team')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('source', '=', source)
    .where('until', 'is', null)
    .executeTakeFirst()
  return row?.team ?? null
}

/** The teams of these people at a moment; who was on none is not in it. */
export async function teamsAt(
  { trx, workspaceId }: Tenant,
  memberIds: string[],
  at: Date,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ member_id: string; team: string }>`
    select distinct on (member_id) member_id, team from team_claim
    where workspace_id = ${workspaceId} and since <= ${at} and (until is null or until > ${at})
      and member_id in (select jsonb_array_elements_text(${JSON.stringify(memberIds)}::jsonb))
    order by member_id, ${STRENGTH}`.execute(trx)
  return new Map(rows.map((row) => [row.member_id, row.team]))
}

/** What the admins' file says of these people now, to tell what a new one changes. */
export async function readAdminTeams({ trx, workspaceId }: Tenant): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('team_claim')
    .select(['member_id', 'team'])
    .where('workspace_id', '=', workspaceId)
    .where('source', '=', 'admin')
    .where('until', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.member_id, row.team]))
}

/** Writes down what a source says of some people now. What it said before is kept, with its dates; others are left alone. */
export async function saveTeamClaims(
  { trx, workspaceId }: Tenant,
  source: TeamSource,
  claims: TeamClaim[],
  now: Date,
): Promise<void> {
  if (claims.length === 0) return
  const rows = JSON.stringify(claims)
  await sql`
    update team_claim as c set until = ${now}
    from jsonb_to_recordset(${rows}::jsonb) as said ("memberId" text, team text)
    where c.workspace_id = ${workspaceId} and c.member_id = said."memberId" and c.source = ${source}
      and c.until is null and c.team is distinct from said.team`.execute(trx)
  await sql`
    insert into team_claim (workspace_id, member_id, source, team, since)
    select ${workspaceId}, "memberId", ${source}, team, ${now}
    from jsonb_to_recordset(${rows}::jsonb) as said ("memberId" text, team text) where team is not null
    on conflict do nothing`.execute(trx)
}

/** Renews what the user groups that count as teams say. Whoever is in several is on the team of the first one. */
export async function renewGroupClaims(tenant: Tenant, groupIds: string[], now: Date): Promise<void> {
  const { trx, workspaceId } = tenant
  const { rows } = await sql<{ memberId: string; team: string | null }>`
    with said as (
      select distinct on (m.member_id) m.member_id, g.name
      from jsonb_array_elements_text(${JSON.stringify(groupIds)}::jsonb) with ordinality as marked (id, place)
      join user_group as g on g.workspace_id = ${workspaceId} and g.id = marked.id and g.name <> ''
      join user_group_member as m on m.workspace_id = ${workspaceId} and m.group_id = g.id
      order by m.member_id, marked.place
    ), now as (
      select member_id, team from team_claim
      where workspace_id = ${workspaceId} and source = 'group' and until is null
    )
    select coalesce(said.member_id, now.member_id) as "memberId", said.name as team
    from said full join now on now.member_id = said.member_id
    where said.name is distinct from now.team`.execute(trx)
  await saveTeamClaims(tenant, 'group', rows, now)
}

/** Ends what profiles say of people's teams: of everybody, or of those alone who are not in check-ins, who are not asked. */
export async function endFieldClaims(
  { trx, workspaceId }: Tenant,
  of: 'everybody' | 'others',
  now: Date,
): Promise<void> {
  await sql`
    update team_claim as c set until = ${now}
    where workspace_id = ${workspaceId} and source = 'field' and until is null
      and (${of === 'everybody'} or not exists (select from participation as p
        where p.workspace_id = c.workspace_id and p.member_id = c.member_id
          and p.joined_at is not null and p.left_at is null))`.execute(trx)
}
