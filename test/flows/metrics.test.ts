/** What an operator sees from outside: /metrics, and log lines that belong to one request. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLog } from '../../src/platform/log.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const TOKEN = 'a token that nobody knows'
let world: World
const lines: Record<string, unknown>[] = []

beforeAll(async () => {
  const log = createLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) })
  world = await createWorld({ log, metricsToken: TOKEN })
})
afterAll(() => world?.stop())

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`http://127.0.0.1:${world.app.port}/metrics`, { method, headers })

async function scrape(): Promise<string> {
  const response = await ask({ authorization: `Bearer ${TOKEN}` })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/plain')
  return await response.text()
}

/** The value of a figure with exactly these labels; null when it is not there. */
async function figure(name: string, labels: Record<string, string> = {}): Promise<number | null> {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`)
  const line = (await scrape()).split('\n').find((text) => {
    const [, found, inside = ''] = /^(\w+)(?:\{(.*)\})? /.exec(text) ?? []
    return found === name && inside.split(',').filter(Boolean).sort().join() === wanted.sort().join()
  })
  return line ? Number(line.split(' ').at(-1)) : null
}

const say = (text: string) => world.sandbox.as('noor').command('#general', '/kudos', text)

it('is shown to nobody without the token', async () => {
  for (const headers of [
    {},
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${TOKEN}x` },
    { authorization: TOKEN },
  ]) {
    const response = await ask(headers)
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain('small_acts')
  }
  expect((await ask({ authorization: `Bearer ${TOKEN}` }, 'POST')).status).toBe(404)
})

it('is not there unless it was asked for', async () => {
  const other = await createWorld()
  try {
    const response = await fetch(`http://127.0.0.1:${other.app.port}/metrics`, {
      headers: { authorization: 'Bearer undefined' },
    })
    expect(response.status).toBe(404)
  } finally {
    await other.stop()
  }
})

it('counts answers by kind and outcome, and what became of messages', async () => {
  await say('@ann @kofi for the counted')
  await world.settled()
  expect(await figure('small_acts_ack_seconds_count', { kind: 'command', outcome: 'done' })).toBe(1)
  expect(await figure('small_acts_deliveries_total', { kind: 'card', result: 'sent' })).toBe(1)
  expect(await figure('small_acts_deliveries_total', { kind: 'note', result: 'sent' })).toBe(2)
  expect(await figure('small_acts_deliveries_total', { kind: 'note', result: 'ours' })).toBeNull()
})

it('counts what the database kept from being answered', async () => {
  await world.proxy.down()
  try {
    await say('@ann for the refused')
  } finally {
    world.proxy.up()
  }
  expect(await figure('small_acts_ack_seconds_count', { kind: 'command', outcome: 'failed' })).toBe(1)
})

it('tells the classes of failures apart, and counts waits', async () => {
  const { sandbox } = world
  sandbox.faults.api('chat.postMessage', { status: 429, retryAfter: 1 }, 1)
  sandbox.faults.api('chat.postMessage', { status: 500 }, 1)
  sandbox.faults.api('chat.postMessage', { error: 'invalid_blocks' }, 1)
  await say('@ann for the unlucky')
  const failed = (failure: string) => figure('small_acts_slack_failures_total', { method: 'chat.postMessage', failure })
  await eventually('all three', async () => (await failed('ours')) === 1)
  expect(await failed('rate limited')).toBe(1)
  expect(await failed('transient')).toBe(1)
  expect(await figure('small_acts_rate_limit_waits_total', { queue: 'kudos.deliver' })).toBe(1)
  expect(await figure('small_acts_rate_limit_wait_seconds_total', { queue: 'kudos.deliver' })).toBe(1)
  sandbox.faults.clear()
})

it('shows how long a job has been waiting, the pools, and when schedules last ran', async () => {
  const { sandbox } = world
  await world.settled()
  expect(await figure('small_acts_jobs_waiting', { queue: 'kudos.deliver' })).toBe(0)
  expect(await figure('small_acts_job_oldest_age_seconds', { queue: 'kudos.deliver' })).toBe(0)
  // The first is being posted for long, so that the next one waits.
  sandbox.faults.api('chat.postMessage', { hang: 3_000 }, 1)
  await say('@ann for the slow')
  await say('@ann for the one behind')
  await eventually(
    'one that waits',
    async () => (await figure('small_acts_jobs_waiting', { queue: 'kudos.deliver' })) === 1,
  )
  expect(await figure('small_acts_job_oldest_age_seconds', { queue: 'kudos.deliver' })).toBeGreaterThan(0)
  await world.settled()
  expect(await figure('small_acts_database_answers')).toBe(1)
  expect(await figure('small_acts_database_connections', { pool: 'answering', state: 'max' })).toBe(10)
  expect(await figure('small_acts_database_connections', { pool: 'jobs', state: 'idle' })).toBeGreaterThan(0)
  await eventually('a look', async () => {
    const at = await figure('small_acts_schedule_last_run_timestamp_seconds', { schedule: 'pairing.due' })
    return at !== null && Math.abs(at - world.clock.now() / 1_000) < 120
  })
})

it('still answers when the database does not', async () => {
  await world.proxy.down()
  try {
    expect(await figure('small_acts_database_answers')).toBe(0)
    expect(await figure('small_acts_jobs_waiting', { queue: 'kudos.deliver' })).toBeNull()
    expect(await figure('small_acts_ack_seconds_count', { kind: 'command', outcome: 'done' })).toBeGreaterThan(0)
  } finally {
    world.proxy.up()
  }
})

it('names nobody, no place, and nothing anybody wrote', async () => {
  const { sandbox } = world
  const text = await scrape()
  const [workspace] = await world.stored(async ({ workspaceId }) => [workspaceId])
  const secrets = [workspace, sandbox.channel('#general').id, sandbox.botToken, TOKEN, 'unlucky', 'counted']
  for (const name of ['noor', 'ann', 'kofi']) secrets.push(sandbox.person(name).id)
  for (const secret of secrets) expect(text).not.toContain(secret)
})

it('a request’s id is on its own log lines and on those of the jobs it brought, and on no others', async () => {
  // What was given before is on its way no more, also what waited to be tried again.
  await world.pass({ minutes: 10 })
  lines.length = 0
  await Promise.all(
    ['noor', 'ann', 'mei', 'bram'].map((name) =>
      world.sandbox.as(name).command('#general', '/kudos', `@kofi for ${name}`),
    ),
  )
  await world.settled()
  const requests = lines.filter(({ msg }) => msg === 'kudos.give').map(({ request }) => request)
  expect(new Set(requests).size).toBe(4)
  expect(requests).not.toContain(undefined)
  const delivered = lines.filter(({ msg }) => msg === 'kudos.delivered')
  expect(delivered).toHaveLength(8)
  for (const request of requests) expect(delivered.filter((line) => line.request === request)).toHaveLength(2)
})

it('the id goes on to what a job brings in turn', async () => {
  const { sandbox } = world
  lines.length = 0
  const { id } = await sandbox.addPerson({ name: 'unknown-yet', realName: 'Unknown Yet' })
  // As if the event had been missed.
  await world.stored(({ trx, workspaceId }) =>
    trx.deleteFrom('member').where('workspace_id', '=', workspaceId).where('id', '=', id).execute(),
  )
  await say(`<@${id}|unknown-yet> for being new`)
  await world.settled()
  const of = (name: string) => lines.filter(({ msg }) => msg === name).map(({ request }) => request)
  const [given] = of('kudos.give')
  expect(given).toBeDefined()
  expect(of('kudos.look-up')).toEqual([given])
  expect(new Set(of('kudos.delivered'))).toEqual(new Set([given]))
})
