/** What giving reads and writes: one statement for however many kudos, because somebody is waiting for each. */
import { CompiledQuery, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { MessagePlace } from '../platform/slack.ts'
import type { MemberKind } from '../workspace/member.ts'
import { readSetting } from '../workspace/settings.ts'

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
  /** Not given when its giver gave one just like it since then. null: whatever they gave. */
  unlessLikeSince: Date | null
  /** Not given when its giver gave so many since the day began. */
  dailyLimit: number | null
  dayStart: Date
  /** To be entered into the ledger, for what is to be posted of it; null for what nobody is told of. */
  toPost: ToPost | null
}

export interface ToPost {
  /** As in Wish. */
  responseUrl: string | null
  /** The request it came with, for the log of its job (platform/request-id.ts). */
  requestId?: string
}

/** What became of kudos that were to be stored. */
export interface Stored {
  /** The context is not what holds now: nothing was stored. */
  outdated: boolean
  /** The one just like it, by the id of the one that was not given. */
  alike: Map<string, string>
  overLimit: Set<string>
}

/** $1 is the workspace, $2 the kudos, $3 their recipients, $4 the version. */
const INSERT = `
  with new as materialized (
    -- What is looked up for each is looked up by itself, by the one index that can serve it: the first plan is made when the
    -- tables are empty, and kept.
    select k.*,
      (select id from kudos
        where likeness = k.likeness and given_at > "unlessLikeSince" and id <> k.id
          -- So written that no other index seems as good, such as that of the giver.
          and coalesce(workspace_id, '') = $1 and coalesce(giver_id, '') = k.giver
          and coalesce(withdrawn_at, 'infinity') = 'infinity'
        order by given_at desc limit 1) as alike,
      -- Of one that is stored already the day is not asked.
      case when "dailyLimit" is not null and (select id from kudos where workspace_id = $1 and id = k.id) is null then (
        -- As many as the day allows, from the latest one on: the day's are among them, or they are all of the day.
        select count(*) from (
          select given_at from kudos where workspace_id = $1 and giver_id = k.giver
            and (withdrawn_at is null or removed_by is not null)
          order by nth desc limit "dailyLimit"
        ) as latest where given_at >= "dayStart"
      ) + number > "dailyLimit" else false end as "overLimit",
      (select nth from kudos where workspace_id = $1 and giver_id = k.giver order by nth desc limit 1) as last
    from workspace, json_to_recordset($2::json) as k (
      id uuid, giver text, number int, reason text, "isPrivate" boolean, value text, "passedOnFrom" uuid,
      "saidIn" text, "threadTs" text, "aboutChannel" text, "aboutTs" text, likeness text, "givenAt" timestamptz,
      "unlessLikeSince" timestamptz, "dailyLimit" int, "dayStart" timestamptz, "isToPost" boolean, "responseUrl" text, "requestId" text
    ) where workspace.id = $1 and coalesce(giving_changed_by = $4::xid8, true)
  ), stored as (
    insert into kudos (workspace_id, id, giver_id, nth, reason, said_in, likeness, given_at,
      is_private, value, passed_on_from, thread_ts, about_channel, about_ts)
    select $1, id, giver, coalesce(last, 0) + number, reason, "saidIn", likeness, "givenAt",
      "isPrivate", value, "passedOnFrom", "threadTs", "aboutChannel", "aboutTs"
    from new where alike is null and not "overLimit"
    -- In one order for all, or two statements could each hold what the other waits for.
    order by giver, number
    on conflict (workspace_id, id) do nothing returning id, given_at
  ), recipients as (
    insert into kudos_recipient (workspace_id, kudos_id, member_id, position, given_at, kept_private)
    select $1, stored.id, recipient.id, recipient.position, stored.given_at, recipient.kept
    from stored join json_to_recordset($3::json) as recipient (kudos uuid, id text, position smallint, kept boolean)
      on recipient.kudos = stored.id
  ), to_post as (
    insert into kudos_to_post (workspace_id, given_at, kudos_id, response_url, request_id)
    select $1, "givenAt", id, "responseUrl", "requestId" from stored join new using (id) where "isToPost"
  )
  select giving_changed_by <> $4::xid8 as outdated, (
    select json_agg(json_build_array(id, alike)) from new where alike is not null or "overLimit"
  ) as refused
  from workspace where id = $1`

/**
 * Stores kudos with their recipients, unless the giver gave one just like it a moment ago, or as many as the day allows:
 * those of one giver in `kudos` know nothing of each other, but that each counts for the day, stored or not. What is to be
 * posted of them is entered into the ledger later (takeToPost). One that is stored already stays as it is. A kudos that an
 * admin removed still counts for its day. Does nothing when something has changed since `version` (GivingContext); without
 * one it does not ask. Throws when isOvertaken.
 */
export async function insertKudos(
  { trx, workspaceId }: Tenant,
  kudos: NewKudos[],
  version: string | null = null,
): Promise<Stored> {
  const numbers = new Map<string, number>()
  const rows = kudos.map(({ recipients, keptPrivate, about, toPost, ...row }) => {
    const number = (numbers.get(row.giver) ?? 0) + 1
    numbers.set(row.giver, number)
    const aboutWhat = about ? { aboutChannel: about.channel, aboutTs: about.ts } : {}
    return { ...row, number, ...aboutWhat, isToPost: toPost !== null, ...toPost }
  })
  const recipients = kudos.flatMap(({ id: kudosId, recipients, keptPrivate }) =>
    recipients.map((id, at) => ({ kudos: kudosId, id, position: at + 1, kept: keptPrivate.includes(id) })),
  )
  const query = CompiledQuery.raw(INSERT, [workspaceId, JSON.stringify(rows), JSON.stringify(recipients), version])
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

/**
 * Takes up to `most` of the kudos that are not in the ledger yet, by their ids, in no order: however many wait, no more are
 * read. Once this transaction is stored they are nobody's any more. What another process is just taking is left to it.
 */
export async function takeToPost({ trx, workspaceId }: Tenant, most: number): Promise<Map<string, ToPost>> {
  const { rows } = await sql<{ id: string; responseUrl: string | null; requestId: string | null }>`
    delete from kudos_to_post where ctid = any(array(
      select ctid from kudos_to_post where workspace_id = ${workspaceId} limit ${most} for update skip locked
    )) returning kudos_id as id, response_url as "responseUrl", request_id as "requestId"`.execute(trx)
  return new Map(
    rows.map(({ id, responseUrl, requestId }) => [id, { responseUrl, ...(requestId ? { requestId } : {}) }]),
  )
}
