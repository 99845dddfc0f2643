import { globSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, it } from 'vitest'
import { STORES } from './bench/sizes-calls.ts'

it('the bench of sizes runs the queries of every store there is', () => {
  const stores = globSync('src/**/*store.ts').map((path) => relative('src', path))
  expect(stores.filter((path) => !path.startsWith('sandbox/')).sort()).toEqual(Object.keys(STORES).sort())
})
