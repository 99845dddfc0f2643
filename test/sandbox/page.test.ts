import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { PageState } from '../../src/sandbox/contract.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { StillClock, startWithTinyApp } from './tiny-app.ts'

/** fetch does not let one choose the Host header. */
function ask(url: string, headers: Record<string, string>, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: body ? 'POST' : 'GET', headers, agent: false }, (incoming) => {
      incoming.resume()
      resolve(incoming.statusCode ?? 0)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

describe('what a person sees', () => {
  test('public channels with their own first, and nothing that is not theirs', async () => {
    const { sandbox } = await startWithTinyApp()
    const { channel } = await sandbox.as('ann').post('kudos', 'Hi @noor')
    const state = sandbox.as('noor').sees()
    const names = state.conversations.map(({ name }) => name)
    expect(names).toContain('team-leads')
    expect(names).toContain('Ann Kowalski')
    expect(names).toContain('Ann Kowalski, Tomás Herrera')
    expect(names).not.toContain('photo-shoot')
    expect(names.at(-1)).toBe('design-crit')
    expect(state.conversations.find(({ id }) => id === channel)).toMatchObject({ unread: 1 })
    expect(state.conversations.reduce((sum, { unread }) => sum + unread, 0)).toBe(1)
    const guest = sandbox.as('nils').sees()
    expect(guest.conversations.map(({ name }) => name)).toEqual(['photo-shoot'])
    expect(guest.people.map(({ name }) => name).sort()).toEqual(['hana', 'nils', 'small-acts', 'yuki'])
    expect(sandbox.as('ottoline').sees().commands).toEqual([])
  })

  test('over HTTP, and told when it changes', async () => {
    const { sandbox } = await startWithTinyApp()
    const people = (await (await fetch(`${sandbox.url}/page/people`)).json()) as { name: string; kind: string }[]
    expect(people[0]).toMatchObject({ name: 'noor', kind: 'member', isAdmin: false })
    expect(people.map(({ name }) => name)).not.toContain('piotr')
    const id = sandbox.person('noor').id
    const state = async () => (await (await fetch(`${sandbox.url}/page/state?as=${id}`)).json()) as PageState
    const before = await state()
    const changes = (await fetch(`${sandbox.url}/page/changes`)).body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await changes?.read())?.value).toBe(`data: {"version":${before.version}}\n\n`)
    const act = { type: 'message', as: id, channel: sandbox.channel('general').id, text: 'Hello' }
    const headers = { 'content-type': 'application/json', origin: sandbox.url }
    const done = await fetch(`${sandbox.url}/page/act`, { method: 'POST', headers, body: JSON.stringify(act) })
    expect(await done.json()).toEqual({ ok: true })
    expect((await changes?.read())?.value).toContain('data: {"version":')
    expect((await state()).version).toBeGreaterThan(before.version)
    await changes?.cancel()
  })
})

describe('the door', () => {
  test('only this machine gets in, and only its own page acts', async () => {
    const { sandbox } = await startWithTinyApp()
    const port = new URL(sandbox.url).port
    const act = JSON.stringify({ type: 'home.open', as: sandbox.person('noor').id })
    const json = { 'content-type': 'application/json' }
    expect(await ask(`${sandbox.url}/page/people`, { host: 'evil.example' })).toBe(403)
    expect(await ask(`${sandbox.url}/`, { host: `evil.example:${port}` })).toBe(403)
    expect(await ask(`${sandbox.url}/page/people`, { host: `localhost:${port}` })).toBe(200)
    expect(await ask(`${sandbox.url}/page/act`, { ...json, origin: 'http://evil.example' }, act)).toBe(403)
    expect(await ask(`${sandbox.url}/page/act`, { ...json, origin: 'null' }, act)).toBe(403)
    expect(await ask(`${sandbox.url}/page/act`, { ...json, origin: `http://127.0.0.1:1${port}` }, act)).toBe(403)
    expect(await ask(`${sandbox.url}/page/act`, { 'content-type': 'text/plain' }, act)).toBe(415)
    expect(await ask(`${sandbox.url}/page/act`, { ...json, origin: sandbox.url }, act)).toBe(200)
    expect(await ask(`${sandbox.url}/page/act`, json, '{"type":"nonsense"}')).toBe(400)
  })

  test('the sandbox listens on loopback alone', async () => {
    const host = '0.0.0.0' as '127.0.0.1'
    await expect(startSandbox({ host, port: 0, clock: new StillClock() })).rejects.toThrow('127.0.0.1 only')
  })
})

describe('people among themselves', () => {
  test('join, invite, leave and delete', async () => {
    const { sandbox } = await startWithTinyApp()
    const noor = sandbox.as('noor')
    expect(await noor.join('design-crit')).toMatchObject({ ok: true })
    expect(await noor.invite('design-crit', sandbox.app.botUser)).toMatchObject({ ok: true })
    expect(sandbox.channel('design-crit').members).toContain(sandbox.app.botUser)
    expect(await noor.join('photo-shoot')).toMatchObject({ ok: false })
    expect(await sandbox.as('paulo').join('general')).toMatchObject({ ok: false })
    const message = await noor.post('general', '@ann & co')
    expect(message.text).toBe(`<@${sandbox.person('ann').id}> &amp; co`)
    expect(await sandbox.as('ann').deleteMessage(message)).toMatchObject({ ok: false })
    expect(await sandbox.as('margit').deleteMessage(message)).toMatchObject({ ok: true })
    expect(sandbox.messages('general').map(({ ts }) => ts)).not.toContain(message.ts)
  })
})
