/** Several workspaces in one process, and what becomes of one that removes the app. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLog } from '../../src/platform/log.ts'
import { demoCompany } from '../../src/sandbox/company/company.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { countRows } from '../../src/workspace/deletion-store.ts'
import { addToSlack } from '../support/installing.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
/** Another workspace, with the very same people under the very same ids. */
let other: Sandbox
let logged = ''
beforeAll(async () => {
  const log = createLog('info', {
    write(line) {
      logged += line
    },
  })
  world = await createWorld({ installing: true, mode: 'http', log })
  const { sandbox, clock, problems } = world
  other = await startSandbox({
    port: 0,
    clock,
    company: { ...demoCompany, name: 'Harbour Light', domain: 'harbour-light' },
    beside: sandbox,
    installed: false,
    onProblem: (problem) => problems.push(problem),
  })
  other.connectApp(`http://127.0.0.1:${world.app.port}/slack/events`)
  await addToSlack(world, sandbox)
  await addToSlack(world, other)
  await world.settled()
})
afterAll(async () => {
  await world?.stop()
  await other?.stop()
})

const said = (sandbox: Sandbox) => JSON.stringify(['ann', 'margit'].flatMap((name) => sandbox.directMessages(name)))

const stateOf = async (sandbox: Sandbox) => {
  const { rows } = await sql<{ state: string; token: string | null; because: string | null }>`
    select state, token, stopped_because as because from workspace where id = ${sandbox.app.teamId}`.execute(
    world.database.db,
  )
  return rows[0]
}
const postsSince = (from: number) => world.sandbox.calls.slice(from).filter(({ method }) => method.startsWith('chat.'))

const give = async (sandbox: Sandbox, reason: string) => {
  const seen = await sandbox.as('noor').command('#general', '/kudos', `@ann for ${reason}`)
  await world.settled()
  return seen
}

it('two workspaces give kudos side by side, and nothing crosses', async () => {
  await Promise.all([give(world.sandbox, 'what the first one saw'), give(other, 'what the second one saw')])
  expect(said(world.sandbox)).toContain('what the first one saw')
  expect(said(world.sandbox)).not.toContain('what the second one saw')
  expect(said(other)).toContain('what the second one saw')
  expect(said(other)).not.toContain('what the first one saw')
  await other.as('ann').command('#general', '/kudos', 'mine')
  expect(JSON.stringify(other.ephemerals('ann'))).toContain('what the second one saw')
  expect(JSON.stringify(other.ephemerals('ann'))).not.toContain('what the first one saw')
})

it('a button of one workspace finds nothing in another', async () => {
  const { rows } = await sql<{ id: string }>`
    select id from kudos where workspace_id = ${world.sandbox.app.teamId}`.execute(world.database.db)
  const note = other.directMessages('ann').find(({ blocks }) => JSON.stringify(blocks).includes('kudos.'))
  if (!note) throw new Error('no note')
  await other.as('noor').command('#general', '/kudos', '@ann for what the second one saw')
  const question = other.ephemerals('noor').at(-1)
  if (question)
    await other
      .as('noor')
      .click(question, 'kudos.dismiss')
      .catch(() => null)
  const click = other.deliveries.findLast(({ kind }) => kind === 'block_actions')
  if (!click) throw new Error('nobody clicked')
  const payload = JSON.parse(new URLSearchParams(click.body).get('payload') ?? '')
  Object.assign(payload.actions[0], { action_id: 'kudos.withdraw', value: rows[0]?.id })
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  expect(await other.send({ kind: 'block_actions', name: 'kudos.withdraw', body })).toMatchObject({ status: 200 })
  await world.settled()
  const standing = await sql<{ count: number }>`
    select count(*)::int as count from kudos where id = ${rows[0]?.id} and withdrawn_at is null`.execute(
    world.database.db,
  )
  expect(standing.rows[0]?.count).toBe(1)
})

it('a workspace that removes the app hears nothing any more, and the other goes on', async () => {
  await other.uninstall()
  expect(await stateOf(other)).toEqual({ state: 'uninstalled', token: null, because: 'app_uninstalled' })
  expect(logged).toContain('workspace.stopped')
  // What Slack would not send any more: it must not be answered either.
  const from = world.sandbox.calls.length
  const last = other.deliveries.findLast(({ kind }) => kind === 'command')
  if (!last) throw new Error('nothing was typed')
  await other.repeat(last)
  await world.pass({ minutes: 60 * 24 })
  expect(postsSince(from)).toEqual([])
  await give(world.sandbox, 'going on')
  expect(said(world.sandbox)).toContain('going on')
  expect(said(other)).not.toContain('going on')
})

it('being told twice, or by a latecomer, changes nothing', async () => {
  const before = await stateOf(other)
  const told = other.deliveries.filter(({ kind }) => kind === 'event').slice(-2)
  expect(told.map(({ name }) => name)).toEqual(['tokens_revoked', 'app_uninstalled'])
  for (const event of told) expect(await other.repeat(event)).toMatchObject({ status: 200 })
  expect(await stateOf(other)).toEqual(before)
  await addToSlack(world, other)
  await world.settled()
  for (const event of told) expect(await other.repeat(event)).toMatchObject({ status: 200 })
  expect(await stateOf(other)).toMatchObject({ state: 'active', because: null })
})

it('a workspace that comes back finds everything where it was', async () => {
  await other.as('ann').command('#general', '/kudos', 'mine')
  expect(JSON.stringify(other.ephemerals('ann').at(-1))).toContain('what the second one saw')
  await give(other, 'being back')
  expect(said(other)).toContain('being back')
})

it('the token of a person that is taken away is none of ours', async () => {
  await other.event('tokens_revoked', { tokens: { oauth: [other.person('ann').id], bot: [] } })
  expect(await stateOf(other)).toMatchObject({ state: 'active' })
})

it('a token that Slack does not take any more stops the workspace at the first message, and says so', async () => {
  await other.revokeToken(true)
  const from = world.sandbox.calls.length
  await give(other, 'what nobody will be told')
  expect(await stateOf(other)).toEqual({ state: 'revoked', token: null, because: 'token_revoked' })
  const tried = world.sandbox.calls.slice(from).length
  expect(logged).toMatch(/"state":"revoked","because":"token_revoked".*workspace\.stopped/)
  await world.pass({ minutes: 60 * 24 })
  // The other workspace reads its directory once a day; this one asks for nothing.
  const refused = world.sandbox.calls.slice(from + tried).filter(({ response }) => response.ok === false)
  expect(refused).toEqual([])
  await addToSlack(world, other)
  await world.settled()
  await give(other, 'a new token')
  expect(said(other)).toContain('a new token')
})

it('30 days after a workspace removed the app, nothing is left of it, in any table', async () => {
  const { database, sandbox } = world
  await other.uninstall()
  await world.pass({ minutes: 60 * 24 * 30 - 5 })
  expect((await countRows(database.db, other.app.teamId)).length).toBeGreaterThan(5)
  const before = await countRows(database.db, sandbox.app.teamId)
  await world.pass({ minutes: 10 })
  expect(await placesOf(other.app.teamId)).toEqual([])
  const after = await countRows(database.db, sandbox.app.teamId)
  const kept = (counts: typeof before) => counts.filter(({ table }) => !['pgboss.job'].includes(table))
  expect(kept(after)).toEqual(kept(before))
  expect(await placesOf(sandbox.app.teamId)).toContain('public.kudos')
})

it('and it can begin anew', async () => {
  await addToSlack(world, other)
  await world.settled()
  await give(other, 'a new beginning')
  expect(said(other)).toContain('a new beginning')
  await other.as('ann').command('#general', '/kudos', 'mine')
  expect(JSON.stringify(other.ephemerals('ann').at(-1))).not.toContain('being back')
})

/** Every table with a text in it that names the workspace, whatever column it stands in. */
async function placesOf(workspaceId: string): Promise<string[]> {
  const { db } = world.database
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('public', 'pgboss') and c.relkind = 'r'`.execute(db)
  expect(tables.length).toBeGreaterThan(30)
  const found: string[] = []
  for (const { schema, name } of tables) {
    const { rows } = await sql`
      select from ${sql.table(`${schema}.${name}`)} as t where t::text like ${`%${workspaceId}%`} limit 1`.execute(db)
    if (rows.length > 0) found.push(`${schema}.${name}`)
  }
  return found
}
