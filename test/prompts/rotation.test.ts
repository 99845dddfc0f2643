import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, libraryOf } from '../../src/prompts/library.ts'
import { type Candidate, choose, KINDS, type Used, type Wish } from '../../src/prompts/rotation.ts'

const wish = (over: Partial<Wish> = {}): Wish => ({
  kinds: 'alternating',
  own: 'mixed',
  seed: 'C1',
  passedOver: [],
  ...over,
})
const candidate = (id: string, kind: Candidate['kind'], isOwn = false): Candidate => ({ id, kind, isOwn })
const library = (language = 'en'): Candidate[] =>
  [...libraryOf(language).prompts.values()].map(({ id, kind }) => candidate(id, kind))

/** The channel's prompts of so many weeks, oldest first. */
function weeks(pool: Candidate[], count: number, wanted: Wish): Used[] {
  const used: Used[] = []
  for (let week = 0; week < count; week += 1) {
    const next = choose(pool, used, wanted)
    if (next) used.unshift(next)
  }
  return used.reverse()
}

describe('the rotation', () => {
  it.each(LANGUAGES)('brings the whole library in %s before anything again, kinds in turn', (language) => {
    const pool = library(language)
    const came = weeks(pool, 2 * pool.length, wish())
    expect(new Set(came.slice(0, pool.length).map(({ id }) => id)).size).toBe(pool.length)
    expect(new Set(came.slice(pool.length).map(({ id }) => id)).size).toBe(pool.length)
    for (const [index, { kind }] of came.entries()) expect(kind).not.toBe(came[index - 1]?.kind)
    // The end of one cycle and the beginning of the next have nothing in common.
    const around = came.slice(pool.length - 20, pool.length + 20).map(({ id }) => id)
    expect(new Set(around).size).toBe(40)
  })

  it('is another one in each channel', () => {
    const order = (seed: string) => weeks(library(), 10, wish({ seed })).map(({ id }) => id)
    expect(order('C1')).toEqual(order('C1'))
    expect(order('C1')).not.toEqual(order('C2'))
  })

  it('keeps to one kind where that is wanted', () => {
    const came = weeks(library(), 56, wish({ kinds: 'connection' }))
    expect(came.every(({ kind }) => kind === 'connection')).toBe(true)
    expect(new Set(came.map(({ id }) => id)).size).toBe(56)
    expect(choose([candidate('a', 'appreciation')], [], wish({ kinds: 'connection' }))).toBeNull()
  })

  it('brings the workspace’s own first, or among the others', () => {
    const own = [1, 2, 3].map((number) => candidate(`own-${number}`, 'connection', true))
    const first = weeks([...library(), ...own], 4, wish({ own: 'first' })).map(({ id }) => id)
    expect(first.slice(0, 3).sort()).toEqual(['own-1', 'own-2', 'own-3'])
    expect(first[3]).not.toMatch(/^own/)
    const mixed = weeks([...library(), ...own], 4, wish()).map(({ id }) => id)
    expect(mixed.slice(0, 3).sort()).not.toEqual(['own-1', 'own-2', 'own-3'])
  })

  it('has another one as often as somebody asks, and what was passed over comes later', () => {
    const pool = library().slice(0, 6)
    const passedOver: string[] = []
    const seen = new Set<string>()
    for (let asked = 0; asked < 20; asked += 1) {
      const next = choose(pool, [], wish({ passedOver }))
      expect(next?.id).not.toBe(passedOver.at(-1))
      seen.add(next?.id ?? '')
      passedOver.push(next?.id ?? '')
    }
    expect(seen.size).toBe(6)
    const came = weeks(pool, 6, wish())
    expect(new Set(came.map(({ id }) => id)).size).toBe(6)
  })
})

const happening = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ what: 'week' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('add' as const), kind: fc.constantFrom(...KINDS), isOwn: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('retire' as const), at: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('another' as const), times: fc.integer({ min: 1, max: 5 }) }) },
)

it('whatever is added, retired and passed over: each prompt exactly once in a cycle, and no cycle ends before all came', () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 120 }),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom<Wish['own']>('first', 'mixed'),
      fc.constantFrom<Wish['kinds']>('alternating', ...KINDS),
      (happenings, atFirst, own, kinds) => {
        const pool = Array.from({ length: atFirst }, (_, n) => candidate(`p${n}`, KINDS[n % 2] ?? 'connection'))
        const used: Used[] = []
        let passedOver: string[] = []
        let added = 0
        for (const one of happenings) {
          if (one.what === 'add') pool.push(candidate(`added${added++}`, one.kind, one.isOwn))
          if (one.what === 'retire') pool.splice(one.at % Math.max(1, pool.length), 1)
          const next = () => choose(pool, used, wish({ own, kinds, passedOver }))
          if (one.what === 'another') {
            for (let time = 0; time < one.times; time += 1) passedOver = [...passedOver, next()?.id ?? '']
          }
          if (one.what !== 'week') continue
          const eligible = pool.filter(({ kind }) => kinds === 'alternating' || kind === kinds)
          const chosen = next()
          const asPlanned = passedOver.length === 0
          passedOver = []
          if (!chosen) {
            expect(eligible).toEqual([])
            continue
          }
          const { cycle: before = 1 } = used[0] ?? {}
          const came = new Set(used.filter(({ cycle }) => cycle === before).map(({ id }) => id))
          const left = eligible.filter(({ id }) => !came.has(id))
          // Of those that are there, one that has not come yet; a new cycle once there is none.
          expect(eligible.map(({ id }) => id)).toContain(chosen.id)
          expect(chosen.cycle).toBe(left.length > 0 ? before : before + 1)
          if (left.length > 0) expect(came.has(chosen.id)).toBe(false)
          if (asPlanned && own === 'first' && left.some(({ isOwn }) => isOwn)) {
            expect(pool.find(({ id }) => id === chosen.id)?.isOwn).toBe(true)
          }
          used.unshift(chosen)
        }
        const cycles = new Map<string, number>()
        for (const { id, cycle } of used) cycles.set(`${cycle} ${id}`, (cycles.get(`${cycle} ${id}`) ?? 0) + 1)
        expect([...cycles.values()].every((times) => times === 1)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
