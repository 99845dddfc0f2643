/** What giving reads and writes: two statements for however many kudos, because somebody is waiting for each. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { MemberKind } from '../workspace/member.ts'
import type { DeliveryKind } from './delivery-store.ts'

export interface GivingContext {
  /** What the people named one by one are; whoever is not known is not in it. */
  kinds: Map<string, MemberKind>
  /** The members of each group who can be thanked, or as many as show that they are too many. */
  groups: Map<string, string[]>
  /** The channels named in which a card may be shown. */
  cardChannels: Set<string>
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
    channels: string[] | null
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
        where not is_shared and not is_archived) as channels
    from (select count(*) from locked) as all_locked`.execute(trx)
  const row = rows[0]
  return {
    kinds: new Map(Object.entries(row?.kinds ?? {})),
    groups: new Map(Object.entries(row?.groups ?? {})),
    cardChannels: new Set(row?.channels ?? []),
  }
}

export interface NewKudos {
  id: string
  giver: string
  recipients: string[]
  reason: string
  saidIn: string | null
  likeness: string
  givenAt: Date
  deliveries: { id: string; kind: DeliveryKind; target: string }[]
}

/**
 * Stores kudos with their recipients and all that is to be posted, except for those whose giver gave one just like it
 * since `unlessLikeSince` (null: never mind). Answers with those: the id that was to be stored, and the earlier one's.
 * One that is there already is left as it is.
 */
export async function insertKudos(
  { trx, workspaceId }: Tenant,
  kudos: NewKudos[],
  unlessLikeSince: Date | null,
): Promise<Map<string, string>> {
  if (kudos.length === 0) return new Map()
  const { rows } = await sql<{ id: string; earlier: string }>`
    with new as (
      select * from jsonb_to_recordset(${JSON.stringify(kudos)}::jsonb) as k (
        id uuid, giver text, recipients jsonb, reason text, "saidIn" text, likeness text, "givenAt" timestamptz, deliveries jsonb
      )
    ), alike as (
      select new.id, earlier.id as earlier from new cross join lateral (
        select id from kudos
        where workspace_id = ${workspaceId} and giver_id = new.giver and given_at > ${unlessLikeSince}::timestamptz
          and likeness = new.likeness and withdrawn_at is null and kudos.id <> new.id
        order by given_at desc limit 1
      ) as earlier
    ), stored as (
      insert into kudos (workspace_id, id, giver_id, reason, said_in, likeness, given_at)
      select ${workspaceId}, id, giver, reason, "saidIn", likeness, "givenAt" from new
      where id not in (select id from alike)
      on conflict do nothing returning id
    ), recipients as (
      insert into kudos_recipient (workspace_id, kudos_id, member_id, position, given_at)
      select ${workspaceId}, new.id, recipient.id, recipient.position, new."givenAt"
      from stored join new using (id), jsonb_array_elements_text(new.recipients) with ordinality as recipient (id, position)
    ), deliveries as (
      insert into kudos_delivery (workspace_id, id, kudos_id, kind, target, state)
      select ${workspaceId}, delivery.id, new.id, delivery.kind, delivery.target, 'due'
      from stored join new using (id),
        jsonb_to_recordset(new.deliveries) as delivery (id uuid, kind text, target text)
    )
    select id, earlier from alike`.execute(trx)
  return new Map(rows.map((row) => [row.id, row.earlier]))
}
