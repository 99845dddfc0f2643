/** What the Home tab shows, in at most four statements whoever looks: people open it often. */
import type { KnownBlock } from '@slack/types'
import { sql } from 'kysely'
import { type Kudos, listLatest } from '../kudos/store.ts'
import type { Outlook } from '../pairing/history-store.ts'
import { outlookBlocks, readOpenCheckIn } from '../pairing/on-home.ts'
import { nextOpening } from '../pairing/schedule.ts'
import type { Tenant } from '../platform/database.ts'
import type { MemberKind } from '../workspace/member.ts'
import { NOT_TAKING_PART, type Participation, standing } from '../workspace/participation.ts'
import { NAMES_SOMEBODY, type ParticipationRow, toParticipation } from '../workspace/participation-store.ts'
import { FEWEST } from '../workspace/rule-of-five.ts'
import { readSetting, SETTING_KEYS } from '../workspace/settings.ts'
import type { SettingChange, Settings } from '../workspace/settings-store.ts'
import type { Team, TeamSource } from '../workspace/team.ts'
import { chosenKeepsake, type Keepsake } from './keepsake-store.ts'

/** How one person stands, and what of the workspace's settings concerns the page. */
export interface HomePerson {
  id: string
  /** null for somebody the directory does not know yet. */
  kind: MemberKind | null
  zone: string | null
  isAdmin: boolean
  team: Team | null
  notes: boolean
  onlyMe: boolean
  participation: Participation
  /** How many people they keep apart from. */
  avoids: number
  settings: Settings
  /** For admins: the last changes of settings, newest first, and the channels the app is in. */
  changes: SettingChange[]
  channels: number
  /** In how many channels there is a weekly prompt, and where and when the next one comes. */
  prompts: { channels: number; next: { channel: string; at: Date } | null }
  /** What the app was granted. */
  scopes: string[]
  /** When the directory of members was last read as a whole. */
  readAt: Date | null
}

const CHANGES_SHOWN = 5
const DAY_MS = 24 * 3_600_000

/** The person, and what is to be expected of the rounds of these days. */
async function readPerson(
  { trx, workspaceId }: Tenant,
  id: string,
  now: Date,
): Promise<{ person: HomePerson; outlooks: Outlook[] }> {
  const { rows } = await sql<{
    person: { kind: MemberKind; tz: string | null; is_admin: boolean; is_owner: boolean } | null
    team: { team: string; source: TeamSource } | null
    preference: { notes: boolean; only_me: boolean } | null
    participation: ParticipationRow | null
    avoids: number
    settings: Record<string, unknown> | null
    changes: (Omit<SettingChange, 'at'> & { at: string })[] | null
    channels: number
    prompts: number
    next_prompt: { channel: string; at: string } | null
    scopes: string[] | null
    read_at: Date | null
    outlooks: Outlook[] | null
  }>`
    select
      (select to_json(m) from member as m where workspace_id = ${workspaceId} and id = ${id}) as person,
      (select json_build_object('team', team, 'source', source) from team_claim
        where workspace_id = ${workspaceId} and member_id = ${id} and until is null
        order by case source when 'admin' then 1 when 'group' then 2 when 'field' then 3 else 4 end limit 1) as team,
      (select to_json(p) from kudos_preference as p
        where workspace_id = ${workspaceId} and member_id = ${id}) as preference,
      (select to_json(p) from participation as p
        where workspace_id = ${workspaceId} and member_id = ${id}) as participation,
      (select count(*)::int from avoidance
        where workspace_id = ${workspaceId} and owner_id = ${id} and ${NAMES_SOMEBODY}) as avoids,
      (select json_object_agg(key, value) from setting where workspace_id = ${workspaceId}) as settings,
      (select json_agg(c) from (
        select key, previous, value, changed_by as by, changed_at as at from setting_change
        where workspace_id = ${workspaceId} order by setting_change.id desc limit ${CHANGES_SHOWN}) as c) as changes,
      (select count(*)::int from channel
        where workspace_id = ${workspaceId} and not is_archived and not is_shared) as channels,
      (select count(*)::int from prompt_channel where workspace_id = ${workspaceId}) as prompts,
      (select json_build_object('channel', channel_id, 'at', next_due_at) from prompt_channel
        where workspace_id = ${workspaceId} and next_due_at is not null
        order by next_due_at limit 1) as next_prompt,
      (select to_json(scopes) from workspace where id = ${workspaceId}) as scopes,
      (select read_at from member_reading where workspace_id = ${workspaceId}) as read_at,
      (select json_agg(o) from (
        select date, people, members, same_team as "sameTeam", repeats from round_outlook
        where workspace_id = ${workspaceId} and date between ${dayAt(now, -1)} and ${dayAt(now, 3)}) as o
      ) as outlooks`.execute(trx)
  const row = rows[0]
  const stored = row?.settings ?? {}
  const settings = Object.fromEntries(
    SETTING_KEYS.map((key) => [key, readSetting(key, stored[key])]),
  ) as unknown as Settings
  const { person: member, team, preference, participation } = row ?? {}
  const person: HomePerson = {
    id,
    kind: member?.kind ?? null,
    zone: member?.tz ?? null,
    isAdmin: member?.kind === 'member' && (member.is_admin || member.is_owner || settings.admins.includes(id)),
    team: team ? { name: team.team, source: team.source } : null,
    notes: preference?.notes ?? true,
    onlyMe: preference?.only_me ?? false,
    participation: participation ? toParticipation(participation) : NOT_TAKING_PART,
    avoids: row?.avoids ?? 0,
    settings,
    changes: (row?.changes ?? []).map((change) => ({ ...change, at: new Date(change.at) })),
    channels: row?.channels ?? 0,
    prompts: {
      channels: row?.prompts ?? 0,
      next: row?.next_prompt ? { channel: row.next_prompt.channel, at: new Date(row.next_prompt.at) } : null,
    },
    scopes: row?.scopes ?? [],
    readAt: row?.read_at ?? null,
  }
  return { person, outlooks: row?.outlooks ?? [] }
}

const dayAt = (now: Date, days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10)

export interface HomeMonth {
  /** Kudos of the whole workspace this month, and how many people gave and received one. */
  kudos: number
  givers: number
  receivers: number
  /** How many people there are; counted no further than tells that five are not among either of the two. */
  members: number
  keepsake: Keepsake | null
}

/** Beyond so many kudos a month is not counted: "10,000 or more" says enough, and nothing follows from it any more. */
const MOST_COUNTED = 10_000

/** The workspace's month, and the keepsake of this week. */
async function readMonth(
  { trx, workspaceId }: Tenant,
  member: string,
  since: { month: Date; longAgo: Date; week: number },
): Promise<HomeMonth> {
  const { rows } = await sql<Omit<HomeMonth, 'keepsake'> & { keepsake: (Keepsake & { givenAt: string }) | null }>`
    with this_month as materialized (
      select id, giver_id, given_at from kudos
      where workspace_id = ${workspaceId} and given_at >= ${since.month} and withdrawn_at is null
      order by given_at limit ${MOST_COUNTED}
    ), people as (
      select (select count(*)::int from (select distinct giver_id from this_month) as givers) as givers,
        (select count(*)::int from (
          select distinct member_id from kudos_recipient
          where workspace_id = ${workspaceId} and given_at >= ${since.month}
            and given_at <= (select max(given_at) from this_month)
            -- "is true" has it looked up in memory. As a join it would be kudos by kudos.
            and (kudos_id in (select id from this_month)) is true) as receivers) as receivers
    ), ${chosenKeepsake(workspaceId, member, since)}
    select
      (select count(*)::int from this_month) as kudos,
      givers, receivers,
      (select count(*)::int from (select from member
        where workspace_id = ${workspaceId} and kind in ('member', 'guest', 'single-channel guest')
        limit (select greatest(givers, receivers) + ${FEWEST} from people)) as counted) as members,
      (select to_json(chosen) from chosen) as keepsake
    from people`.execute(trx)
  const row = rows[0]
  const keepsake = row?.keepsake ?? null
  return {
    kudos: row?.kudos ?? 0,
    givers: row?.givers ?? 0,
    receivers: row?.receivers ?? 0,
    members: row?.members ?? 0,
    keepsake: keepsake && { ...keepsake, givenAt: new Date(keepsake.givenAt) },
  }
}

export interface HomeData {
  person: HomePerson
  /** Of this month, newest first, one more than are shown. */
  received: Kudos[]
  given: Kudos[]
  month: HomeMonth
  /** The check-in that is open for them; none without one. */
  checkIn: KnownBlock[]
  /** For admins, the day before: what to expect of the next round. */
  outlook: KnownBlock[]
}

/** Everything on the page. `at` tells the beginnings that count, which depend on the person's settings. */
export async function readHome(
  tenant: Tenant,
  id: string,
  at: (person: HomePerson) => { month: Date; longAgo: Date; week: number },
  shown: number,
  now: Date,
): Promise<HomeData> {
  const { person, outlooks } = await readPerson(tenant, id, now)
  const since = at(person)
  const { settings, participation } = person
  const next = nextOpening(settings['check-ins.rhythm'], settings['workspace.zone'], now)
  const outlook = person.isAdmin ? outlooks.find(({ date }) => date === next.date) : undefined
  const thisMonth = (kudos: Kudos[]) => kudos.filter(({ givenAt }) => givenAt >= since.month)
  const latest = await listLatest(tenant, id, shown + 1)
  return {
    person,
    received: thisMonth(latest.received),
    given: thisMonth(latest.given),
    month: await readMonth(tenant, id, since),
    checkIn: standing(participation, now) === 'joined' ? await readOpenCheckIn(tenant, id, now) : [],
    outlook: outlook ? outlookBlocks(outlook, next.at) : [],
  }
}
