/**
 * `npm run bench -- faults`: everything that can fail fails while kudos, a round of five hundred and weekly prompts are on
 * their way. What was confirmed is counted again at the end. FAULTS_KILLS makes a shorter run.
 */
import { randomInt } from 'node:crypto'
import pg from 'pg'
import { createLog } from '../../src/platform/log.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { createQueue } from '../../src/platform/queue.ts'
import type { Fault } from '../../src/sandbox/slack/faults.ts'
import { eventually } from '../support/eventually.ts'
import type { Bench, BenchRun } from './bench.ts'
import { prepareWork, type SlowWork, untilDirectoryIsRead } from './faults-work.ts'
import { createFaultyWorld, type FaultyWorld } from './faults-world.ts'
import { percentile } from './load.ts'

const KILLS = Number(process.env.FAULTS_KILLS ?? 50)
const CHANNELS = 100
/** Every so many kills, all is waited for: how long that takes is the recovery. */
const WAIT_EVERY = 3
const GONE_MS = 60_000
const FULL_MS = 20_000
const MOST_RECOVERY_S = 30

export const faultsBench: Bench = async (run) => {
  const world = await createFaultyWorld(run)
  await world.start()
  await untilDirectoryIsRead(world)
  const work = await prepareWork(world, CHANNELS)
  const people = world.stream()
  await eventually('the first kudos', () => world.confirmed.size > 10)
  const recoveries = await kills(run, world, work)
  await people.stop()
  await world.recovered(Date.now())
  const afterKills = { ...counted(world), ...(await work.outcome()) }
  run.say(`after ${KILLS} kills: ${JSON.stringify(afterKills)}`)
  const database = await databaseFaults(run, world)
  const slack = await slackFaults(run, world)
  const poison = await poisons(run, world)
  await world.recovered(Date.now())
  const all = { ...counted(world), ...(await work.outcome()) }
  run.say(`at the end: ${JSON.stringify(all)}`)
  recoveries.sort((a, b) => a - b)
  const worst = recoveries.at(-1) ?? 0
  const twice = afterKills.cardsTwice + afterKills.notesTwice + afterKills.proposalsTwice
  const missing = all.cardsMissing + all.notesMissing + all.proposalsMissing + all.promptsMissing
  const goal = (text: string, measured: number | string, met: boolean) => ({ goal: text, measured, met })
  return {
    figures: {
      ...{ kills: KILLS, afterKills, all, database, slack, poison },
      recovery: { p50: percentile(recoveries, 0.5), worst },
    },
    goals: {
      lost: goal('no confirmed kudos lost', all.lost, all.lost === 0),
      missing: goal('no message missing', missing, missing === 0),
      twice: goal('at most one message twice a kill', twice, twice <= KILLS),
      prompts: goal('no prompt twice', all.promptsTwice, all.promptsTwice === 0),
      recovery: goal(
        `all is dealt with ${MOST_RECOVERY_S} s after a kill, at the worst`,
        worst,
        worst <= MOST_RECOVERY_S,
      ),
    },
  }
}

async function kills(run: BenchRun, world: FaultyWorld, work: SlowWork): Promise<number[]> {
  const recoveries: number[] = []
  // The sandbox remembers its latest calls alone.
  let posted = 0
  world.sandbox.faults.api('chat.postMessage', { status: 500 }, 1, () => {
    posted += 1
    return false
  })
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const target = posted + randomInt(1, 30)
    const confirmed = world.confirmed.size
    await eventually('messages on their way', () => posted >= target, 60).catch(async (error: unknown) => {
      run.say(`kill ${kill}: ${world.confirmed.size - confirmed} confirmed meanwhile; jobs: ${await world.jobs()}`)
      throw error
    })
    await world.kill()
    const at = Date.now()
    await work.release(Math.ceil(500 / KILLS), Math.ceil(CHANNELS / KILLS))
    await world.start()
    if (kill % WAIT_EVERY > 0 && kill < KILLS) continue
    const seconds = rounded(await world.recovered(at))
    recoveries.push(seconds)
    run.say(`kill ${kill}: all that was on its way was there ${seconds} s later, ${world.confirmed.size} confirmed`)
  }
  await work.releaseAll()
  // The minute that looks for what is due.
  await eventually('the rest to be sent', work.isSent, 300)
  return recoveries
}

async function databaseFaults(run: BenchRun, world: FaultyWorld): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  const during = async (name: string, fault: () => Promise<void>) => {
    const people = world.stream()
    const before = world.confirmed.size
    await eventually('kudos', () => world.confirmed.size > before + 20, 60)
    await fault()
    const [back, confirmed] = [Date.now(), world.confirmed.size]
    await eventually('kudos again', () => world.confirmed.size > confirmed, 120)
    figures[`${name}, s to the next kudos`] = rounded((Date.now() - back) / 1_000)
    figures[`${name}, s to all dealt with`] = rounded(await world.recovered(back))
    await people.stop()
    run.say(`${name}: ${JSON.stringify(figures)}`)
  }
  const { server } = world
  await during('PostgreSQL restarted', async () => {
    await server.stop()
    await server.start()
  })
  await during('PostgreSQL gone for a minute', async () => {
    await server.stop()
    await pause(GONE_MS)
    await server.start()
  })
  await during('out of connections', () => withoutConnections(server.url))
  return figures
}

/** Throws the app out, and takes every connection there is before it comes back. */
async function withoutConnections(url: string): Promise<void> {
  const held: pg.Client[] = []
  const take = async () => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    await client.connect()
    held.push(client)
  }
  await take()
  const until = Date.now() + FULL_MS
  while (Date.now() < until) {
    await held[0]?.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'small-acts%' and pid <> pg_backend_pid()",
    )
    while (
      await take().then(
        () => true,
        () => false,
      )
    );
    await pause(100)
  }
  await Promise.all(held.map((client) => client.end().catch(() => {})))
}

const FAULTS: Record<string, Fault> = {
  '500': { status: 500 },
  '429': { status: 429, retryAfter: 2 },
  nothing: { hang: 11_000 },
  'cut before': { cut: 'before' },
  'cut after': { cut: 'after' },
}
const EACH = 10

async function slackFaults(run: BenchRun, world: FaultyWorld): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  for (const [name, fault] of Object.entries(FAULTS)) {
    const people = world.stream()
    const before = counted(world)
    let met = 0
    world.sandbox.faults.api('chat.postMessage', fault, EACH, () => {
      met += 1
      return true
    })
    await eventually('the faults', () => met === EACH, 180)
    await people.stop()
    figures[`${name}, s to all dealt with`] = rounded(await world.recovered(Date.now()))
    const after = counted(world)
    figures[`${name}, twice`] = after.cardsTwice + after.notesTwice - before.cardsTwice - before.notesTwice
    world.sandbox.faults.clear()
  }
  run.say(`Slack: ${JSON.stringify(figures)}`)
  return figures
}

/** Rubbish in every queue, while kudos go on. */
async function poisons(run: BenchRun, world: FaultyWorld): Promise<Record<string, number>> {
  const queue = createQueue(world.server.url, createLog('silent'), { waits() {} })
  await queue.start()
  run.afterwards(() => queue.stop(1_000))
  const client = new pg.Client({ connectionString: world.server.url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    "select name from pgboss.queue where name not like '\\_\\_%' and name <> 'queue.dead-letter'",
  )
  await client.end()
  const people = world.stream()
  const [began, before] = [Date.now(), world.confirmed.size]
  for (const { name } of rows) {
    for (const [index, data] of [{}, { workspaceId: world.workspaceId, kudosId: 7, giving: {}, ids: [7] }].entries()) {
      await queue.send(name, { id: naturalId('poison', name, String(index)), data })
    }
  }
  await eventually('kudos meanwhile', () => world.confirmed.size > before + 200, 120)
  await people.stop()
  const figures = { queues: rows.length, 's to all dealt with': rounded(await world.recovered(began)) }
  run.say(`poisoned: ${JSON.stringify(figures)}`)
  return figures
}

/** What was confirmed, against what is to be seen. */
function counted({ confirmed, shown }: FaultyWorld) {
  const { cards, notes } = shown()
  const reasons = [...confirmed.keys()]
  const missing = (seen: Map<string, number>) => reasons.filter((reason) => !seen.has(reason)).length
  const twice = (seen: Map<string, number>) => [...seen.values()].reduce((sum, count) => sum + count - 1, 0)
  const lost = reasons.filter((reason) => !cards.has(reason) && !notes.has(reason)).length
  return {
    ...{ confirmed: reasons.length, lost, cardsMissing: missing(cards), notesMissing: missing(notes) },
    ...{ cardsTwice: twice(cards), notesTwice: twice(notes) },
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
const rounded = (figure: number) => Math.round(figure * 10) / 10
