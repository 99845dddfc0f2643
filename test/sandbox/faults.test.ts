import { expect, test } from 'vitest'
import { startWithTinyApp } from './tiny-app.ts'

test('calls fail as planned, that often and no more', async () => {
  const { sandbox, app } = await startWithTinyApp()
  const post = () => app.call('chat.postMessage', { channel: sandbox.channel('general').id, text: 'Hi' })
  sandbox.faults.api('chat.postMessage', { error: 'channel_not_found' }, 2)
  expect(await post()).toEqual({ ok: false, error: 'channel_not_found' })
  expect(await post()).toEqual({ ok: false, error: 'channel_not_found' })
  expect(await post()).toMatchObject({ ok: true })

  const headers = { authorization: `Bearer ${sandbox.botToken}` }
  const raw = () => fetch(`${sandbox.apiUrl}auth.test`, { method: 'POST', headers })
  sandbox.faults.api('*', { status: 429, retryAfter: 7 })
  const limited = await raw()
  expect([limited.status, limited.headers.get('retry-after'), await limited.json()]).toMatchObject([
    429,
    '7',
    { error: 'ratelimited' },
  ])
  sandbox.faults.api('auth.test', { status: 500 })
  expect((await raw()).status).toBe(500)
  expect(sandbox.calls.map((call) => call.status)).toEqual([200, 200, 200, 429, 500])
})

test('a cut connection did the work after, and not before', async () => {
  const { sandbox, app } = await startWithTinyApp()
  const post = (text: string) => app.call('chat.postMessage', { channel: sandbox.channel('general').id, text })
  sandbox.faults.api('chat.postMessage', { cut: 'before' })
  await expect(post('lost')).rejects.toThrow()
  sandbox.faults.api('chat.postMessage', { cut: 'after' })
  await expect(post('done')).rejects.toThrow()
  expect(sandbox.messages('general', { app: true }).map(({ text }) => text)).toEqual(['done'])
  expect(sandbox.calls.map(({ status }) => status)).toEqual([null, null])
})

test('some calls only, late, or none any more', async () => {
  const { sandbox, app } = await startWithTinyApp()
  const ann = sandbox.person('ann').id
  const post = (channel: string) => app.call('chat.postMessage', { channel, text: 'Hi' })
  sandbox.faults.api('chat.postMessage', { error: 'fatal_error' }, 1, (args) => args.channel === ann)
  expect(await post(sandbox.person('kofi').id)).toMatchObject({ ok: true })
  expect(await post(ann)).toMatchObject({ error: 'fatal_error' })
  sandbox.faults.api('chat.postMessage', { hang: 80 })
  const started = performance.now()
  expect(await post(ann)).toMatchObject({ ok: true })
  expect(performance.now() - started).toBeGreaterThan(70)
  sandbox.faults.api('*', { status: 500 })
  sandbox.faults.clear()
  expect(await post(ann)).toMatchObject({ ok: true })
})

test('response_urls fail too, and not with the Web API', async () => {
  const { sandbox, app } = await startWithTinyApp()
  await sandbox.as('noor').command('general', '/kudos')
  const url = app.received[0]?.form.response_url as string
  const headers = { 'content-type': 'application/json' }
  const answer = async () => (await fetch(url, { method: 'POST', headers, body: '{"text":"Hi"}' })).status
  sandbox.faults.api('*', { status: 500 })
  expect(await answer()).toBe(200)
  sandbox.faults.api('response_url', { error: 'expired_url' })
  expect(await answer()).toBe(404)
  sandbox.faults.api('response_url', { status: 429, retryAfter: 1 })
  expect(await answer()).toBe(429)
  expect(sandbox.ephemerals('noor')).toHaveLength(1)
  expect(sandbox.calls.map(({ method }) => method)).toEqual(['response_url', 'response_url', 'response_url'])
})
