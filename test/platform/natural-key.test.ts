import fc from 'fast-check'
import { expect, it } from 'vitest'
import { naturalId } from '../../src/platform/natural-key.ts'

it('is a uuid of version 5, the same for the same key', () => {
  expect(naturalId('kudos', 'T1', 'x')).toBe(naturalId('kudos', 'T1', 'x'))
  expect(naturalId('kudos', 'T1', 'x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

it('differs wherever the parts differ, also in where one ends', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b)
      expect(naturalId(...a) === naturalId(...b)).toBe(same)
    }),
  )
  expect(naturalId('a:b', 'c')).not.toBe(naturalId('a', 'b:c'))
})
