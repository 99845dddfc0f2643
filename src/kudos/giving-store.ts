/** What giving reads and writes: two statements for however many kudos, because somebody is waiting for each. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { MessagePlace } from '../platform/slack.ts'
import type { MemberKind } from '../workspace/member.ts'
import { readSetting } from '../workspace/settings.ts'
import type { DeliveryKind } from './delivery-store.ts'

export interface GivingContext {
  /** What the people named one by one are; whoever is not known is not in it. */
  kinds: Map<string, MemberKind>
  /** The members of each group who can be thanked, or as many as show that they are too many. */
  groups: Map<string, string[]>
  /** Those of all of these people who want kudos shown to them only. */
  onlyMe: Set<string>
  /** The channels named in which a card may be shown. */
  cardChannels: Set<string>
  /** The zone of each giver, where it is known. */
  zones: Map<string, string>
  /** The workspace's kudos channel, as long as a card may be shown there. */
  kudosChannel: string | null
  values: string[]
  dailyLimit: number | null
}

/**
 * Everything that giving has to know, in one round trip, because somebody is waiting. Also makes the givers' other
 * kudos wait until this transaction ends, so that "the same again?" holds however fast somebody clicks.
 */
export async function readGivingContext(
  { trx, workspaceId }: Tenant,
  asked: { giver: string; people: string[]; groups: string[]; channel: string }[],
  maxRecipients: number,
): Promise<GivingContext> {
  const unique = (ids: string[]) => [...new Set(ids)]
  // As JSON, not as arrays: the server plans anew whenever it could know an array's length, and planning takes six times
  // as long as running.
  const named = JSON.stringify({
    givers: unique(asked.map(({ giver }) => giver)),
    people: unique(asked.flatMap(({ people }) => people)),
    groups: unique(asked.flatMap(({ groups }) => groups)),
    channels: unique(asked.map(({ channel }) => channel)),
  })
  const { rows } = await sql<{
    kinds: Record<string, MemberKind> | null
    groups: Record<string, string[]> | null
    only_me: string[] | null
    channels: string[] | null
    zones: Record<string, string> | null
    kudos_channel: string | null
    settings: Record<string, unknown> | null
  }>`
    with named as materialized (select ${named}::jsonb as ids),
    locked as materialized (
      -- In the order of their numbers, or two transactions could each hold what the other waits for.
      select pg_advisory_xact_lock(number) from (
        select distinct hashtextextended('kudos ' || ${workspaceId} || ' ' || giver, 0) as number
        from named, jsonb_array_elements_text(ids -> 'givers') as giver order by number
      ) as numbers
    )
    select
      (select json_object_agg(member.id, member.kind)
        from named, jsonb_array_elements_text(ids -> 'people') as person (id)
        join member on member.workspace_id = ${workspaceId} and member.id = person.id) as kinds,
      (select json_object_agg(g.id, m.ids)
        from named, jsonb_array_elements_text(ids -> 'groups') as g (id) cross join lateral (
          select json_agg(thankable.id) as ids from (
            select member.id from user_group_member as gm
            join member on member.workspace_id = gm.workspace_id and member.id = gm.member_id
            where gm.workspace_id = ${workspaceId} and gm.group_id = g.id
              and member.kind in ('member', 'guest', 'single-channel guest')
            -- One more than may be, and the giver.
            order by member.id limit ${maxRecipients + 2}
          ) as thankable
        ) as m where m.ids is not null) as groups,
      (select json_agg(channel.id)
        from named, jsonb_array_elements_text(ids -> 'channels') as c (id)
        join channel on channel.workspace_id = ${workspaceId} and channel.id = c.id
        where not is_shared and not is_archived) as channels,
      (select json_agg(preference.member_id)
        from kudos_preference as preference where preference.workspace_id = ${workspaceId} and preference.only_me
          and preference.member_id in (
            select jsonb_array_elements_text(ids -> 'people') from named
            union select gm.member_id from named, jsonb_array_elements_text(ids -> 'groups') as g (id)
              join user_group_member as gm on gm.workspace_id = ${workspaceId} and gm.group_id = g.id
          )) as only_me,
      (select json_object_agg(member.id, member.tz)
        from named, jsonb_array_elements_text(ids -> 'givers') as giver (id)
        join member on member.workspace_id = ${workspaceId} and member.id = giver.id where member.tz is not null) as zones,
      (select channel.id from setting
        join channel on channel.workspace_id = setting.workspace_id and channel.id = setting.value #>> '{}'
        where setting.workspace_id = ${workspaceId} and setting.key = 'kudos.channel'
          and not is_shared and not is_archived) as kudos_channel,
      (select json_object_agg(setting.key, setting.value) from setting
        where setting.workspace_id = ${workspaceId} and setting.key in ('kudos.values', 'kudos.daily-limit')) as settings
    from (select count(*) from locked) as all_locked`.execute(trx)
  const row = rows[0]
  return {
    kinds: new Map(Object.entries(row?.kinds ?? {})),
    groups: new Map(Object.entries(row?.groups ?? {})),
    onlyMe: new Set(row?.only_me ?? []),
    cardChannels: new Set(row?.channels ?? []),
    zones: new Map(Object.entries(row?.zones ?? {})),
    kudosChannel: row?.kudos_channel ?? null,
    values: readSetting('kudos.values', row?.settings?.['kudos.values']),
    dailyLimit: readSetting('kudos.daily-limit', row?.settings?.['kudos.daily-limit']),
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
}

/** What became of those that were not stored. */
export interface NotStored {
  /** The one just like it, by the id of the one that was not given. */
  alike: Map<string, string>
  overLimit: Set<string>
}

/**
 * Stores kudos with their recipients and what is to be posted of each, unless the giver gave one just like it a moment
 * ago, or as many as the day allows. One that is stored already stays as it is. A kudos that an admin removed still counts
 * for its day. The givers' rows must be held (readGivingContext), or two at once could both be the last one.
 */
export async function insertKudos({ trx, workspaceId }: Tenant, kudos: NewKudos[]): Promise<NotStored> {
  if (kudos.length === 0) return { alike: new Map(), overLimit: new Set() }
  const rows = kudos.map(({ recipients, keptPrivate, about, ...row }, index) => ({
    ...row,
    place: index,
    aboutChannel: about?.channel ?? null,
    aboutTs: about?.ts ?? null,
    recipients: recipients.map((id, position) => ({ id, position: position + 1, kept: keptPrivate.includes(id) })),
  }))
  const { rows: notStored } = await sql<{ id: string; earlier: string | null }>`
    with new as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k (
        id uuid, place int, giver text, recipients jsonb, reason text, "isPrivate" boolean, value text, "passedOnFrom" uuid,
        "saidIn" text, "threadTs" text, "aboutChannel" text, "aboutTs" text, likeness text, "givenAt" timestamptz,
        deliveries jsonb, "unlessLikeSince" timestamptz, "dailyLimit" int, "dayStart" timestamptz
      )
    ), alike as materialized (
      select new.id, earlier.id as earlier from new cross join lateral (
        select id from kudos
        where workspace_id = ${workspaceId} and giver_id = new.giver and given_at > new."unlessLikeSince"
          and likeness = new.likeness and withdrawn_at is null and kudos.id <> new.id
        order by given_at desc limit 1
      ) as earlier
    ), over as materialized (
      select id from (
        select new.*, row_number() over (partition by giver order by place) as nth from new
        where "dailyLimit" is not null and id not in (select id from alike)
          -- A count is looked up by the index, row by row; "not exists" would be joined with the whole table.
          and (select count(*) from kudos where workspace_id = ${workspaceId} and kudos.id = new.id) = 0
      ) as fresh
      where nth + (
        select count(*) from kudos where workspace_id = ${workspaceId} and giver_id = fresh.giver
          and given_at >= fresh."dayStart" and (withdrawn_at is null or removed_by is not null)
      ) > "dailyLimit"
    ), stored as (
      insert into kudos (workspace_id, id, giver_id, reason, said_in, likeness, given_at,
        is_private, value, passed_on_from, thread_ts, about_channel, about_ts)
      select ${workspaceId}, id, giver, reason, "saidIn", likeness, "givenAt",
        coalesce("isPrivate", false), value, "passedOnFrom", "threadTs", "aboutChannel", "aboutTs"
      from new where id not in (select id from alike) and id not in (select id from over)
      on conflict do nothing returning id
    ), recipients as (
      insert into kudos_recipient (workspace_id, kudos_id, member_id, position, given_at, kept_private)
      select ${workspaceId}, new.id, recipient.id, recipient.position, new."givenAt", recipient.kept
      from stored join new using (id),
        jsonb_to_recordset(new.recipients) as recipient (id text, position smallint, kept boolean)
    ), deliveries as (
      insert into kudos_delivery (workspace_id, id, kudos_id, kind, target, state)
      select ${workspaceId}, delivery.id, new.id, delivery.kind, delivery.target, 'due'
      from stored join new using (id),
        jsonb_to_recordset(new.deliveries) as delivery (id uuid, kind text, target text)
    )
    select id, earlier from alike union all select id, null from over`.execute(trx)
  return {
    alike: new Map(notStored.flatMap(({ id, earlier }) => (earlier ? [[id, earlier] as const] : []))),
    overLimit: new Set(notStored.flatMap(({ id, earlier }) => (earlier ? [] : [id]))),
  }
}
