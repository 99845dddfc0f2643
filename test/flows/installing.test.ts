/** "Add to Slack": the whole dance with the sandbox's Slack, and every way in which it goes wrong. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../src/platform/log.ts'
import { eventually } from '../support/eventually.ts'
import { addToSlack, answer, begin, finish, look } from '../support/installing.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
/** Every line the app logged. */
let logged = ''
beforeAll(async () => {
  const log = createLog('trace', {
    write(line) {
      logged += line
    },
  })
  world = await createWorld({ installing: true, mode: 'http', log })
})
afterAll(() => world?.stop())

const rows = async () => {
  const { rows } = await sql<{ id: string; state: string; token: string | null; scopes: string[] }>`
    select id, state, token, scopes from workspace order by id`.execute(world.database.db)
  return rows
}

describe('before anybody has installed it', () => {
  it('the app runs, and shows what it asks for and why, in pages nobody else has a part in', async () => {
    for (const [path, words] of [
      ['/', '<dt><code>users:read</code></dt>'],
      ['/privacy', 'It reads no messages'],
      ['/style.css', 'prefers-color-scheme'],
    ]) {
      const { status, body, headers } = await look(`http://127.0.0.1:${world.app.port}${path}`)
      expect(status).toBe(200)
      expect(body).toContain(words)
      expect(body).not.toMatch(/<script|<style|style=|https?:\/\//)
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  it('other addresses, and other ways of asking, find nothing', async () => {
    const asked = async (path: string, method = 'GET') =>
      (await look(`http://127.0.0.1:${world.app.port}${path}`, { method })).status
    expect(await asked('/index.html')).toBe(404)
    expect(await asked('/', 'POST')).toBe(404)
    expect(await asked('/slack/install', 'POST')).toBe(404)
    expect(await asked('/slack/oauth_redirect', 'POST')).toBe(404)
  })

  it('a request of a workspace that does not have it is refused', async () => {
    const body = new URLSearchParams({
      command: '/kudos',
      team_id: 'T0NOBODY',
      user_id: 'U1',
      channel_id: 'C1',
      trigger_id: '1.1',
      response_url: 'https://slack.test/1',
      text: '',
    }).toString()
    expect(await world.sandbox.send({ kind: 'command', name: '/kudos', body })).toMatchObject({ status: 401 })
  })
})

describe('what does not install anything', () => {
  beforeEach(async () => expect(await rows()).toEqual([]))

  const refused = async (seen: Awaited<ReturnType<typeof finish>>, status: number, words: string) => {
    expect(seen.status).toBe(status)
    expect(seen.body).toContain(words)
    expect(seen.body).toContain('Nothing was installed')
    expect(await rows()).toEqual([])
  }

  it('is a no on Slack’s page', async () => {
    const { location, cookie } = await begin(world)
    const back = await answer(world.sandbox, location, { allow: false })
    await refused(await finish(world, back, cookie), 200, 'You did not allow it')
  })

  it('is a state of somebody else’s making', async () => {
    const { location, cookie } = await begin(world)
    const back = new URL(await answer(world.sandbox, location))
    const state = back.searchParams.get('state') ?? ''
    const later = state.replace(/\.(\d{13})\./, (_, time) => `.${Number(time) + 3_600_000}.`)
    for (const forged of [later, `${state}x`, 'x', state.split('.').slice(0, 2).join('.')]) {
      back.searchParams.set('state', forged)
      await refused(await finish(world, back.href, `${cookie.split('=')[0]}=${forged}`), 400, 'begin again')
    }
  })

  it('is a state of another browser, or none', async () => {
    const { location } = await begin(world)
    const { cookie: another } = await begin(world)
    const back = await answer(world.sandbox, location)
    await refused(await finish(world, back, another), 400, 'begin again')
    await refused(await finish(world, back, ''), 400, 'begin again')
    await refused(await finish(world, 'http://127.0.0.1/slack/oauth_redirect', ''), 400, 'begin again')
  })

  it('is a state that is too old', async () => {
    const { location, cookie } = await begin(world)
    const back = await answer(world.sandbox, location)
    await world.pass({ minutes: 11 })
    await refused(await finish(world, back, cookie), 400, 'within 10 minutes')
  })

  it('is a code that Slack does not know, or knew too long ago', async () => {
    const { location, cookie } = await begin(world)
    const back = new URL(await answer(world.sandbox, location))
    back.searchParams.set('code', 'of-my-own-making')
    await refused(await finish(world, back.href, cookie), 400, 'Slack did not take its own answer')
  })

  it('is a Slack that fails, or does not answer', async () => {
    const { sandbox } = world
    for (const [fault, status] of [
      [{ error: 'bad_client_secret' }, 500],
      [{ cut: 'before' }, 502],
    ] as const) {
      sandbox.faults.api('oauth.v2.access', fault)
      const { location, cookie } = await begin(world)
      await refused(await finish(world, await answer(sandbox, location), cookie), status, 'begin again')
    }
  })

  it('is a whole organisation, whose token is given back', async () => {
    const { sandbox } = world
    const seen = await addToSlack(world, sandbox, { organisation: true })
    await refused(seen, 403, 'whole organisation')
    expect(sandbox.calls.at(-1)).toMatchObject({ method: 'auth.revoke', response: { ok: true } })
  })
})

describe('installing', () => {
  it('ends with a workspace that works, and one message: to whoever installed it', async () => {
    const { sandbox } = world
    const seen = await addToSlack(world, sandbox, { as: 'margit' })
    expect(seen).toMatchObject({ status: 200 })
    expect(seen.body).toContain('Small Acts is installed')
    await world.settled()
    const [row] = await rows()
    expect(row).toMatchObject({ id: sandbox.app.teamId, state: 'active' })
    expect(row?.scopes).toEqual(expect.arrayContaining(['commands', 'chat:write', 'users:read']))
    const posts = sandbox.calls.filter(({ method }) => method === 'chat.postMessage')
    expect(posts.map(({ args }) => args.channel)).toEqual([sandbox.person('margit').id])
    const [welcome] = sandbox.directMessages('margit')
    if (!welcome) throw new Error('nobody was welcomed')
    await sandbox.as('margit').click(welcome, 'settings.workspace')
    await eventually('the form', () => sandbox.view('margit'))
    await sandbox.as('margit').close()
    await sandbox.as('noor').command('#general', '/kudos', '@ann for the very first time')
    await world.settled()
    expect(JSON.stringify(sandbox.directMessages('ann'))).toContain('the very first time')
  })

  it('works once with each state, in whatever process', async () => {
    const { sandbox } = world
    const { location, cookie } = await begin(world)
    const back = await answer(sandbox, location)
    expect((await finish(world, back, cookie)).status).toBe(200)
    const another = await world.another()
    // A fresh code does not help a state that was used.
    const again = new URL(await answer(sandbox, location))
    const seen = await finish({ ...world, app: another }, again.href, cookie)
    expect(seen).toMatchObject({ status: 400 })
    await another.stop()
    sandbox.connectApp(`http://127.0.0.1:${world.app.port}/slack/events`)
  })

  it('again keeps everything, and asks for nothing but a click', async () => {
    await addToSlack(world)
    await world.settled()
    expect(await rows()).toHaveLength(1)
    expect(JSON.stringify(world.sandbox.directMessages('margit').at(-1))).toContain('is back')
    expect(await world.given('noor')).toHaveLength(1)
  })

  it('outlives a restart, and writes no secret down where it can be read', async () => {
    const { sandbox } = world
    await world.restart()
    await sandbox.as('kofi').command('#general', '/kudos', '@ann for the second time')
    await world.settled()
    expect(JSON.stringify(sandbox.directMessages('ann'))).toContain('the second time')
    const [row] = await rows()
    expect(row?.token).toMatch(/^first\.[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(logged).toContain('workspace.installed')
    for (const secret of ['xoxb-', sandbox.clientSecret, sandbox.signingSecret, row?.token ?? '']) {
      expect(logged).not.toContain(secret)
    }
  })
})
