/** What does not come from Slack, or does not come whole: the right status, no stack trace, and the app goes on. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ mode: 'http' })
})
afterAll(() => world?.stop())

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'
const now = () => Math.floor(Date.now() / 1_000)
const good = (over: Record<string, string> = {}) =>
  new URLSearchParams({
    command: '/kudos',
    team_id: world.sandbox.app.teamId,
    user_id: world.sandbox.person('noor').id,
    channel_id: world.sandbox.channel('general').id,
    trigger_id: '1.2.3',
    response_url: 'http://127.0.0.1:1/',
    text: 'help',
    ...over,
  }).toString()

describe('a signature', () => {
  it.each([
    ['five minutes old', -299, 200],
    ['older', -302, 401],
    ['a little ahead', 290, 200],
    ['from the future', 310, 401],
  ])('that is %s', async (_what, seconds, status) => {
    expect((await world.sandbox.send({ body: good(), timestamp: now() + seconds })).status).toBe(status)
  })

  it.each([
    ['none', { 'x-slack-signature': '' }],
    ['one of another version', { 'x-slack-signature': 'v1=00' }],
    ['half of one', { 'x-slack-signature': 'v0=' }],
    ['a time that is none', { 'x-slack-request-timestamp': 'yesterday' }],
  ])('that is %s is refused', async (_what, headers) => {
    const { status, response } = await world.sandbox.send({ body: good(), headers })
    expect({ status, response }).toEqual({ status: 401, response: '' })
  })
})

it('Slack’s look at our certificate is answered without a signature, and nothing else in it counts', async () => {
  const headers = { 'x-slack-signature': '', 'x-slack-request-timestamp': '' }
  const before = await world.given('noor')
  const body = good({ ssl_check: '1', text: `<@${world.sandbox.person('ann').id}> for nothing` })
  const { status, response } = await world.sandbox.send({ body, headers })
  expect({ status, response }).toEqual({ status: 200, response: '' })
  expect(await world.given('noor')).toEqual(before)
  expect((await world.sandbox.send({ body: good({ ssl_check: '0' }), headers })).status).toBe(401)
})

describe('a body', () => {
  const broken: [string, string, string][] = [
    ['that is empty', '', FORM],
    ['with half a payload', 'payload=%7B%22type%22', FORM],
    ['with a payload of null', 'payload=null', FORM],
    ['with a payload of a number', 'payload=5', FORM],
    ['with two payloads', 'payload=%7B%7D&payload=%7B%7D', FORM],
    ['of JSON that is none', '{"type":', JSON_TYPE],
    ['of null', 'null', JSON_TYPE],
    ['of a list', '[]', JSON_TYPE],
    ['of an event without one', '{"type":"event_callback"}', JSON_TYPE],
    [
      'of a click on nothing',
      `payload=${encodeURIComponent('{"type":"block_actions","user":{"id":"U1"},"actions":[]}')}`,
      FORM,
    ],
    ['of no type that there is', 'payload=%7B%22type%22%3A%22dialog%22%7D', FORM],
    ['of a form, said to be JSON', 'command=%2Fkudos', JSON_TYPE],
    ['of another type', 'command=%2Fkudos', 'multipart/form-data'],
  ]
  it.each(broken)('%s is no request', async (_what, body, contentType) => {
    const { status, response } = await world.sandbox.send({ body, contentType })
    expect({ status, response }).toEqual({ status: 400, response: '' })
  })

  it('of which a field comes twice is none either', async () => {
    expect((await world.sandbox.send({ body: `${good()}&user_id=U0OTHER` })).status).toBe(400)
  })

  it('that is too long is not read to its end', async () => {
    const { status } = await world.sandbox.send({ body: good({ text: 'x'.repeat(1024 * 1024) }) })
    // Whether the answer or the closed connection is seen first is chance; read it is not.
    expect([413, null]).toContain(status)
    expect(await streamed(1024 * 1024 + 1)).toBe(413)
  })

  /** Sends so many bytes without saying before how many. */
  const streamed = (bytes: number) =>
    new Promise<number | undefined>((done, fail) => {
      const headers = { 'content-type': FORM, 'transfer-encoding': 'chunked' }
      const target = { host: '127.0.0.1', port: world.app.port, path: '/slack/events', method: 'POST', headers }
      const sending = request(target, (answer) => {
        answer.resume()
        done(answer.statusCode)
        sending.destroy()
      })
      sending.on('error', fail)
      sending.write(Buffer.alloc(bytes))
    })
})

describe('a request', () => {
  it('for which nobody listens is answered at once', async () => {
    const click = { type: 'block_actions', user: { id: 'U1' }, team: { id: world.sandbox.app.teamId }, trigger_id: '1' }
    const payload = { ...click, actions: [{ type: 'button', action_id: 'no.such', block_id: 'b', value: '' }] }
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
    const { status, ms } = await world.sandbox.send({ body })
    expect(status).toBe(404)
    expect(ms).toBeLessThan(2_900)
  })

  it('of another workspace is refused, of whatever kind', async () => {
    const elsewhere = { team: { id: 'T0ELSEWHERE' }, user: { id: 'U1', team_id: 'T0ELSEWHERE' }, trigger_id: '1' }
    const actions = [{ type: 'button', action_id: 'kudos.undo', block_id: 'b', value: '' }]
    const event = {
      type: 'event_callback',
      team_id: 'T0ELSEWHERE',
      event_id: 'Ev1',
      event: { type: 'team_join', user: { id: 'U1' } },
    }
    const bodies: [string, string][] = [
      [good({ team_id: 'T0ELSEWHERE' }), FORM],
      [`payload=${encodeURIComponent(JSON.stringify({ ...elsewhere, type: 'block_actions', actions }))}`, FORM],
      [JSON.stringify(event), JSON_TYPE],
    ]
    for (const [body, contentType] of bodies) {
      const { status, response } = await world.sandbox.send({ body, contentType })
      expect({ status, response }).toEqual({ status: 401, response: '' })
    }
  })

  it('that comes a second time does nothing a second time', async () => {
    const { sandbox } = world
    await sandbox.as('noor').command('#general', '/kudos', '@ann for the one and only')
    const said = sandbox.deliveries.findLast(({ kind }) => kind === 'command')
    if (!said) throw new Error('nothing was said')
    for (let again = 0; again < 3; again += 1) expect((await sandbox.repeat(said)).status).toBe(200)
    await world.settled()
    expect((await world.given('noor')).filter(({ reason }) => reason === 'the one and only')).toHaveLength(1)
  })
})

describe('somebody of another organisation', () => {
  it('gets a sentence for a click, and nothing happens', async () => {
    const { sandbox } = world
    await sandbox.as('kofi').command('#general', '/kudos', '@ann for what all can see')
    await world.settled()
    const card = sandbox.messages('#general', { app: true }).at(-1)
    if (!card) throw new Error('no card')
    const [kudos] = await world.given('kofi')
    await sandbox.as('ann').click(card, 'kudos.more', `report ${kudos?.id}`)
    const click = sandbox.deliveries.findLast(({ name }) => name === 'kudos.more')
    const payload = JSON.parse(new URLSearchParams(click?.body).get('payload') ?? '')
    payload.user = { id: 'U0STRANGE', team_id: 'T0ELSEWHERE' }
    payload.actions[0].selected_option.value = `keep-private ${kudos?.id}`
    const answers = () => sandbox.calls.length
    const before = answers()
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
    expect(await sandbox.send({ body })).toMatchObject({ status: 200, response: '' })
    await eventually('the sentence', () =>
      sandbox.ephemerals('ann').some(({ text }) => text.includes('for the people of this workspace')),
    )
    expect(JSON.stringify(sandbox.calls.slice(before))).not.toContain('what all can see')
    expect((await world.given('kofi'))[0]?.keptPrivate).toEqual([])
  })

  it('gets a sentence for a command', async () => {
    const { sandbox } = world
    const ottoline = sandbox.person('ottoline').id
    for (const [command, text] of [
      ['/smallacts', 'join'],
      ['/smallacts', 'export'],
      ['/kudos', `<@${sandbox.person('ann').id}|ann> for nothing`],
    ] as const) {
      const { status, response } = await sandbox.send({
        body: good({ command, text, user_id: ottoline, trigger_id: text }),
      })
      expect(status).toBe(200)
      expect(JSON.stringify(response)).toMatch(/people of this workspace|another organisation/)
    }
    expect(await world.given('ottoline')).toEqual([])
  })
})
