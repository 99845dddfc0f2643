import { globSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, it } from 'vitest'
import { LEFT_OUT, STORES } from './bench/sizes-calls.ts'

it('the bench of sizes runs the queries of every store there is, or says why not', () => {
  const stores = globSync('src/**/*store.ts').map((path) => relative('src', path))
  expect(stores.filter((path) => !path.startsWith('sandbox/')).sort()).toEqual(
    [...Object.keys(STORES), ...Object.keys(LEFT_OUT)].sort(),
  )
})
