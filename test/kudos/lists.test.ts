import { expect, it } from 'vitest'
import { listMessage, readCursor } from '../../src/kudos/lists.ts'
import { aStoredKudos } from '../support/builders.ts'

it('pages go on where a button says, and nowhere for any other value', () => {
  const last = aStoredKudos()
  const page = { kudos: [last], more: true, first: true }
  const { value } = JSON.parse(
    /\{[^{}]*kudos\.mine-older[^{}]*/
      .exec(JSON.stringify(listMessage('mine', 'U01ANN', page).blocks))?.[0]
      .replace(/,"text":$/, '}') ?? '{}',
  )
  expect(readCursor(value)).toEqual({ givenAt: last.givenAt, id: last.id })
  for (const wrong of ['', 'newest', '1', `x ${last.id}`, `1 ${last.id}x`, `${'9'.repeat(20)} ${last.id}`]) {
    expect(readCursor(wrong)).toBeNull()
  }
})
