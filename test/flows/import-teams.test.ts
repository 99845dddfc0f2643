/** `npm run ops -- import-teams`, as an operator runs it beside the app. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findTeam } from '../../src/workspace/team-store.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
const folder = mkdtempSync(join(tmpdir(), 'small-acts-import-'))
beforeAll(async () => {
  world = await createWorld()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world?.stop()
})

const OPS = join(import.meta.dirname, '../../src/ops.ts')
const id = (name: string) => world.sandbox.person(name).id
const team = (name: string) => world.stored((tenant) => findTeam(tenant, id(name)))

/** Its exit code and everything it said. */
function importTeams(lines: string[], ...flags: string[]): Promise<{ code: number; said: string }> {
  const file = join(folder, 'teams.csv')
  writeFileSync(file, ['member,team', ...lines].join('\n'))
  const env = { PATH: process.env.PATH, DATABASE_URL: world.database.url }
  return new Promise((done) =>
    execFile(process.execPath, [OPS, 'import-teams', file, ...flags], { env, cwd: folder }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, said: out + err }),
    ),
  )
}

it('names every bad row, and then changes nothing', async () => {
  const lines = [
    `${id('ann')},Platform`,
    'ann,Platform',
    `${id('shipbot')},Platform`,
    'U0NOBODY,Design',
    `${id('kofi')}`,
  ]
  for (const flags of [['--dry-run'], []]) {
    const { code, said } = await importTeams(lines, ...flags)
    expect(code).toBe(1)
    expect(said).toContain('line 3: "ann" is no member id')
    expect(said).toContain(`line 4: ${id('shipbot')} is an app`)
    expect(said).toContain('line 5: U0NOBODY is not known')
    expect(said).toContain('line 6: The row has no team')
  }
  expect(await team('ann')).toBeNull()
})

it('says with a dry run what it would do, and then does it', async () => {
  const lines = [`${id('ann')},Platform`, `${id('kofi')},Sites`]
  const dry = await importTeams(lines, '--dry-run')
  expect(dry).toEqual({ code: 0, said: expect.stringContaining('This would be: 2 set, 0 changed') })
  expect(await team('ann')).toBeNull()
  const done = await importTeams(lines)
  expect(done.said).toContain('Teams: 2 set')
  expect(await team('ann')).toEqual({ name: 'Platform', source: 'admin' })
  const again = await importTeams([`${id('ann')},`, `${id('kofi')},Sites`])
  expect(again.said).toContain('1 taken away, 1 as before')
  expect(await team('ann')).toBeNull()
})
