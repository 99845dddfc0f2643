/** What becomes of every kind of odd or wrong input. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { InvalidInput, MAX_PEOPLE } from '../../../src/pairing/matching/input.ts'
import { pair } from '../../../src/pairing/matching/pair.ts'

const person = (id: string, more: object = {}) => ({ id, team: null, utcOffset: 0, ...more })
const round = (more: object = {}) => ({
  people: [person('a'), person('b'), person('c'), person('d')],
  history: [] as object[],
  avoid: [] as string[][],
  seed: 'x',
  ...more,
})
const run = (input: unknown) => pair(input as Parameters<typeof pair>[0])

describe('few people', () => {
  it.each([
    [0, [], 0],
    [1, [], 1],
    [2, [2], 0],
    [3, [3], 0],
    [4, [2, 2], 0],
    [5, [2, 3], 0],
  ])('%i', (count, sizes, unpaired) => {
    const result = run(round({ people: Array.from('abcde'.slice(0, count), (id) => person(id)) }))
    expect(result.groups.map((group) => group.length).toSorted()).toEqual(sizes)
    expect(result.unpaired).toHaveLength(unpaired)
    expect(result.certified).toBe(true)
  })

  it('who all avoid each other are left out', () => {
    const people = [person('a', { waited: 2 }), person('b'), person('c')]
    expect(run({ people, history: [], avoid: [], seed: '' }).groups).toHaveLength(1)
    const avoid = [
      ['a', 'b'],
      ['c', 'b'],
      ['a', 'c'],
    ]
    expect(run({ people, history: [], avoid, seed: '' })).toMatchObject({
      groups: [],
      objective: { unpaired: 3, waited: 2 },
      certified: true,
    })
  })
})

describe('odd rows', () => {
  it('about people who are not there, or about one person with themselves, are passed over', () => {
    const odd = round({
      history: [
        { members: ['a', 'gone'], roundsAgo: 1 },
        { members: ['b', 'b'], roundsAgo: 1 },
        { members: ['gone', 'gone too', 'c'], roundsAgo: 1 },
      ],
      avoid: [
        ['a', 'gone'],
        ['b', 'b'],
      ],
    })
    expect(run(odd)).toEqual(run(round()))
  })

  it('about the same pair: the latest meeting counts, and a name twice in a trio is one', () => {
    const pair2 = [person('a'), person('b')]
    const history = [
      { members: ['a', 'b'], roundsAgo: 30 },
      { members: ['b', 'a', 'b'], roundsAgo: 9 },
      { members: ['a', 'b'], roundsAgo: 17 },
    ]
    expect(run(round({ people: pair2, history })).objective.repeat).toBe(32)
    expect(run(round({ people: pair2, history: history.toReversed() })).objective.repeat).toBe(32)
  })

  it('weigh less the longer ago they met, and never nothing', () => {
    const weight = (roundsAgo: number) =>
      run(round({ people: [person('a'), person('b')], history: [{ members: ['a', 'b'], roundsAgo }] })).objective.repeat
    expect([1, 8, 9, 16, 17, 33, 48, 49, 56, 57, 1_000].map(weight)).toEqual([64, 64, 32, 32, 16, 4, 2, 1, 1, 1, 1])
  })

  it('give the far side of the world three, and quarter hours their due', () => {
    const cost = (one: number, other: number) =>
      run(round({ people: [person('a', { utcOffset: one }), person('b', { utcOffset: other })] })).objective.timezone
    expect([
      cost(0, 240),
      cost(0, 255),
      cost(0, 360),
      cost(345, 720),
      cost(0, 375),
      cost(0, 420),
      cost(0, 435),
    ]).toEqual([0, 1, 1, 2, 2, 2, 3])
    expect([cost(-720, 720), cost(-660, 780), cost(-480, 540), cost(0, 720)]).toEqual([0, 0, 2, 3])
  })
})

describe('wrong input is refused, and the field named', () => {
  it.each([
    [null, 'input: must be an object with people, history, avoid and seed'],
    [[], 'input: must be an object with people, history, avoid and seed'],
    [round({ seed: 7 }), 'seed: must be a text of 0 to 500 characters'],
    [round({ people: {} }), 'people: must be a list'],
    [round({ people: [null] }), 'people[0]: must be an object with id, team and utcOffset'],
    [round({ people: [person('')] }), 'people[0].id: must be a text of 1 to 500 characters'],
    [round({ people: [person('a', { team: undefined })] }), 'people[0].team: must be a text of 1 to 500 characters'],
    [
      round({ people: [person('a', { utcOffset: 0.5 })] }),
      'people[0].utcOffset: must be a whole number from -1440 to 1440',
    ],
    [round({ people: [person('a', { waited: -1 })] }), 'people[0].waited: must be a whole number from 0 to 1000000'],
    [round({ people: [person('a'), person('b'), person('a')] }), 'people[2].id: is the same as that of people[0]'],
    [round({ history: 'none' }), 'history: must be a list'],
    [round({ history: [7] }), 'history[0]: must be an object with members and roundsAgo'],
    [round({ history: [{ members: ['a'], roundsAgo: 1 }] }), 'history[0].members: must be a list of two or three ids'],
    [
      round({ history: [{ members: ['a', 3], roundsAgo: 1 }] }),
      'history[0].members[1]: must be a text of 1 to 500 characters',
    ],
    [
      round({ history: [{ members: ['a', 'b'], roundsAgo: 0 }] }),
      'history[0].roundsAgo: must be a whole number from 1 to 1000000',
    ],
    [round({ avoid: [['a', 'b', 'c']] }), 'avoid[0]: must be a list of two ids'],
    [round({ avoid: [['a', null]] }), 'avoid[0][1]: must be a text of 1 to 500 characters'],
    [
      round({ people: Array.from({ length: MAX_PEOPLE + 1 }, (_, at) => person(`${at}`)) }),
      'people: are more than 100000',
    ],
  ])('%#', (input, message) => {
    expect(() => run(input)).toThrow(new InvalidInput(...(message.split(/: (.*)/s).slice(0, 2) as [string, string])))
  })
})

describe('npm run match', () => {
  const match = (input: string) =>
    spawnSync(process.execPath, ['src/pairing/matching/match.ts'], { input, encoding: 'utf8' })

  it('answers JSON with JSON', () => {
    const input = round({ people: [person('a'), person('b'), person('c', { team: 'x' })] })
    const { status, stdout, stderr } = match(JSON.stringify(input))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(run(input))
  })

  it.each([
    ['{', /^input: is not JSON \(.*\)\n$/],
    ['', /^input: is not JSON \(.*\)\n$/],
    ['{"people":[],"history":[],"avoid":[]}', /^seed: must be a text of 0 to 500 characters\n$/],
  ])('says in one line what is wrong with %j, and nothing on stdout', (input, message) => {
    const { status, stdout, stderr } = match(input)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })
})
