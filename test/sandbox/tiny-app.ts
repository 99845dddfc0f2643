import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../src/platform/clock.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts'

interface Received {
  headers: IncomingHttpHeaders
  body: string
  /** A command's fields. */
  form: Record<string, string>
  /** An interaction's payload or an event's envelope. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into payloads freely
  payload: any
}

interface Reply {
  status?: number
  json?: unknown
  text?: string
  /** Never answers. */
  silent?: boolean
}

/** A workspace, and an app that answers as it is told and writes down what it was asked. */
export async function startWithTinyApp(options: Partial<SandboxOptions> = {}) {
  const received: Received[] = []
  const app = {
    received,
    reply: (() => ({})) as (request: Received) => Reply | Promise<Reply>,
    /** Calls the Web API as the app would; the answer, whatever it is. */
    async call(method: string, args: Record<string, unknown> = {}, token = sandbox.botToken) {
      const form = Object.entries(args).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)])
      const headers = { authorization: `Bearer ${token}` }
      const response = await fetch(sandbox.apiUrl + method, {
        method: 'POST',
        headers,
        body: new URLSearchParams(form),
      })
      // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
      return (await response.json()) as any
    },
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const form = Object.fromEntries(new URLSearchParams(body))
    const isJson = request.headers['content-type']?.includes('json')
    const json = isJson ? body : form.payload
    const one = { headers: request.headers, body, form, payload: json ? JSON.parse(json) : null }
    received.push(one)
    const { status = 200, json: answer, text = '', silent } = await app.reply(one)
    if (silent) return
    response.writeHead(status, { 'content-type': answer === undefined ? 'text/plain' : 'application/json' })
    response.end(answer === undefined ? text : JSON.stringify(answer))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  const clock = new StillClock()
  const problems: string[] = []
  const sandbox: Sandbox = await startSandbox({
    port: 0,
    clock,
    appUrl,
    onProblem: (p) => problems.push(p),
    ...options,
  })
  onTestFinished(async () => {
    await sandbox.stop()
    server.closeAllConnections()
    server.close()
  })
  return { sandbox, app, clock, problems }
}

/** Moves only when a test moves it. */
export class StillClock implements Clock {
  #now = 1_795_000_000_000
  now(): number {
    return this.#now
  }
  forward(ms: number): void {
    this.#now += ms
  }
}

export const plain = (text: string) => ({ type: 'plain_text', text })
export const button = (actionId: string, value = 'v') => ({
  type: 'button',
  action_id: actionId,
  text: plain('Press'),
  value,
})
export const actions = (...elements: object[]) => ({ type: 'actions', elements })
export const input = (blockId: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: blockId,
  label: plain('Label'),
  element,
  ...more,
})
export const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal',
  callback_id: 'a.modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks,
  ...more,
})
