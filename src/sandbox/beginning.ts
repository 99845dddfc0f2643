/** What the demo company begins with: teams, and a year of kudos, so that there is something to see at once. */
import { insertKudos, type NewKudos } from '../kudos/giving-store.ts'
import { batches } from '../platform/batches.ts'
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { usualPlan } from '../prompts/admin-acts.ts'
import { saveChannelPlan } from '../prompts/channel-store.ts'
import { libraryOf, USUAL_LANGUAGE } from '../prompts/library.ts'
import { saveParticipation } from '../workspace/participation-store.ts'
import { saveTeamClaims } from '../workspace/team-store.ts'
import { demoCompany } from './company/company.ts'
import { type PastPerson, pastOf } from './company/past.ts'
import { pastPrompts, pastRounds } from './company/past-together.ts'
import { insertPastPrompts, insertPastRound, lookAtTables } from './past-store.ts'
import type { Sandbox } from './sandbox.ts'

/** Where most of the company works. */
const ZONE = 'Europe/Berlin'
/** The embedded database takes no large parameters. */
const AT_ONCE = 50

/** The user groups that are teams. */
export const teams = demoCompany.groups.map(({ handle }) => handle)

/** Fills a workspace that is new, in the transaction that it is new in. */
export async function beginWith(
  sandbox: Pick<Sandbox, 'person' | 'channel'>,
  tenant: Tenant,
  now: Date,
): Promise<void> {
  const people = demoCompany.groups.flatMap(({ name, people }) =>
    people.map((handle) => ({ id: sandbox.person(handle).id, team: name })),
  )
  const past = pastOf(people, now, ZONE)
  const since = past[0]?.givenAt ?? now
  const claims = people.map(({ id, team }) => ({ memberId: id, team }))
  await saveTeamClaims(tenant, 'group', claims, since)
  const id = (number: number) => naturalId('past kudos', tenant.workspaceId, String(number))
  const channel = sandbox.channel('#kudos').id
  const kudos = past.map(
    (one): NewKudos => ({
      id: id(one.number),
      giver: one.giver,
      recipients: [one.recipient],
      keptPrivate: [],
      reason: one.reason,
      isPrivate: one.isPrivate,
      value: null,
      passedOnFrom: one.passesOn === null ? null : id(one.passesOn),
      saidIn: one.isPrivate ? null : channel,
      threadTs: null,
      about: null,
      likeness: `past ${one.number}`,
      givenAt: one.givenAt,
      unlessLikeSince: null,
      dailyLimit: null,
      dayStart: one.givenAt,
      toPost: null,
    }),
  )
  for (const some of batches(kudos, AT_ONCE)) await insertKudos(tenant, some)
  await beginTogether(sandbox, tenant, people, now)
  await lookAtTables(tenant)
}

/** Whoever somebody new is likely to look through first has joined nothing: what to do about it is on their Home tab. */
const ONLOOKERS = ['ann', 'margit', 'noor', 'jonah', 'kofi']

/** Check-ins and a weekly prompt in #general, of most of the company. */
async function beginTogether(
  sandbox: Pick<Sandbox, 'person' | 'channel'>,
  tenant: Tenant,
  all: PastPerson[],
  now: Date,
): Promise<void> {
  const onlookers = ONLOOKERS.map((handle) => sandbox.person(handle).id)
  const people = all.filter(({ id }) => !onlookers.includes(id))
  const rounds = pastRounds(people, now, ZONE)
  const since = rounds[0]?.openedAt ?? now
  for (const { id } of people) await saveParticipation(tenant, id, { joined: true }, since)
  for (const round of rounds) await insertPastRound(tenant, round)
  const library = [...libraryOf(USUAL_LANGUAGE).prompts.values()]
  const prompts = pastPrompts(people, now, ZONE).map((one) => {
    const { id: promptId = '', kind = 'appreciation', text = '' } = library[one.turn % library.length] ?? {}
    return { ...one, promptId, kind, text }
  })
  const channel = sandbox.channel('#general').id
  for (const some of batches(prompts, AT_ONCE)) await insertPastPrompts(tenant, channel, some)
  await saveChannelPlan(tenant, { ...(await usualPlan(tenant)), channel, zone: ZONE })
}
