/** A year of check-ins on a real database: forty people, a third of whom answer late or never. Only Slack and the queue are stood in for. */
import { sql } from 'kysely'
import { answer, comeBack, remark, tellOutcome } from '../../src/pairing/answering.ts'
import { send } from '../../src/pairing/delivery-jobs.ts'
import { listMeetings } from '../../src/pairing/history-store.ts'
import { findMessage, listDue } from '../../src/pairing/message-store.ts'
import { openRound } from '../../src/pairing/opening.ts'
import { listOpenRounds } from '../../src/pairing/round-store.ts'
import { nextOpening } from '../../src/pairing/schedule.ts'
import { closeAll, settleRound } from '../../src/pairing/settling.ts'
import { type Db, inWorkspace, openDatabase, type Tenant } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { migrate } from '../../src/platform/migrations.ts'
import { seededRandom } from '../../src/platform/random.ts'
import { PEOPLE } from '../../src/sandbox/company/people.ts'
import { saveParticipation } from '../../src/workspace/participation-store.ts'
import { saveInstallation, saveMembers } from '../../src/workspace/store.ts'
import { saveTeamClaims } from '../../src/workspace/team-store.ts'
import type { Bench } from './bench.ts'
import { createBenchDatabase } from './bench-database.ts'
import { standIn } from './stand-in-platform.ts'

const WORKSPACE = 'TYEAR'
const SIZE = 40
const ROUNDS = 26
const HOUR_MS = 3_600_000
const START = new Date('2026-01-04T12:00:00Z')
const RHYTHM = { every: 'two weeks', weekday: 1, time: '10:00', answerHours: 48 } as const

export const yearBench: Bench = async (run) => {
  const url = await createBenchDatabase(run)
  if (!url) throw new Error('no PostgreSQL: set TEST_DATABASE_URL')
  const db = openDatabase(url, 'jobs', createLog('silent'))
  run.afterwards(() => db.destroy())
  await migrate(db)
  const began = performance.now()
  const figures = await live(db)
  const seconds = Math.round((performance.now() - began) / 1_000)
  for (const [name, value] of Object.entries(figures)) run.say(`${name.padEnd(28)} ${value}`)
  run.say(`${'seconds'.padEnd(28)} ${seconds}`)
  const goal = (text: string, measured: number, met: boolean) => ({ goal: text, measured, met })
  return {
    figures: { ...figures, seconds },
    goals: {
      told: goal('everybody hears what came of every round', figures.undecided, figures.undecided === 0),
      twice: goal('nobody is proposed to the same person twice in a round', figures.twice, figures.twice === 0),
      sameTeam: goal(
        'at most one pair of a hundred on one team',
        figures.sameTeam,
        figures.sameTeam * 100 <= figures.proposed,
      ),
    },
  }
}

async function live(db: Db) {
  const random = seededRandom('a year')
  const chance = (percent: number) => random.below(100) < percent
  let now = START
  const within = <T>(work: (tenant: Tenant) => Promise<T>) => inWorkspace(db, WORKSPACE, work)
  const { platform } = standIn(db, () => now)
  const people = PEOPLE.filter(({ kind }) => (kind ?? 'member') === 'member').slice(0, SIZE)
  const ids = people.map(({ handle }) => `U0${handle.toUpperCase()}`)
  await saveInstallation(db, { workspaceId: WORKSPACE, botUserId: 'U0BOT', botId: 'B0BOT' }, now)
  await within(async (tenant) => {
    const member = { kind: 'member' as const, isAdmin: false, isOwner: false, locale: null, version: 1 }
    await saveMembers(
      tenant,
      people.map(({ tz }, index) => ({ ...member, id: ids[index] ?? '', tz })),
    )
    const claims = people.map(({ team }, index) => ({ memberId: ids[index] ?? '', team }))
    await saveTeamClaims(tenant, 'admin', claims, now)
    for (const id of ids) await saveParticipation(tenant, id, { joined: true }, now)
  })

  /** What people are about to do, by when. */
  const plans: { at: number; act: (tenant: Tenant) => Promise<unknown> }[] = []
  const later = (hours: number, act: (tenant: Tenant) => Promise<unknown>) =>
    plans.push({ at: now.getTime() + hours * HOUR_MS, act })

  /** Somebody reads a message: two of three answer within hours, of the third half a day late, half never. */
  async function reads(id: string): Promise<void> {
    const message = await within((tenant) => findMessage(tenant, id))
    if (message?.state !== 'sent' || !message.target || !message.pairingId) return
    const by = { pairingId: message.pairingId, member: message.target }
    const isLate = chance(33)
    if (isLate && chance(50)) return
    const hours = isLate ? 24 + random.below(30) : random.below(6)
    if (message.kind === 'proposal') {
      const saysYes = chance(80)
      const anyone = chance(50)
      const expectation = 1 + random.below(5)
      later(hours, async (tenant) => {
        if (saysYes && anyone) await remark(tenant, platform, by, { anyone: true })
        if (saysYes) await remark(tenant, platform, by, { expectation })
        await answer(tenant, platform, by, saysYes ? 'accept' : 'decline')
      })
    }
    if (message.kind === 'follow-up' || message.kind === 'second follow-up') {
      const outcome = chance(80) ? 'met' : chance(50) ? 'not yet' : 'no'
      later(hours, (tenant) => tellOutcome(tenant, platform, by, { outcome }))
    }
  }

  async function hour(): Promise<void> {
    now = new Date(now.getTime() + HOUR_MS)
    for (const plan of plans.filter(({ at }) => at <= now.getTime())) {
      plans.splice(plans.indexOf(plan), 1)
      await within(plan.act)
    }
    for (const round of await within((tenant) => listOpenRounds(tenant, now))) {
      await settleRound(platform, WORKSPACE, round.id)
    }
    for (;;) {
      const due = await within((tenant) => listDue(tenant, now, 1_000))
      if (due.length === 0) break
      for (const { id } of due) {
        await send(platform, { workspaceId: WORKSPACE, messageId: id }, { final: false })
        await reads(id)
      }
    }
  }

  for (let round = 0; round < ROUNDS; round += 1) {
    const opening = nextOpening(RHYTHM, 'UTC', now)
    while (now < opening.at) await hour()
    // Whoever was paused for not answering comes back at times.
    for (const id of ids) if (chance(25)) await within((tenant) => comeBack(tenant, platform, id))
    await closeAll(platform, WORKSPACE)
    await openRound(platform, WORKSPACE, opening.date, now)
  }
  for (let left = 21 * 24; left > 0; left -= 1) await hour()
  return await within((tenant) => count(tenant, ids))
}

async function count(tenant: Tenant, ids: string[]) {
  const { trx } = tenant
  const { rows } = await sql<
    Record<'proposed' | 'introduced' | 'alone' | 'undecided' | 'repeats' | 'sameTeam' | 'twice' | 'takenPart', number>
  >`
    with pairs as (
      select p.id, p.round_id, p.number, p.wave, a.member_id as a, b.member_id as b
      from pairing as p
      join pairing_member as a on a.pairing_id = p.id
      join pairing_member as b on b.pairing_id = p.id and b.member_id > a.member_id
      where p.shown_at is not null
    )
    select
      (select count(*)::int from pairs) as proposed,
      (select count(*)::int from pairing where introduced_at is not null) as introduced,
      (select count(*)::int from round_member) as "takenPart",
      (select count(*)::int from round_member where fate = 'alone') as alone,
      (select count(*)::int from round_member where fate is null) as undecided,
      (select count(*)::int from pairs as p where exists (
        select from pairs as q where q.a = p.a and q.b = p.b and q.number < p.number)) as repeats,
      (select count(*)::int from pairs as p where exists (
        select from pairs as q where q.a = p.a and q.b = p.b and q.round_id = p.round_id and q.id <> p.id)) as twice,
      (select count(*)::int from pairs as p
        join team_claim as s on s.member_id = p.a join team_claim as t on t.member_id = p.b
        where s.team = t.team) as "sameTeam"`.execute(trx)
  const meetings = await listMeetings(tenant, new Date(0), new Date('2100-01-01'))
  const known = ids.map(
    (id) =>
      new Set(meetings.flatMap(({ members }) => (members.includes(id) ? members.filter((other) => other !== id) : [])))
        .size,
  )
  const [row] = rows
  if (!row) throw new Error('nothing was counted')
  return {
    ...row,
    met: meetings.length,
    distinctPeopleMet: Math.round((10 * known.reduce((a, b) => a + b, 0)) / ids.length) / 10,
  }
}
