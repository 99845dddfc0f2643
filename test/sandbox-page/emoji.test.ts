import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { demoCompany } from '../../src/sandbox/company/company.ts'
import { emojiNamed, offeredReactions } from '../../src/sandbox/page/emoji.ts'

const withoutComments = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')

it('knows every emoji that the app writes, the company uses and the page offers', () => {
  const copy = globSync('src/**/*.ts').filter((file) => !file.startsWith('src/sandbox/'))
  const written = copy.flatMap((file) =>
    // In quotation marks or backticks: times of day and types are no emoji.
    [...withoutComments(file).matchAll(/['"`\s(>]:([a-z][a-z0-9_+-]{2,}):(?=['"`\s<])/g)].map(([, name]) => name ?? ''),
  )
  const statuses = demoCompany.people.flatMap(({ status }) => (status ? [status.emoji.slice(1, -1)] : []))
  expect(written.length).toBeGreaterThan(10)
  expect(statuses.length).toBeGreaterThan(1)
  const unknown = [...written, ...statuses, ...offeredReactions].filter((name) => emojiNamed(name) === undefined)
  expect([...new Set(unknown)]).toEqual([])
})
