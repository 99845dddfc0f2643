/** The life of a round, from its opening to the question how it went. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listMeetings } from '../../src/pairing/history-store.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { eventually } from '../support/eventually.ts'
import { createRounds, type Rounds, words } from '../support/rounds.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let rounds: Rounds
/** The first proposal of each, and who it is with, by name. */
const first = new Map<string, { partner: string; message: SlackMessage }>()
const pairedWith = (name: string) => first.get(name)?.partner ?? ''
const firstOf = (name: string) => first.get(name)?.message as SlackMessage
const dms = (name: string) => world.sandbox.directMessages(name)
const latest = (name: string) => dms(name).at(-1)

const FOUR = ['ann', 'kofi', 'lena', 'noor']

beforeAll(async () => {
  world = await createWorld()
  rounds = await createRounds(world)
})
afterAll(() => world?.stop())

describe('a round', () => {
  it('does not open for three people; admins get an invitation to pass on', async () => {
    await rounds.joins('ann', 'kofi', 'lena')
    await rounds.goToNext(1, 10)
    expect(dms('ann')).toHaveLength(0)
    expect(words(latest('margit'))).toContain('fewer than four')
    expect(words(latest('margit'))).toContain('/smallacts join')
  })

  it('opens for four, once, and proposes a pair to each of them', async () => {
    const pairs = await rounds.open(...FOUR)
    await rounds.goOn({ hours: 0 })
    for (const name of FOUR) {
      expect(dms(name)).toHaveLength(1)
      expect(words(latest(name))).toContain('Why us?')
      expect(words(latest(name))).toContain('pairing.expect-5')
    }
    for (const name of FOUR) {
      first.set(name, { partner: pairs.get(name)?.[0] ?? '', message: rounds.proposalOf(name) })
    }
    for (const name of FOUR) expect(pairedWith(pairedWith(name))).toBe(name)
  })

  it('shows nobody what the other said until both said yes, and then introduces them', async () => {
    const partner = pairedWith('ann')
    const [mine, theirs] = [firstOf('ann'), firstOf(partner)]
    const before = words(theirs)
    await rounds.click('ann', 'pairing.expect-4', mine)
    await rounds.click('ann', 'pairing.accept', mine)
    expect(words(rounds.again('ann', mine))).toContain('Waiting until')
    expect(words(rounds.again('ann', mine))).toContain('Change my mind')
    expect(words(rounds.again(partner, theirs))).toBe(before)
    await rounds.click('ann', 'pairing.reconsider', mine)
    await rounds.click('ann', 'pairing.accept', mine)
    await rounds.click(partner, 'pairing.accept', theirs)
    const group = await world.sandbox.as('ann').direct(partner, world.sandbox.app.botUser)
    const [introduction] = world.sandbox.messages(group, { app: true })
    expect(words(introduction)).toContain('goes first')
    expect(words(introduction)).toContain('calendar.google.com')
    expect(words(introduction).match(/Google Calendar/g)).toHaveLength(3)
    for (const [name, message] of [
      ['ann', mine],
      [partner, theirs],
    ] as const) {
      expect(words(rounds.again(name, message))).toContain('You are introduced')
      expect(words(rounds.again(name, message))).not.toContain('"button"')
    }
  })

  it('tells a yes that met a no at the telling time, in the one sentence, and that nobody was left when it closes', async () => {
    const partner = pairedWith('ann')
    const [yes = '', no = ''] = FOUR.filter((name) => name !== 'ann' && name !== partner)
    const [mine, theirs] = [firstOf(yes), firstOf(no)]
    await rounds.click(yes, 'pairing.accept', mine)
    const waiting = words(rounds.again(yes, mine))
    await rounds.click(no, 'pairing.decline', theirs)
    expect(words(rounds.again(no, theirs))).toContain('Not this week')
    expect(words(rounds.again(yes, mine))).toBe(waiting)
    await rounds.goToNext(2, 15, 50)
    expect(words(rounds.again(yes, mine))).toBe(waiting)
    await rounds.goToNext(2, 16)
    expect(words(rounds.again(yes, mine))).toContain(`The check-in with <@${rounds.id(no)}> does not fit this week.`)
    expect(words(rounds.again(no, theirs))).not.toContain('"button"')
    const late = await world.sandbox.as(no).click(theirs, 'pairing.decline')
    expect(late.status ?? 0).toBeLessThan(500)
    await rounds.goToNext(3, 16)
    await rounds.goToNext(4, 9)
    expect(words(latest(yes))).toContain('you come first')
    expect(words(rounds.again(yes, mine))).not.toContain('"button"')
  })

  it('asks after a week how it went, once more for "not yet", and counts what one says and none denies', async () => {
    const met = () => world.stored((tenant) => listMeetings(tenant, new Date(0), new Date('2100-01-01')))
    const partner = pairedWith('ann')
    await rounds.goOn({ days: 5 })
    const question = (name: string) => dms(name).find((message) => words(message).includes('did it happen?'))
    const [asked, other] = [question('ann'), question(partner)] as [SlackMessage, SlackMessage]
    expect(words(asked)).toContain('did it happen?')
    await rounds.click('ann', 'pairing.met', asked)
    expect(await met()).toHaveLength(1)
    await rounds.click('ann', 'pairing.rate-5', asked)
    expect(words(rounds.again('ann', asked))).toContain('it was a 5')
    await rounds.click(partner, 'pairing.not-yet', other)
    expect(await met()).toHaveLength(0)
    await rounds.goOn({ days: 7 })
    const second = await eventually('the second question', () =>
      dms(partner).find((message) => words(message).includes('in the meantime')),
    )
    await rounds.click(partner, 'pairing.met', second)
    expect(await met()).toHaveLength(1)
  })
})
