/** How Slack's requests come in: over HTTP or Socket Mode, authorized, followed to their end, and never unanswered. */

import type { RequestListener } from 'node:http'
import { App, type Logger, LogLevel, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt'
import { listeningByName } from './bolt-listeners.ts'
import { createHttpReceiver } from './bolt-receiver.ts'
import type { SlackConfig } from './config.ts'
import { CommitUncertain } from './platform/database.ts'
import type { Log } from './platform/log.ts'
import { type AckOutcome, requestKind } from './platform/metrics.ts'
import type { Platform } from './platform/platform.ts'
import { inRequest, newRequestId } from './platform/request-id.ts'
import type { Message } from './platform/slack.ts'
import type { Identity } from './workspace/installations.ts'
import { notOurs, notSaved, perhapsSaved } from './workspace/messages.ts'

/** Slack waits 3 s. What is not done by then goes on, and the person is told. */
const ANSWER_WITHIN_MS = 2_500

export interface Bolt {
  app: App
  /** Takes Slack's requests in HTTP mode; null in Socket Mode. */
  requestListener: RequestListener | null
  connect(): Promise<void>
  disconnect(): Promise<void>
}

export function createBolt(
  config: Exclude<SlackConfig, { mode: 'sandbox' }>,
  platform: Platform,
  identityOf: (workspaceId: string) => Promise<Identity | null>,
): Bolt {
  const logger = boltLogger(platform.log)
  const http = config.mode === 'http' ? createHttpReceiver(config.signingSecret, platform.log) : null
  const receiver: Receiver =
    http ??
    ackWhenDone(
      new SocketModeReceiver({
        appToken: config.mode === 'socket' ? config.appToken : '',
        logger,
        // Of its own, and for ever: with the shared ones it stops coming back after seven seconds of trouble.
        clientPingTimeout: 1_000,
        installerOptions: {
          clientOptions: {
            slackApiUrl: config.apiUrl,
            timeout: 10_000,
            retryConfig: { forever: true, minTimeout: 500, maxTimeout: 5_000 },
          },
        },
      }),
    )
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    clientOptions: { slackApiUrl: config.apiUrl, timeout: 10_000, retryConfig: { retries: 0 } },
    authorize: async ({ teamId }) => {
      const identity = teamId === undefined ? null : await identityOf(teamId)
      if (!identity) throw new Error('not installed in this workspace')
      // No token: whatever is sent goes through platform.slackOf, and Bolt would keep a client for each for ever.
      return { teamId: identity.workspaceId, botId: identity.botId, botUserId: identity.botUserId }
    },
  })
  // Outside of everything: what fails anywhere is logged here, once, with its request.
  const processEvent = app.processEvent.bind(app)
  app.processEvent = (event) =>
    inRequest(newRequestId(), () =>
      processEvent(event).catch((error: Error & { code?: string }) => {
        // A workspace that removed the app, or never had it: nothing of ours failed.
        if (error.code === 'slack_bolt_authorization_error') platform.log.warn('slack.unknown-workspace')
        else platform.log.error({ err: error }, 'slack.request-failed')
        throw error
      }),
    )
  // Over HTTP Slack hears of it, and sends an event again. By itself Bolt would log it as well.
  app.error(async (error) => {
    throw error
  })
  answerAlways(app, platform)
  refuseStrangers(app, platform)
  return {
    app: listeningByName(app),
    requestListener: http?.requestListener ?? null,
    connect: async () => void (await receiver.start()),
    disconnect: async () => void (await receiver.stop()),
  }
}

/**
 * Over HTTP Slack hears "received" once an event is dealt with (bolt-receiver.ts). In Socket Mode Bolt acknowledges an event
 * before anybody has looked at it.
 */
function ackWhenDone(receiver: SocketModeReceiver): SocketModeReceiver {
  const init = receiver.init.bind(receiver)
  receiver.init = (app) => {
    const processEvent = async (event: ReceiverEvent) => {
      if (!('event' in event.body)) return await app.processEvent(event)
      let received = false
      const ack = async () => {
        received = true
      }
      await app.processEvent({ ...event, ack })
      if (received) await event.ack()
    }
    init(Object.assign(Object.create(app), { processEvent }))
  }
  return receiver
}

/** The outermost middleware: follows every request, and sees to it that a person hears something in time. */
function answerAlways(app: App, platform: Platform): void {
  const { background, log, metrics } = platform
  app.use(async ({ next, ack, body, context }) => {
    const since = performance.now()
    const acked = (outcome: AckOutcome) =>
      metrics.acked(requestKind(body), outcome, (performance.now() - since) / 1_000)
    const work = background.track(next())
    // Events have nobody waiting: a failure goes on to Slack, which sends them again.
    if (!('user' in body || 'user_id' in body) || 'event' in body) {
      return await work.then(
        () => acked('done'),
        (error: unknown) => {
          acked('failed')
          throw error
        },
      )
    }

    const say = (message: Message) => tellPerson(platform, { ack, body, context }, message)
    const outcome = await withinTime(work)
    acked(typeof outcome === 'string' ? outcome : 'failed')
    if (outcome === 'late') {
      log.warn('slack.answered-late')
      work.catch((error) => log.error({ err: error }, 'slack.request-failed'))
      await say(perhapsSaved())
    } else if (outcome !== 'done') {
      log.error({ err: outcome.error }, 'slack.request-failed')
      await say(outcome.error instanceof CommitUncertain ? perhapsSaved() : notSaved())
    }
  })
}

/** Answers whoever made the request, wherever it allows: beside the command, under a field of the form, or by a message. */
async function tellPerson(
  { background, slackOf }: Platform,
  { ack, body, context }: Pick<Parameters<Parameters<App['use']>[0]>[0], 'ack' | 'body' | 'context'>,
  message: Message,
): Promise<void> {
  const answer = { response_type: 'ephemeral' as const, ...message }
  if ('command' in body) return await (ack as (answer: object) => Promise<void>)(answer)
  const field = firstField(body)
  // Under a field of the form, which stays open with all that was typed.
  if (field) {
    const errors = { response_action: 'errors', errors: { [field]: message.text } }
    return await (ack as (errors: object) => Promise<void>)(errors)
  }
  await (ack as () => Promise<void>)()
  const responseUrl = 'response_url' in body ? body.response_url : undefined
  const person = 'user' in body ? (body.user as { id?: string }).id : undefined
  background.run('slack.person-not-told', async () => {
    const slack = slackOf(context.teamId ?? '')
    if (responseUrl) await slack.answer(responseUrl, message)
    // A form or a shortcut has no conversation to answer in.
    else if (person) await slack.post(person, message)
  })
}

/**
 * People of another organisation, who see the app in a channel that both share, get a sentence and nothing else. Commands
 * are not theirs to type.
 */
function refuseStrangers(app: App, platform: Platform): void {
  app.use(async ({ next, ack, body, context }) => {
    const user = 'user' in body && typeof body.user === 'object' ? (body.user as { team_id?: unknown }) : null
    const isStranger = typeof user?.team_id === 'string' && user.team_id !== context.teamId
    if (!isStranger || 'event' in body) return await next()
    platform.log.info({ workspace: context.teamId }, 'slack.stranger')
    await tellPerson(platform, { ack, body, context }, notOurs())
  })
}

/** The block_id of the first field of a form that was submitted; undefined for everything else. */
function firstField(body: object): string | undefined {
  const { type, view } = body as { type?: string; view?: { blocks?: { type: string; block_id?: string }[] } }
  return type === 'view_submission' ? view?.blocks?.find((block) => block.type === 'input')?.block_id : undefined
}

async function withinTime(work: Promise<unknown>): Promise<'done' | 'late' | { error: unknown }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((done) => {
    timer = setTimeout(() => done('late'), ANSWER_WITHIN_MS)
  })
  const done = work.then(
    () => 'done' as const,
    (error: unknown) => ({ error }),
  )
  const first = await Promise.race([done, late])
  clearTimeout(timer)
  return first
}

/**
 * Bolt's lines as ours. They are about requests, whose failures are logged where they are handled. What it says to
 * debuggers is left out: whole requests, with what people wrote.
 */
export function boltLogger(log: Log): Logger {
  const line =
    (level: 'debug' | 'warn') =>
    (...parts: unknown[]) =>
      log[level]({ line: parts.map(String).join(' ') }, 'slack.bolt')
  return {
    debug() {},
    info: line('debug'),
    warn: line('warn'),
    error: line('warn'),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  }
}
