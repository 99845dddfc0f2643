import { expect, it } from 'vitest'
import { parseSetting, readSetting, SETTING_KEYS } from '../../src/workspace/settings.ts'

it.each([
  ['kudos.values', 'Teamwork, #craft ,teamwork', ['teamwork', 'craft']],
  ['kudos.values', 'Teamwork #craft', ['teamwork', 'craft']],
  ['kudos.values', 'none', []],
  ['kudos.daily-limit', '10', 10],
  ['kudos.keep-words-months', '12', 12],
  ['kudos.keep-words-months', 'none', null],
  ['kudos.daily-limit', 'none', null],
  ['kudos.channel', 'C0KUDOS', 'C0KUDOS'],
  ['workspace.zone', 'Asia/Kolkata', 'Asia/Kolkata'],
  ['workspace.zone', 'none', 'UTC'],
  ['admins', 'U01ANN U02RAJ,U01ANN', ['U01ANN', 'U02RAJ']],
  ['check-ins.guests', 'true', true],
  [
    'check-ins.rhythm',
    '{"every":"week","weekday":3,"time":"09:30","answerHours":24}',
    { every: 'week', weekday: 3, time: '09:30', answerHours: 24 },
  ],
])('%s is read from %j', (key, text, value) => {
  expect(parseSetting(key, text)).toEqual({ ok: true, key, value })
})

it.each([
  ['kudos.values', 'two/words', 'single words'],
  ['kudos.values', Array.from({ length: 21 }, (_, index) => `v${index}`).join(' '), 'at most 20'],
  ['kudos.daily-limit', '0', '1 or more'],
  ['kudos.keep-words-months', '0', '1 or more'],
  ['kudos.keep-words-months', '121', '120 or less'],
  ['kudos.daily-limit', '-1', 'whole number'],
  ['kudos.daily-limit', '1001', '1000 or less'],
  ['kudos.channel', '#kudos', 'public channel'],
  ['workspace.zone', 'Middle/Earth', 'must be a zone'],
  ['admins', '@ann', 'ids of members'],
  ['check-ins.rhythm', 'weekly', 'check-ins.rhythm'],
  ['check-ins.rhythm', '{"every":"day","weekday":9,"time":"25:00","answerHours":1}', 'must have a time'],
  ['kudos.points', '5', 'There is no setting'],
  ['toString', 'x', 'There is no setting'],
])('%s refuses %j in words', (key, text, words) => {
  const parsed = parseSetting(key, text)
  expect(parsed).toMatchObject({ ok: false })
  expect(parsed.ok || parsed.problem).toContain(words)
})

it('what is stored in another shape counts as nothing', () => {
  for (const key of SETTING_KEYS) {
    const initially = readSetting(key, undefined)
    expect(readSetting(key, { some: 'thing' })).toEqual(initially)
    expect(readSetting(key, null)).toEqual(initially)
  }
})
