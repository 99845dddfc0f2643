import { describe, expect, it } from 'vitest'
import { checkTeams, readTeamFile } from '../../src/workspace/team-import.ts'

const read = (text: string) => readTeamFile(Buffer.from(text))
const rows = (text: string) => read(text).rows.map(({ memberId, team }) => [memberId, team])

describe('a file of teams', () => {
  it.each([
    ['with commas', 'member,team\nU01ANN,Design\n'],
    ['with semicolons', 'member;team\r\nU01ANN;Design\r\n'],
    ['with quotes', '"Member","Team"\n"U01ANN","Design"'],
    ['with a byte order mark', '\ufeffmember,team\nU01ANN,Design'],
    ['with more columns, in another order', 'name,team,member\nAnn,Design,u01ann'],
    ['with empty lines and spaces', 'member , team\n\n  U01ANN ,  Design  \n\n'],
  ])('is read %s', (_how, text) => {
    expect(rows(text)).toEqual([['U01ANN', 'Design']])
  })

  it('takes a team away with an empty one, and keeps commas in quotes', () => {
    expect(rows('member,team\nU01ANN,\nU02RAJ,"Care, and more"')).toEqual([
      ['U01ANN', null],
      ['U02RAJ', 'Care, and more'],
    ])
  })

  it.each([
    ['', 'name the columns'],
    ['id,group\nU01ANN,Design', 'name the columns'],
    ['member,team\n"U01ANN,Design', 'no CSV'],
    ['member,team\nann@example.com,Design', 'is no member id'],
    ['member,team\nU01ANN', 'has no team'],
    [`member,team\nU01ANN,${'x'.repeat(61)}`, 'longer than 60'],
  ])('%j is told by its line', (text, words) => {
    const { bad } = read(text)
    expect(bad).toHaveLength(1)
    expect(bad[0]?.problem).toContain(words)
  })

  it('has to be UTF-8', () => {
    const latin1 = Buffer.from('member,team\nU01ANN,Bür\xf6', 'latin1')
    expect(readTeamFile(latin1).bad[0]?.problem).toContain('not UTF-8')
  })

  it('may be long', () => {
    const long = `member,team\n${Array.from({ length: 100_000 }, (_, index) => `U0${index + 10},Team ${index % 40}`).join('\n')}`
    expect(read(long).rows).toHaveLength(100_000)
    expect(read(`${long}\nU0999999,One`).bad[0]?.problem).toContain('more than 100,000')
  })
})

it('names every row that does not fit the directory', () => {
  const kinds = new Map([
    ['U01ANN', 'member'],
    ['U02RAJ', 'guest'],
    ['U03BOT', 'bot'],
    ['U04OLD', 'deactivated'],
  ] as const)
  const file = read(
    'member,team\nU01ANN,Design\nU03BOT,Design\nU04OLD,Care\nU09WHO,Care\nU02RAJ,Care\nU02RAJ,Care\nU01ANN,Care\nnobody,Care',
  )
  const { claims, bad } = checkTeams(file, kinds)
  expect(bad.map(({ line }) => line)).toEqual([3, 4, 5, 8, 9])
  expect(bad.map(({ problem }) => problem).join(' ')).toContain('U01ANN has another team in line 2')
  expect(claims).toEqual([
    { memberId: 'U01ANN', team: 'Design' },
    { memberId: 'U02RAJ', team: 'Care' },
  ])
})
