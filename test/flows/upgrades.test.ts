/** From every schema there ever was, with data in all of it, to the newest: nothing is lost, and the app works on it. */
import { readdirSync } from 'node:fs'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Db } from '../../src/platform/database.ts'
import { migrate } from '../../src/platform/migrations.ts'
import { demoCompany } from '../../src/sandbox/company/company.ts'
import { idOf } from '../../src/sandbox/slack/ids.ts'
import { createTestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { empty, fill, migrateTo, type Rows, rowsOf } from '../support/old-schema.ts'
import { createWorld } from '../support/world.ts'

const names = readdirSync('migrations')
  .map((file) => file.replace(/\.ts$/, ''))
  .sort()
/** The sandbox's own, so that the app goes by these rows as well, and another one. */
const WORKSPACES: [string, string] = [idOf('T', demoCompany.domain), 'T0ANOTHER']

/** Columns that a later schema does without, and why nothing is lost by it: 'table.column'. */
const TAKEN_AWAY: Record<string, string> = {}

/** What is not there any more, as it was. */
function lost(before: Rows, after: Rows): string[] {
  return [...before].flatMap(([table, rows]) => {
    const now = after.get(table) ?? []
    const isThere = (row: Record<string, unknown>) =>
      now.some((other) =>
        Object.entries(row).every(
          ([column, value]) => `${table}.${column}` in TAKEN_AWAY || same(other[column], value),
        ),
      )
    return rows.filter((row) => !isThere(row)).map((row) => `${table}: ${JSON.stringify(row)}`)
  })
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** A database as it was after one of the migrations. */
async function atSchema(name: string) {
  const database = await createTestDatabase()
  await empty(database.db)
  await migrateTo(database.db, name)
  await fill(database.db, WORKSPACES)
  return database
}

/** Before prompts had a table, their channels were a setting. */
const hadPromptsInSettings = (name: string) => name < '0007'
const chooseChannels = (db: Db) =>
  sql`insert into setting (workspace_id, key, value, changed_at)
    values (${WORKSPACES[0]}, 'prompts.channels', '["C0OLD"]', '2026-01-01')`.execute(db)

describe.each(names)('from %s', (name) => {
  it('every row comes along, and a kudos is given', async () => {
    const database = await atSchema(name)
    const before = await rowsOf(database.db)
    for (const [table, rows] of before) expect([table, rows.length]).toEqual([table, 2])
    if (hadPromptsInSettings(name)) await chooseChannels(database.db)

    await migrate(database.db)
    const after = await rowsOf(database.db)
    expect(lost(before, after)).toEqual([])
    if (hadPromptsInSettings(name)) {
      expect(after.get('prompt_channel')).toMatchObject([{ workspace_id: WORKSPACES[0], channel_id: 'C0OLD' }])
      expect(after.get('setting')).toHaveLength(2)
    }

    const world = await createWorld({ database, mode: 'http' })
    try {
      expect(world.sandbox.app.teamId).toBe(WORKSPACES[0])
      await world.sandbox.as('noor').command('#general', '/kudos', '@ann for coming along')
      await eventually('the card', () =>
        world.sandbox.messages('#general', { app: true }).some(({ text }) => text.includes('coming along')),
      )
      const kudos = await world.stored(({ trx, workspaceId }) =>
        trx.selectFrom('kudos').select('reason').where('workspace_id', '=', workspaceId).execute(),
      )
      const old = before.has('kudos') ? ['reason of row 1'] : []
      expect(kudos.map(({ reason }) => reason).sort()).toEqual(['coming along', ...old])
    } finally {
      await world.stop()
    }
  })
})

describe('these tests fail', () => {
  const newest = names.at(-1) ?? ''
  const upgrade = async (statement: string) => {
    const database = await atSchema(newest)
    try {
      const before = await rowsOf(database.db)
      const up = async (db: Db) => void (await sql.raw(statement).execute(db))
      await migrateTo(database.db, '9999-careless', { '9999-careless': { up: up as never } })
      return lost(before, await rowsOf(database.db))
    } finally {
      await database.drop()
    }
  }

  it('when somebody adds a column to a table with rows that can not be empty, and says not what stands in it', async () => {
    await expect(upgrade('alter table kudos add column careless integer not null')).rejects.toThrow(
      'column "careless" of relation "kudos" contains null values',
    )
  })

  it('when somebody demands what old rows do not have', async () => {
    await expect(upgrade('alter table member alter column tz set not null')).rejects.toThrow('contains null values')
  })

  it.each([
    ['takes rows away', 'delete from kudos_delivery where id = (select min(id::text)::uuid from kudos_delivery)'],
    ['takes a column away', 'alter table avoidance drop column since'],
    ['takes a table away', 'drop table prompt_done'],
    ['changes what stands there', "update kudos set reason = ''"],
  ])('when somebody %s', async (_what, statement) => {
    expect(await upgrade(statement)).not.toEqual([])
  })
})
