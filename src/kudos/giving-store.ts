/** What giving reads and writes: one statement each for however many kudos, because somebody is waiting for each. */
import { CompiledQuery, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { NewJob } from '../platform/queue.ts'
import type { MessagePlace } from '../platform/slack.ts'
import type { MemberKind } from '../workspace/member.ts'
import { readSetting } from '../workspace/settings.ts'
import type { DeliveryKind } from './delivery-store.ts'

/** Everything that giving goes by in a workspace, at one moment. */
export interface GivingContext {
  /** The transaction that last changed any of it: as long as that is so, all of it holds. */
  version: string
  /** Everybody who is known. */
  kinds: Map<string, MemberKind>
  /** People's zones, where they are known. */
  zones: Map<string, string>
  /** The members of each group who can be thanked, or as many as show that they are too many. */
  groups: Map<string, string[]>
  /** Those who want kudos shown to them only. */
  onlyMe: Set<string>
  /** The channels in which a card may be shown. */
  cardChannels: Set<string>
  /** The workspace's kudos channel, as long as a card may be shown there. */
  kudosChannel: string | null
  values: string[]
  dailyLimit: number | null
}

/** Reads it all. Some hundred bytes a person: a workspace of 5,000 is read in a few milliseconds. */
export async function readGivingContext({ trx, workspaceId }: Tenant, maxRecipients: number): Promise<GivingContext> {
  const { rows } = await sql<{
    version: string
    people: [id: string, kind: MemberKind, tz: string | null][] | null
    groups: Record<string, string[]> | null
    only_me: string[] | null
    channels: string[] | null
    settings: Record<string, unknown> | null
  }>`
    select giving_changed_by::text as version,
      (select json_agg(json_build_array(id, kind, tz)) from member where workspace_id = ${workspaceId}) as people,
      (select json_object_agg(g.id, m.ids)
        from user_group as g cross join lateral (
          select json_agg(thankable.id) as ids from (
            select member.id from user_group_member as gm
            join member on member.workspace_id = gm.workspace_id and member.id = gm.member_id
            where gm.workspace_id = ${workspaceId} and gm.group_id = g.id
              and member.kind in ('member', 'guest', 'single-channel guest')
            -- One more than may be, and the giver.
            order by member.id limit ${maxRecipients + 2}
          ) as thankable
        ) as m where g.workspace_id = ${workspaceId} and m.ids is not null) as groups,
      (select json_agg(member_id) from kudos_preference where workspace_id = ${workspaceId} and only_me) as only_me,
      (select json_agg(id) from channel
        where workspace_id = ${workspaceId} and not is_shared and not is_archived) as channels,
      (select json_object_agg(key, value) from setting
        where workspace_id = ${workspaceId} and key in ('kudos.channel', 'kudos.values', 'kudos.daily-limit')) as settings
    from workspace where id = ${workspaceId}`.execute(trx)
  const row = rows[0]
  if (!row) throw new Error(`no installation in workspace ${workspaceId}`)
  const people = row.people ?? []
  const cardChannels = new Set(row.channels ?? [])
  const kudosChannel = readSetting('kudos.channel', row.settings?.['kudos.channel'])
  return {
    version: row.version,
    kinds: new Map(people.map(([id, kind]) => [id, kind])),
    zones: new Map(people.flatMap(([id, , tz]) => (tz ? [[id, tz] as const] : []))),
    groups: new Map(Object.entries(row.groups ?? {})),
    onlyMe: new Set(row.only_me ?? []),
    cardChannels,
    kudosChannel: kudosChannel && cardChannels.has(kudosChannel) ? kudosChannel : null,
    values: readSetting('kudos.values', row.settings?.['kudos.values']),
    dailyLimit: readSetting('kudos.daily-limit', row.settings?.['kudos.daily-limit']),
  }
}

export interface NewKudos {
  id: string
  giver: string
  recipients: string[]
  keptPrivate: string[]
  reason: string
  isPrivate: boolean
  value: string | null
  passedOnFrom: string | null
  saidIn: string | null
  threadTs: string | null
  about: MessagePlace | null
  likeness: string
  givenAt: Date
  deliveries: { id: string; kind: DeliveryKind; target: string }[]
  /** Not given when its giver gave one just like it since then. null: whatever they gave. */
  unlessLikeSince: Date | null
  /** Not given when its giver gave so many since the day began. */
  dailyLimit: number | null
  dayStart: Date
  /** What posts it; null when nothing is to be posted. */
  job: NewJob | null
}

/** What became of kudos that were to be stored. */
export interface Stored {
  /** The context is not what holds now: nothing was stored. */
  outdated: boolean
  /** The one just like it, by the id of the one that was not given. */
  alike: Map<string, string>
  overLimit: Set<string>
}

/** The statement of insertKudos: $1 is the workspace, $2 the kudos, $3 the version. `addJobs` adds JOBS_OF_STORED. */
export const insertStatement = (addJobs: string): string => `
  with new as materialized (
    select k.* from workspace, jsonb_to_recordset($2::jsonb) as k (
      id uuid, place int, giver text, recipients jsonb, reason text, "isPrivate" boolean, value text, "passedOnFrom" uuid,
      "saidIn" text, "threadTs" text, "aboutChannel" text, "aboutTs" text, likeness text, "givenAt" timestamptz,
      deliveries jsonb, "unlessLikeSince" timestamptz, "dailyLimit" int, "dayStart" timestamptz, job jsonb
    ) where workspace.id = $1 and coalesce(giving_changed_by = $3::xid8, true)
  ), seen as materialized (
    -- Each by itself, by its index, whatever the planner thinks of a table's size.
    select new.*,
      (select true from kudos where workspace_id = $1 and id = new.id) as known,
      (select id from kudos
        where workspace_id = $1 and giver_id = new.giver and likeness = new.likeness and given_at > "unlessLikeSince"
          -- Not "is null": an index of all that stand, by time, would seem as good.
          and coalesce(withdrawn_at, 'infinity') = 'infinity' and id <> new.id
        order by given_at desc limit 1) as alike,
      case when "dailyLimit" is not null then (
        select count(*) from kudos where workspace_id = $1 and giver_id = new.giver and given_at >= "dayStart"
          and (withdrawn_at is null or removed_by is not null)
      ) end as today,
      (select max(nth) from kudos where workspace_id = $1 and giver_id = new.giver) as last
    from new
  ), fresh as materialized (
    select *, row_number() over (partition by giver order by place) as number from seen
    where known is null and alike is null
  ), stored as (
    insert into kudos (workspace_id, id, giver_id, nth, reason, said_in, likeness, given_at,
      is_private, value, passed_on_from, thread_ts, about_channel, about_ts)
    select $1, id, giver, coalesce(last, 0) + number, reason, "saidIn", likeness, "givenAt",
      "isPrivate", value, "passedOnFrom", "threadTs", "aboutChannel", "aboutTs"
    from fresh where "dailyLimit" is null or today + number <= "dailyLimit"
    -- In one order for all, or two statements could each hold what the other waits for.
    order by giver, number
    on conflict (workspace_id, id) do nothing returning id
  ), recipients as (
    insert into kudos_recipient (workspace_id, kudos_id, member_id, position, given_at, kept_private)
    select $1, new.id, recipient.id, recipient.position, new."givenAt", recipient.kept
    from stored join new using (id),
      jsonb_to_recordset(new.recipients) as recipient (id text, position smallint, kept boolean)
  ), deliveries as (
    insert into kudos_delivery (workspace_id, id, kudos_id, kind, target, state)
    select $1, delivery.id, new.id, delivery.kind, delivery.target, 'due'
    from stored join new using (id), jsonb_to_recordset(new.deliveries) as delivery (id uuid, kind text, target text)
  ), jobs as (
    ${addJobs}
  )
  select giving_changed_by <> $3::xid8 as outdated, (
    select json_agg(json_build_array(id, alike)) from seen
    where alike is not null
      or id in (select id from fresh where today + number > "dailyLimit")
  ) as refused
  from workspace where id = $1`

/** The jobs of what is stored by that statement, for Queue.addingSql. */
export const JOBS_OF_STORED = `(
  select coalesce(json_agg(new.job || jsonb_build_object('groupId', $1::text)), '[]')::text from stored join new using (id) where new.job is not null
)`

const PLAIN = insertStatement('select')

/**
 * Stores kudos with their recipients, what is to be posted of each, and the jobs that post it, unless the giver gave one
 * just like it a moment ago, or as many as the day allows. One that is stored already stays as it is. A kudos that an admin
 * removed still counts for its day. Does nothing when something has changed since `version` (GivingContext); without one it
 * does not ask, and with the plain statement it adds no jobs. Throws when isOvertaken.
 */
export async function insertKudos(
  { trx, workspaceId }: Tenant,
  kudos: NewKudos[],
  { statement = PLAIN, version = null as string | null } = {},
): Promise<Stored> {
  const rows = kudos.map(({ recipients, keptPrivate, about, ...row }, index) => ({
    ...row,
    place: index,
    aboutChannel: about?.channel ?? null,
    aboutTs: about?.ts ?? null,
    recipients: recipients.map((id, position) => ({ id, position: position + 1, kept: keptPrivate.includes(id) })),
  }))
  const query = CompiledQuery.raw(statement, [workspaceId, JSON.stringify(rows), version])
  const {
    rows: [answer],
  } = await trx.executeQuery<{ outdated: boolean | null; refused: [id: string, alike: string | null][] | null }>(query)
  if (!answer) throw new Error(`no installation in workspace ${workspaceId}`)
  const refused = answer.refused ?? []
  return {
    outdated: answer.outdated ?? false,
    alike: new Map(refused.flatMap(([id, alike]) => (alike ? [[id, alike] as const] : []))),
    overLimit: new Set(refused.flatMap(([id, alike]) => (alike ? [] : [id]))),
  }
}

/**
 * True when one of the givers gave something else at the same moment, which insertKudos could not see: nothing was
 * stored, and trying again will see it.
 */
export const isOvertaken = (error: unknown): boolean => (error as { constraint?: string }).constraint === 'kudos_nth'
