/** The life of a round, from its opening to the question how it went. */
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listMeetings } from '../../src/pairing/history-store.ts'
import { instant } from '../../src/platform/platform.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { saveParticipation } from '../../src/workspace/participation-store.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const ZONE = 'Europe/Berlin'
let world: World
const id = (name: string) => world.sandbox.person(name).id
const now = () => DateTime.fromMillis(world.clock.now(), { zone: ZONE })

async function goTo(time: DateTime) {
  const ms = time.toMillis() - world.clock.now()
  world.clock.moveOn(ms)
  await world.app.timePassed(ms)
  await world.settled()
}
/** The next `weekday` (1 is Monday) at that time, a minute later, when everybody has looked. */
async function goToNext(weekday: number, hour: number, minute = 1) {
  let day = now().set({ hour, minute, second: 0, millisecond: 0 })
  while (day.weekday !== weekday || day <= now()) day = day.plus({ days: 1 }).set({ hour, minute })
  await goTo(day)
}
const joins = (...names: string[]) =>
  world.stored(async (tenant) => {
    for (const name of names) await saveParticipation(tenant, id(name), { joined: true }, instant(world.clock))
  })
const dms = (name: string) => world.sandbox.directMessages(name)
const words = (message: SlackMessage | undefined) => JSON.stringify(message?.blocks ?? null)
const latest = (name: string) => dms(name).at(-1)
const proposalOf = (name: string) =>
  dms(name)
    .filter((message) => words(message).includes('pairing.accept'))
    .at(-1) as SlackMessage
/** The first proposal of each, and who it is with, by name. */
const first = new Map<string, { partner: string; message: SlackMessage }>()
const pairedWith = (name: string) => first.get(name)?.partner ?? ''
const firstOf = (name: string) => first.get(name)?.message as SlackMessage
function partnerOf(name: string, among: string[]): string {
  const partner = among.find((other) => other !== name && words(proposalOf(name)).includes(`<@${id(other)}>`))
  if (!partner) throw new Error(`${name} has no partner in ${words(proposalOf(name))}`)
  return partner
}
const click = async (name: string, action: string, message = proposalOf(name)) => {
  const outcome = await world.sandbox.as(name).click(again(name, message) ?? message, action)
  await world.settled()
  return outcome
}
/** The message again, as it is now. */
const again = (name: string, message: SlackMessage) => dms(name).find(({ ts }) => ts === message.ts)

const FOUR = ['ann', 'kofi', 'lena', 'noor']

beforeAll(async () => {
  world = await createWorld()
  await world.stored((tenant) =>
    saveSettings(
      tenant,
      { 'workspace.zone': ZONE, 'check-ins.rhythm': { every: 'week', weekday: 1, time: '10:00', answerHours: 48 } },
      null,
      new Date(),
    ),
  )
  // Everybody works on the same clocks, so that one moment suits all.
  await world.stored((tenant) => sql`update member set tz = ${ZONE}, version = 9999999999`.execute(tenant.trx))
  await goToNext(7, 12)
})
afterAll(() => world?.stop())

describe('a round', () => {
  it('does not open for three people; admins get an invitation to pass on', async () => {
    await joins('ann', 'kofi', 'lena')
    await goToNext(1, 10)
    expect(dms('ann')).toHaveLength(0)
    expect(words(latest('margit'))).toContain('fewer than four')
    expect(words(latest('margit'))).toContain('/smallacts join')
  })

  it('opens for four, once, and proposes a pair to each of them', async () => {
    await joins('noor')
    await goToNext(1, 10)
    await world.app.timePassed(0)
    await world.settled()
    for (const name of FOUR) {
      expect(dms(name)).toHaveLength(1)
      expect(words(latest(name))).toContain('Why us?')
      expect(words(latest(name))).toContain('pairing.expect-5')
    }
    for (const name of FOUR) first.set(name, { partner: partnerOf(name, FOUR), message: proposalOf(name) })
    for (const name of FOUR) expect(pairedWith(pairedWith(name))).toBe(name)
  })

  it('shows nobody what the other said until both said yes, and then introduces them', async () => {
    const partner = pairedWith('ann')
    const [mine, theirs] = [firstOf('ann'), firstOf(partner)]
    const before = words(theirs)
    await click('ann', 'pairing.expect-4', mine)
    await click('ann', 'pairing.accept', mine)
    expect(words(again('ann', mine))).toContain('Waiting until')
    expect(words(again('ann', mine))).toContain('Change my mind')
    expect(words(again(partner, theirs))).toBe(before)
    await click('ann', 'pairing.reconsider', mine)
    await click('ann', 'pairing.accept', mine)
    await click(partner, 'pairing.accept', theirs)
    const group = await world.sandbox.as('ann').direct(partner, world.sandbox.app.botUser)
    const [introduction] = world.sandbox.messages(group, { app: true })
    expect(words(introduction)).toContain('goes first')
    expect(words(introduction)).toContain('calendar.google.com')
    expect(words(introduction).match(/Google Calendar/g)).toHaveLength(3)
    for (const [name, message] of [
      ['ann', mine],
      [partner, theirs],
    ] as const) {
      expect(words(again(name, message))).toContain('You are introduced')
      expect(words(again(name, message))).not.toContain('"button"')
    }
  })

  it('tells a yes that met a no at the telling time, in the one sentence, and that nobody was left when it closes', async () => {
    const partner = pairedWith('ann')
    const [yes = '', no = ''] = FOUR.filter((name) => name !== 'ann' && name !== partner)
    const [mine, theirs] = [firstOf(yes), firstOf(no)]
    await click(yes, 'pairing.accept', mine)
    const waiting = words(again(yes, mine))
    await click(no, 'pairing.decline', theirs)
    expect(words(again(no, theirs))).toContain('Not this week')
    expect(words(again(yes, mine))).toBe(waiting)
    await goToNext(2, 15, 50)
    expect(words(again(yes, mine))).toBe(waiting)
    await goToNext(2, 16)
    expect(words(again(yes, mine))).toContain(`The check-in with <@${id(no)}> does not fit this week.`)
    expect(words(again(no, theirs))).not.toContain('"button"')
    const late = await world.sandbox.as(no).click(theirs, 'pairing.decline')
    expect(late.status ?? 0).toBeLessThan(500)
    await goToNext(3, 16)
    await goToNext(4, 9)
    expect(words(latest(yes))).toContain('you come first')
    expect(words(again(yes, mine))).not.toContain('"button"')
  })

  it('asks after a week how it went, once more for "not yet", and counts what one says and none denies', async () => {
    const met = () => world.stored((tenant) => listMeetings(tenant, new Date(0), new Date('2100-01-01')))
    const partner = pairedWith('ann')
    await goTo(now().plus({ days: 5 }))
    const question = (name: string) => dms(name).find((message) => words(message).includes('did it happen?'))
    const [asked, other] = [question('ann'), question(partner)] as [SlackMessage, SlackMessage]
    expect(words(asked)).toContain('did it happen?')
    await click('ann', 'pairing.met', asked)
    expect(await met()).toHaveLength(1)
    await click('ann', 'pairing.rate-5', asked)
    expect(words(again('ann', asked))).toContain('it was a 5')
    await click(partner, 'pairing.not-yet', other)
    expect(await met()).toHaveLength(0)
    await goTo(now().plus({ days: 7 }))
    const second = await eventually('the second question', () =>
      dms(partner).find((message) => words(message).includes('in the meantime')),
    )
    await click(partner, 'pairing.met', second)
    expect(await met()).toHaveLength(1)
  })
})
