/** `npm run ops -- status`, `retry` and `drop`, as an operator runs them beside the app. */
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { listDeliveries } from '../../src/kudos/delivery-store.ts'
import { insertMessages } from '../../src/pairing/message-store.ts'
import { saveInstallation } from '../../src/workspace/store.ts'
import { createTestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const OPS = join(import.meta.dirname, '../../src/ops.ts')
let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())
beforeEach(async () => {
  world.sandbox.faults.clear()
  await sql`delete from pgboss.job where name = 'queue.dead-letter'`.execute(world.database.db)
})

interface Ran {
  code: number
  out: string
  err: string
}

function ops(args: string[], url = world.database.url): Promise<Ran> {
  const env = { PATH: process.env.PATH, DATABASE_URL: url }
  return new Promise((done) =>
    execFile(process.execPath, [OPS, ...args], { env, cwd: tmpdir() }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    ),
  )
}

/** A kudos whose card Slack refuses for good, so that its job is given up. */
async function refused(reason: string, error = 'invalid_blocks') {
  const { sandbox } = world
  sandbox.faults.api('chat.postMessage', { error }, 1, ({ channel }) => channel === sandbox.channel('#general').id)
  await sandbox.as('noor').command('#general', '/kudos', `@ann for ${reason}`)
  await world.settled()
}

const letters = async () => {
  const { rows } = await sql<{ id: string }>`
    select id from pgboss.job where name = 'queue.dead-letter' order by created_on`.execute(world.database.db)
  return rows.map(({ id }) => id)
}
const cards = (reason: string) =>
  world.sandbox.messages('#general', { app: true }).filter(({ text }) => text.includes(reason))
const notes = (reason: string) => world.sandbox.directMessages('ann').filter(({ text }) => text.includes(reason))

it('tells schedules, queues, dead letters with their failure, and never what anybody wrote', async () => {
  await refused('the secret of the day')
  const [id] = await letters()
  const { code, out } = await eventually('the first count of jobs', async () => {
    const told = await ops(['status'])
    return told.out.includes('The app last looked after them never') ? null : told
  })
  expect(code).toBe(0)
  expect(out).toMatch(/directory of members +20\d\d-\d\d-\d\d \d\d:\d\d UTC +20/)
  expect(out).toMatch(/weekly prompt +never +nobody has chosen one/)
  expect(out).toMatch(/check-ins +never +20\d\d/)
  expect(out).toContain('What is due was last looked for')
  expect(out).toMatch(/Queues\. The app last looked after them \d+ s ago\./)
  expect(out).toContain('Dead letters, jobs that were given up: 1.')
  expect(out).toMatch(new RegExp(`${id} +kudos.deliver +T\\w+ .* 1 +Slack: ours: chat.postMessage: invalid_blocks`))
  expect(out).toContain('Next round:')
  for (const hidden of ['secret', world.sandbox.person('noor').id, world.sandbox.person('ann').id]) {
    expect(out).not.toContain(hidden)
  }
})

it('tells what fails and is tried again by itself, and what waits for its time', async () => {
  const { sandbox } = world
  sandbox.faults.api('chat.postMessage', { status: 500 }, 50)
  await sandbox.as('noor').command('#general', '/kudos', '@ann for trying')
  const out = await eventually('the failure', async () => {
    const { out } = await ops(['status'])
    return /kudos\.deliver +\d+ .*Slack: transient: chat\.postMessage: http_500/.test(out) ? out : null
  })
  expect(out).toMatch(/kudos\.deliver +(0 +\d +1|1 +\d +0)/)
  sandbox.faults.clear()
  await world.pass({ minutes: 10 })
  expect(cards('trying')).toHaveLength(1)
  expect((await ops(['status'])).out).toContain('No job has failed that is still to be tried again.')
})

it('does a job again that was given up: its card appears, and no note twice', async () => {
  await refused('the second chance')
  expect([cards('second chance').length, notes('second chance').length]).toEqual([0, 1])
  const [id = ''] = await letters()
  const { code, out, err } = await ops(['retry', id])
  expect([code, out]).toEqual([0, '1 job was put back. The running app takes them up within seconds.\n'])
  expect(err).toBe('retry: 1 of 1\n')
  await eventually('the card', () => cards('second chance').length === 1)
  await world.settled()
  expect(notes('second chance')).toHaveLength(1)
  expect(await letters()).toEqual([])
  const again = await ops(['retry', id])
  expect([again.code, again.err]).toEqual([1, `No dead letter ${id} is known. "status" lists them.\n`])
})

it('does it again under its own id when nothing is left of the job but the dead letter', async () => {
  await refused('the long forgotten')
  await sql`delete from pgboss.job where name = 'kudos.deliver'`.execute(world.database.db)
  const [id = ''] = await letters()
  expect((await ops(['retry', id])).code).toBe(0)
  await eventually('the card', () => cards('long forgotten').length === 1)
})

it('shows no second card when the kudos has been shown elsewhere meanwhile', async () => {
  await refused('the elsewhere')
  const [kudos] = await world.given('noor')
  await world.stored(({ trx, workspaceId }) =>
    trx
      .insertInto('kudos_delivery')
      .values({
        workspace_id: workspaceId,
        id: '00000000-0000-5000-8000-000000000001',
        kudos_id: kudos?.id ?? '',
        kind: 'card',
        target: 'C0ELSEWHERE',
        state: 'sent',
      } as never)
      .execute(),
  )
  await ops(['retry', '--all'])
  await world.settled()
  expect(cards('the elsewhere')).toHaveLength(0)
  const ledger = await world.stored((tenant) => listDeliveries(tenant, kudos?.id ?? ''))
  expect(ledger.map(({ kind, state }) => [kind, state])).toContainEqual(['card', 'failed'])
})

it('does all again, or all of one queue, and says how far it is', async () => {
  for (const number of [1, 2, 3]) await refused(`number ${number} of three`)
  expect((await ops(['retry', '--all', '--queue', 'prompts.post'])).err).toContain('no dead letters of prompts.post')
  const { out, err } = await ops(['retry', '--all', '--queue', 'kudos.deliver'])
  expect(out).toContain('3 jobs were put back.')
  expect(err).toBe('retry: 1 of 3\nretry: 2 of 3\nretry: 3 of 3\n')
  await eventually('the cards', () => cards('of three').length === 3)
  expect((await ops(['retry', '--all'])).code).toBe(1)
})

it('sends a message about check-ins again that was given up', async () => {
  const { sandbox } = world
  const target = sandbox.person('ann').id
  sandbox.faults.api('chat.postMessage', { error: 'invalid_blocks' }, 1)
  const before = sandbox.directMessages('ann').length
  await world.stored((tenant) =>
    insertMessages(tenant, [
      { kind: 'missed', roundId: null, pairingId: null, target, dueAt: new Date(world.clock.now()) },
    ]),
  )
  await world.pass({ minutes: 1 })
  expect([sandbox.directMessages('ann').length, (await letters()).length]).toEqual([before, 1])
  expect((await ops(['retry', '--all'])).out).toContain('1 job was put back')
  await eventually('the message', () => sandbox.directMessages('ann').length === before + 1)
})

it('a poisoned job is put back and given up again, and others go on', async () => {
  await sql`insert into pgboss.job (id, name, data, dead_letter, retry_limit)
    values ('00000000-0000-4000-8000-00000000000a', 'kudos.deliver', ${JSON.stringify({ workspaceId: world.sandbox.app.teamId, kudosId: 'rubbish', deliveries: 7 })}, 'queue.dead-letter', 0)`.execute(
    world.database.db,
  )
  const [id = ''] = await eventually('the dead letter', async () => ((await letters()).length === 1 ? letters() : null))
  expect((await ops(['status'])).out).toMatch(/DatabaseError: 22P02/)
  expect((await ops(['retry', id])).code).toBe(0)
  await world.sandbox.as('noor').command('#general', '/kudos', '@ann for going on')
  await eventually('the card', () => cards('going on').length === 1)
})

it('forgets a job, and what it carried', async () => {
  await refused('to be forgotten')
  const [id = ''] = await letters()
  expect((await ops(['drop', id])).out).toBe('The job of kudos.deliver is forgotten.\n')
  expect(await letters()).toEqual([])
  const { rows } = await sql`select 1 from pgboss.job where state = 'failed'`.execute(world.database.db)
  expect(rows).toEqual([])
  expect((await ops(['drop', id])).code).toBe(1)
  expect(cards('to be forgotten')).toHaveLength(0)
})

it('explains itself', async () => {
  for (const args of [['retry'], ['retry', '--queue', 'x'], ['retry', 'a', 'b'], ['drop'], ['drop', '--all']]) {
    const { code, err } = await ops(args)
    expect(code).toBe(1)
    expect(err).toMatch(/Usage:|No dead letter/)
  }
  expect((await ops(['retry', 'rubbish'])).err).toBe('No dead letter rubbish is known. "status" lists them.\n')
  expect((await ops(['status', '--workspace', 'T0NOWHERE'])).err).toContain('No workspace T0NOWHERE is installed')
})

it('status is of use before the app was ever started', async () => {
  const empty = await createTestDatabase()
  try {
    const { code, out } = await ops(['status'], empty.url)
    expect(code).toBe(0)
    expect(out).toContain('No workspace is known yet.')
    expect(out).toContain('There is no queue yet')
  } finally {
    await empty.drop()
  }
})

it('asks which workspace, where several are installed, and works in the one that was named', async () => {
  const database = await createTestDatabase()
  try {
    for (const workspaceId of ['T0ONE', 'T0TWO'])
      await saveInstallation(database.db, { workspaceId, botUserId: 'UBOT', botId: 'BBOT' }, new Date())
    const set = ['set', 'kudos.daily-limit', '7']
    const asked = await ops(set, database.url)
    expect(asked).toMatchObject({ code: 1, out: '' })
    expect(asked.err).toContain('Say which workspace this is about, with --workspace: T0ONE, T0TWO.')
    expect((await ops([...set, '--workspace', 'T0THREE'], database.url)).err).toContain('There are: T0ONE, T0TWO.')
    expect(await ops([...set, '--workspace', 'T0TWO'], database.url)).toMatchObject({ code: 0, err: '' })
    const { rows } = await sql`select workspace_id, value from setting`.execute(database.db)
    expect(rows).toEqual([{ workspace_id: 'T0TWO', value: 7 }])
    for (const command of [
      ['post-prompt', '--channel', 'C0ANY'],
      ['import-teams', '/nowhere.csv'],
    ])
      expect((await ops(command, database.url)).err).toContain('Say which workspace')
  } finally {
    await database.drop()
  }
})
