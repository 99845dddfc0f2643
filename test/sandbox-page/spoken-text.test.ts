import { expect, it } from 'vitest'
import { spokenText } from '../../src/sandbox/page/spoken-text.ts'

const names = {
  person: (id: string) => ({ U1: 'Ann Kowalski' })[id],
  channel: (id: string) => ({ C1: 'general' })[id],
}

it('a text is read out with names for ids and without markers', () => {
  const text = '*Thanks* <@U1> in <#C1>, see <https://example.com|the list> &amp; `this`\n```that```'
  expect(spokenText(text, names)).toBe('Thanks Ann Kowalski in general, see the list & this\nthat')
  expect(spokenText('<@U9|kim> and <@U8>', names)).toBe('kim and somebody')
})
