/** The operator's commands about installations, as they are run: from a shell, beside an app that serves people. */
import { spawn } from 'node:child_process'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { createSecrets } from '../../src/platform/secrets.ts'
import { rotateKeys } from '../../src/workspace/operating.ts'
import { addToSlack, installConfig } from '../support/installing.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ installing: true, mode: 'http' })
  await addToSlack(world)
  await world.settled()
})
afterAll(() => world?.stop())

const tokens = async () => {
  const { rows } = await sql<{ id: string; token: string }>`
    select id, token from workspace where token is not null order by id`.execute(world.database.db)
  return rows
}
const secretsOf = (...keys: string[]) => createSecrets(installConfig(world.sandbox, ...keys).keys)

/** `npm run ops -- …`, with keys of these names. */
async function ops(keys: string[], ...args: string[]): Promise<{ code: number | null; said: string }> {
  const { clientId, clientSecret, signingSecret } = world.sandbox
  const install = installConfig(world.sandbox, ...keys)
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: world.database.url,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: install.stateSecret,
    PUBLIC_URL: install.publicUrl,
    TOKEN_ENCRYPTION_KEYS: install.keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(),
  }
  const child = spawn(process.execPath, ['src/ops.ts', ...args], { env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      said += data
    })
  }
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, said }
}

it('rotate-keys seals every token with the first key, and finds nothing to do the second time', async () => {
  const keys = ['second', 'first']
  expect(await ops(keys, 'rotate-keys')).toEqual({
    code: 0,
    said: 'Tokens: 1 encrypted with the first key, 0 were already. The other keys are not needed any more.\n',
  })
  expect((await tokens()).map(({ token }) => token.split('.')[0])).toEqual(['second'])
  expect((await ops(keys, 'rotate-keys')).said).toContain('Tokens: 0 encrypted with the first key, 1 were already.')
  const [row] = await tokens()
  expect(secretsOf('second').open(row?.token ?? '', row?.id ?? '')).toBe(world.sandbox.botToken)
})

it('an app that lacks the key of a token does not start, and says which one', async () => {
  // world's own has the key "first" alone.
  await expect(world.another()).rejects.toThrow('TOKEN_ENCRYPTION_KEYS lacks second')
})

it('a run that was stopped goes on where it was, over any number of workspaces', async () => {
  const { db } = world.database
  const first = secretsOf('first')
  // Not active, or the running app would try those tokens once a minute, and be refused.
  const ids = Array.from({ length: 250 }, (_, number) => `T1${String(number).padStart(3, '0')}`)
  for (const id of ids) {
    await sql`
      insert into workspace (id, bot_user_id, bot_id, installed_at, token, state, stopped_at)
      values (${id}, 'U1', 'B1', now(), ${first.seal(`xoxb-${id}`, id)}, 'uninstalled', now())`.execute(db)
  }
  let seen = 0
  const stopping = rotateKeys(db, secretsOf('second', 'first'), (done) => {
    seen = done
    throw new Error('stopped')
  })
  await expect(stopping).rejects.toThrow('stopped')
  expect(seen).toBe(100)
  const { text } = await rotateKeys(db, secretsOf('second', 'first'))
  expect(text).toMatch(/^Tokens: 151 encrypted with the first key, 100 were already/)
  for (const { id, token } of (await tokens()).filter(({ id }) => ids.includes(id))) {
    expect(secretsOf('second').open(token, id)).toBe(`xoxb-${id}`)
  }
})

it('a token that opens with no key is told, and left as it is', async () => {
  const { db } = world.database
  const sealed = secretsOf('lost').seal('xoxb-lost', 'T1000')
  await sql`update workspace set token = ${sealed} where id = 'T1000'`.execute(db)
  const { code, said } = await ops(['second'], 'rotate-keys')
  expect(code).toBe(1)
  expect(said).toContain('Those of T1000 open with none of the keys')
  expect((await tokens()).find(({ id }) => id === 'T1000')?.token).toBe(sealed)
})

it('delete-workspace says what there is, deletes it all once the app was removed, and not before', async () => {
  const { sandbox, database } = world
  const id = sandbox.app.teamId
  const keys = ['second', 'first']
  expect(await ops(keys, 'delete-workspace', id)).toMatchObject({
    code: 1,
    said: expect.stringContaining('Remove it there first'),
  })
  await sandbox.uninstall()
  const rehearsed = await ops(keys, 'delete-workspace', id, '--dry-run')
  expect(rehearsed).toMatchObject({
    code: 0,
    said: expect.stringMatching(/ {2}member: \d+\n[\s\S]*Nothing was done\./),
  })
  expect(await ops(keys, 'delete-workspace', id)).toMatchObject({
    code: 0,
    said: expect.stringContaining('nothing is left of it'),
  })
  const { rows } = await sql`select from member where workspace_id = ${id}`.execute(database.db)
  expect(rows).toEqual([])
  expect((await ops(keys, 'delete-workspace', id)).said).toContain('Nothing is known of a workspace')
})

it('a workspace served with a token of the environment goes on without it, once "Add to Slack" is set up', async () => {
  const single = await createWorld({ mode: 'http' })
  const { sandbox, database } = single
  const { apiUrl, botToken, signingSecret } = sandbox
  const many = { mode: 'http' as const, apiUrl, signingSecret, install: installConfig(sandbox) }
  await single.app.stop()
  const config = {
    database: { kind: 'server' as const, url: database.url },
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent' as const,
    production: false,
    slackRate: 1_000,
  }
  const both = await startApp({ ...config, slack: { ...many, botToken } }, { clock: single.clock })
  await both.stop()
  const stored = await sql<{ token: string }>`select token from workspace`.execute(database.db)
  expect(stored.rows[0]?.token).toMatch(/^first\./)
  const without = await startApp({ ...config, slack: many }, { clock: single.clock })
  sandbox.connectApp(`http://127.0.0.1:${without.port}/slack/events`)
  await sandbox.as('noor').command('#general', '/kudos', '@ann for carrying on')
  await single.settled()
  expect(JSON.stringify(sandbox.directMessages('ann'))).toContain('carrying on')
  await without.stop()
  await single.stop()
})
