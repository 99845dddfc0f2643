import { describe, expect, it } from 'vitest'
import { composeKudos, deliveriesOf, type Wish } from '../../src/kudos/new-kudos.ts'

const wish = (over: Partial<Wish> = {}): Wish => ({
  request: '1.2.3',
  giver: 'U0GIVER',
  reason: 'staying late',
  isPrivate: false,
  value: null,
  passedOnFrom: null,
  threadTs: '1.1',
  about: { channel: 'C1', ts: '1.2' },
  responseUrl: null,
  again: false,
  ...over,
})
const around = {
  workspaceId: 'T1',
  recipients: ['U1', 'U2'],
  onlyMe: new Set<string>(),
  openChannel: 'C1' as string | null,
  zone: 'Europe/Berlin',
  dailyLimit: null,
  now: new Date('2026-03-29T12:00:00Z'),
}
const posted = (kudos: ReturnType<typeof composeKudos>) =>
  deliveriesOf(kudos).map(({ kind, target }) => `${kind} ${target}`)

describe('a kudos', () => {
  it('in an open channel is a card there and a note to each', () => {
    const kudos = composeKudos(wish(), around)
    expect(posted(kudos)).toEqual(['card C1', 'note U1', 'note U2'])
    expect(kudos).toMatchObject({ saidIn: 'C1', threadTs: '1.1', about: { channel: 'C1', ts: '1.2' } })
    // The day began before the clocks changed.
    expect(kudos.dayStart).toEqual(new Date('2026-03-28T23:00:00Z'))
  })

  it('elsewhere is notes alone, and keeps no address', () => {
    const kudos = composeKudos(wish(), { ...around, openChannel: null })
    expect(posted(kudos)).toEqual(['note U1', 'note U2'])
    expect(kudos).toMatchObject({ saidIn: null, threadTs: null, about: null })
    expect(composeKudos(wish({ about: { channel: 'C2', ts: '1' } }), around).about).toBeNull()
  })

  it('in private is notes alone wherever it is said', () => {
    const kudos = composeKudos(wish({ isPrivate: true }), around)
    expect(posted(kudos)).toEqual(['note U1', 'note U2'])
    expect(kudos).toMatchObject({ saidIn: null, threadTs: null, about: null, isPrivate: true })
  })

  it('has a card as long as one of its people may be seen', () => {
    const some = composeKudos(wish(), { ...around, onlyMe: new Set(['U1', 'U9']) })
    expect(posted(some)).toEqual(['card C1', 'note U1', 'note U2'])
    expect(some.keptPrivate).toEqual(['U1'])
    expect(posted(composeKudos(wish(), { ...around, onlyMe: new Set(['U1', 'U2']) }))).toEqual(['note U1', 'note U2'])
  })
})

describe('the likeness of two kudos', () => {
  const likeness = (over: Partial<Wish>, recipients = around.recipients) =>
    composeKudos(wish(over), { ...around, recipients }).likeness

  it('is the same for the same people and words, whatever their order and spacing', () => {
    expect(likeness({ request: '2', reason: ' Staying  LATE' }, ['U2', 'U1'])).toBe(likeness({}))
    expect(likeness({ reason: 'something else' })).not.toBe(likeness({}))
    expect(likeness({ isPrivate: true })).not.toBe(likeness({}))
    expect(likeness({}, ['U1'])).not.toBe(likeness({}))
  })
})
