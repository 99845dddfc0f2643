import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AuthorizationError, isValidSlackRequest, type ReceiverEvent } from '@slack/bolt'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpReceiver, faultOfSignature } from '../src/bolt-receiver.ts'
import { createLog } from '../src/platform/log.ts'

const NOW = 1_772_445_600_000
const isSigned = (...request: Parameters<typeof faultOfSignature>) => faultOfSignature(...request) === null
const sign = (secret: string, timestamp: string, body: Buffer) =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`
/** What Bolt itself says, which takes any timestamp to come for a good one. */
const boltSays = (signingSecret: string, signature: string, timestamp: string, body: string) =>
  isValidSlackRequest({
    signingSecret,
    body,
    headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) },
    nowMilliseconds: NOW,
  })

const secret = fc.string({ minLength: 1, maxLength: 40 })
const timestamp = fc.integer({ min: -400, max: 400 }).map((off) => String(NOW / 1_000 + off))

describe('a signature', () => {
  it('is good when Bolt would say so, and not more than five minutes old or early', () => {
    fc.assert(
      fc.property(secret, timestamp, fc.string({ unit: 'binary' }), (secret, at, text) => {
        const body = Buffer.from(text)
        const signature = sign(secret, at, body)
        const isNow = Math.abs(Number(at) - NOW / 1_000) <= 300
        const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': at }
        expect(isSigned(secret, headers, body, NOW)).toBe(isNow)
        if (isNow) expect(boltSays(secret, signature, at, body.toString())).toBe(true)
      }),
    )
  })

  it('is not good with anything changed in it', () => {
    const changed = fc.constantFrom('secret', 'body', 'timestamp', 'signature')
    const garbage = fc.oneof(fc.string(), fc.constantFrom('v0=', 'v1=', '', '-1', '1e9', 'NaN', ' 1772445600'))
    fc.assert(
      fc.property(secret, fc.string(), changed, garbage, (secret, text, what, other) => {
        const at = String(NOW / 1_000)
        const body = Buffer.from(text)
        const signature = sign(secret, at, body)
        const given = { secret, body: text, timestamp: at, signature }
        fc.pre(given[what as keyof typeof given] !== other)
        const used = { ...given, [what]: other }
        const headers = { 'x-slack-signature': used.signature, 'x-slack-request-timestamp': used.timestamp }
        expect(isSigned(used.secret, headers, Buffer.from(used.body), NOW)).toBe(false)
      }),
    )
  })

  it('is no good twice, in part, or not at all', () => {
    const at = String(NOW / 1_000)
    const body = Buffer.from('x')
    const signature = sign('s', at, body)
    const says = (headers: Record<string, string | string[] | undefined>) => isSigned('s', headers, body, NOW)
    expect(says({ 'x-slack-signature': signature, 'x-slack-request-timestamp': at })).toBe(true)
    expect(says({ 'x-slack-signature': [signature, signature], 'x-slack-request-timestamp': at })).toBe(false)
    expect(says({ 'x-slack-signature': signature })).toBe(false)
    expect(says({ 'x-slack-request-timestamp': at })).toBe(false)
    expect(says({ 'x-slack-signature': signature.toUpperCase(), 'x-slack-request-timestamp': at })).toBe(false)
    expect(says({ 'x-slack-signature': signature.slice(0, -1), 'x-slack-request-timestamp': at })).toBe(false)
  })

  it('that is not good says why', () => {
    const at = String(NOW / 1_000 + 400)
    const of = (signature: string | undefined, timestamp: string) =>
      faultOfSignature(
        's',
        { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp },
        Buffer.from('x'),
        NOW,
      )
    expect(of(undefined, at)).toEqual({ fault: 'no signature' })
    expect(of(sign('s', at, Buffer.from('x')), at)).toEqual({ fault: 'wrong time', seconds: 400 })
    expect(of(sign('s', '1', Buffer.from('x')), '1')).toEqual({ fault: 'wrong time', seconds: 1 - NOW / 1_000 })
    expect(of(sign('other', String(NOW / 1_000), Buffer.from('x')), String(NOW / 1_000))).toEqual({
      fault: 'wrong signature',
    })
  })
})

describe('an answer', () => {
  const receiver = createHttpReceiver('s', createLog('silent'))
  const server = createServer(receiver.requestListener)
  let url = ''
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  const COMMAND = 'command=/kudos&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1.2&response_url=&text='
  async function ask(processEvent: (event: ReceiverEvent) => Promise<void>, body = COMMAND) {
    receiver.init({ processEvent } as never)
    const at = String(Math.floor(Date.now() / 1_000))
    const headers = {
      'content-type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': at,
      'x-slack-signature': sign('s', at, Buffer.from(body)),
    }
    const response = await fetch(url, { method: 'POST', headers, body })
    return [response.status, await response.text()]
  }

  it('is what was acked, once everything is dealt with', async () => {
    expect(await ask(({ ack }) => ack())).toEqual([200, ''])
    expect(await ask(({ ack }) => ack('thank you'))).toEqual([200, 'thank you'])
    expect(await ask(({ ack }) => ack({ text: 'thank you' }))).toEqual([200, '{"text":"thank you"}'])
    let done = false
    await ask(async ({ ack }) => {
      await ack()
      await new Promise((later) => setTimeout(later, 20))
      done = true
    })
    expect(done).toBe(true)
  })

  it('is a failure when something failed, also after the ack, or acked twice', async () => {
    const fails = async () => {
      throw new Error('the database is away')
    }
    expect(await ask(fails)).toEqual([500, ''])
    expect(await ask(({ ack }) => ack().then(fails))).toEqual([500, ''])
    expect(await ask(({ ack }) => ack().then(() => ack()))).toEqual([500, ''])
    const strange = new AuthorizationError('not ours', new Error())
    expect(await ask(() => Promise.reject(strange))).toEqual([401, ''])
  })

  it('is "not found" when nobody acked', async () => {
    expect(await ask(async () => {})).toEqual([404, ''])
  })

  it('breaks off when it can’t be sent, and the next one is answered', async () => {
    await expect(ask(({ ack }) => ack({ amount: 1n }))).rejects.toThrow('fetch failed')
    expect(await ask(({ ack }) => ack())).toEqual([200, ''])
  })

  it('to Slack’s own questions is given without asking anybody', async () => {
    const nobody = async () => expect.fail('somebody was asked')
    expect(await ask(nobody, '{"type":"url_verification","challenge":"3eZbrw"}')).toEqual([
      200,
      '{"challenge":"3eZbrw"}',
    ])
    expect(await ask(nobody, 'ssl_check=1')).toEqual([200, ''])
    expect(await ask(nobody, '{"type":"nonsense"}')).toEqual([400, ''])
  })
})
