/** Jobs whose payload is rubbish: each becomes a dead letter, and everything else goes on meanwhile. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLog } from '../../src/platform/log.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { createQueue, type Queue } from '../../src/platform/queue.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let queue: Queue
beforeAll(async () => {
  world = await createWorld()
  queue = createQueue(world.database.url, createLog('silent'), { waits() {} })
  await queue.start()
})
afterAll(async () => {
  await queue?.stop(1_000)
  await world?.stop()
})

const RUBBISH = 'rubbish'
const poisons = (): object[] => [
  {},
  { workspaceId: 'T0NOWHERE' },
  {
    workspaceId: world.sandbox.app.teamId,
    kudosId: RUBBISH,
    deliveries: 7,
    giving: null,
    ids: RUBBISH,
    messageId: RUBBISH,
    roundId: {},
    postId: RUBBISH,
    answerId: RUBBISH,
    deliveryId: RUBBISH,
    month: RUBBISH,
    zone: RUBBISH,
    to: {},
    message: RUBBISH,
  },
]

const poisoned = (name: string, index: number) => naturalId('poison', name, String(index))

async function statesOf(ids: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string; state: string }>`
    select id, name, state from pgboss.job
    where name <> 'queue.dead-letter' and id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`.execute(
    world.database.db,
  )
  return new Map(rows.map(({ id, name, state }) => [`${name} ${id}`, state]))
}

it('every queue gives up on them in the end, and kudos are shown all the while', async () => {
  const { sandbox, database } = world
  const { rows: queues } = await sql<{ name: string }>`
    select name from pgboss.queue where name not like '\\_\\_%' and name <> 'queue.dead-letter' order by name`.execute(
    database.db,
  )
  expect(queues.length).toBeGreaterThan(15)
  const posted = () => sandbox.calls.filter(({ method, response }) => method === 'chat.postMessage' && response.ok)
  const before = posted().length
  const ids: string[] = []
  for (const { name } of queues) {
    for (const [index, data] of poisons().entries()) {
      const id = poisoned(name, index)
      ids.push(id)
      await queue.send(name, { id, data })
    }
  }
  await sandbox.as('noor').command('#general', '/kudos', '@ann for drinking no poison')
  await eventually('the card', () =>
    sandbox.messages('#general', { app: true }).some(({ text }) => text.includes('drinking no poison')),
  )
  // A day of retries, of which the last ones are enough here.
  await eventually(
    'all of them to be given up, or done because there was nothing to do',
    async () => {
      await sql`update pgboss.job set retry_count = greatest(retry_count, retry_limit - 1), start_after = now()
        where state = 'retry' and name <> 'queue.dead-letter'`.execute(database.db)
      const states = await statesOf(ids)
      return states.size === ids.length && [...states.values()].every((state) => /^(failed|completed)$/.test(state))
    },
    60,
  )
  const failed = [...(await statesOf(ids))].filter(([, state]) => state === 'failed')
  const { rows: letters } = await sql`select id from pgboss.job where name = 'queue.dead-letter'`.execute(database.db)
  expect(letters).toHaveLength(failed.length)
  // Those of a workspace without the app are dropped instead (workspace/installations.ts).
  expect(failed.length).toBeGreaterThan(queues.length / 2)

  await sandbox.as('noor').command('#general', '/kudos', '@ann for being well afterwards')
  await eventually('the card', () =>
    sandbox.messages('#general', { app: true }).some(({ text }) => text.includes('being well afterwards')),
  )
  await world.settled()
  const texts = posted()
    .slice(before)
    .map(({ args }) => String(args.text))
  expect(texts.filter((text) => !/drinking no poison|being well afterwards/.test(text))).toEqual([])
  expect(texts).toHaveLength(4)
  expect((await fetch(`http://127.0.0.1:${world.app.port}/readyz`)).status).toBe(200)
})
