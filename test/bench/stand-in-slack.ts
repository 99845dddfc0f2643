/**
 * A Slack just big enough to be posted to: the sandbox would take the processor from what is measured. It knows a
 * hundred people and one public channel, and takes its time to post.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export const BENCH_TEAM = {
  id: 'T0BENCH',
  channel: 'C0BENCH',
  botToken: 'xoxb-bench',
  botUser: 'U0BENCHAPP',
  botId: 'B0BENCH',
  signingSecret: '0123456789abcdef0123456789abcdef',
  person: (index: number) => `U0BENCH${String(index).padStart(3, '0')}`,
}
/** For an app that is added to many workspaces: their ids, and what OAuth gives for the codes '0', '1', …; '0' is BENCH_TEAM. */
export const CLIENT = { id: '1.2', secret: 'f'.repeat(32) }
export const teamId = (team: number) => (team === 0 ? BENCH_TEAM.id : `${BENCH_TEAM.id}${team}`)
const tokenOf = (team: number) => (team === 0 ? BENCH_TEAM.botToken : `${BENCH_TEAM.botToken}-${team}`)
const teamOf = (token: string) => Number(token.split('-')[2] ?? 0)

const PEOPLE = 100
/** About what the real one takes to post a message. */
export const POST_MS = 100

export interface StandInSlack {
  apiUrl: string
  responseUrl: string
  /** Messages posted so far. */
  posts(): number
  stop(): void
}

export async function startStandInSlack(): Promise<StandInSlack> {
  let posts = 0
  const bot = { user_id: BENCH_TEAM.botUser, bot_id: BENCH_TEAM.botId }
  const methods: Record<string, (body: URLSearchParams, token: string) => object | Promise<object>> = {
    'auth.test': (_body, token) => ({ team_id: teamId(teamOf(token)), ...bot }),
    'oauth.v2.access': (body) => ({
      access_token: tokenOf(Number(body.get('code'))),
      token_type: 'bot',
      scope: 'commands,chat:write,users:read',
      app_id: 'A0BENCH',
      bot_user_id: BENCH_TEAM.botUser,
      team: { id: teamId(Number(body.get('code'))), name: 'Bench' },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: BENCH_TEAM.person(0) },
    }),
    'users.list': () => ({
      members: Array.from({ length: PEOPLE }, (_, index) => ({ id: BENCH_TEAM.person(index), updated: 1 })),
    }),
    'usergroups.list': () => ({ usergroups: [] }),
    'users.conversations': () => ({ channels: [{ id: BENCH_TEAM.channel }] }),
    'chat.postMessage': async (body) => {
      await new Promise((done) => setTimeout(done, POST_MS))
      posts += 1
      return { channel: body.get('channel'), ts: `1700000000.${String(posts).padStart(6, '0')}` }
    },
    // People are known from the list; nobody is looked up one by one.
    'users.info': () => ({ ok: false, error: 'user_not_found' }),
    'chat.delete': () => ({}),
    'chat.update': () => ({}),
    'views.publish': () => ({}),
  }
  const server = createServer(async (request, response) => {
    const body = await read(request)
    const method = methods[request.url?.split('/api/')[1]?.split('?')[0] ?? '']
    const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
    const answer = method ? { ok: true, ...(await method(new URLSearchParams(body), token)) } : { ok: true }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    apiUrl: `${url}/api/`,
    responseUrl: `${url}/response`,
    posts: () => posts,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}
