import path from 'node:path'
import type { Clock, ShiftedClock } from '../platform/clock.ts'
import { type Actor, actorFor } from './actor.ts'
import { type Company, demoCompany } from './company/company.ts'
import type { ActResult, Control } from './contract.ts'
import { type Controls, createController } from './control.ts'
import { inspection } from './inspection.ts'
import { type Lookup, lookupIn, type Named } from './lookup.ts'
import { noMemory, openMemory } from './memory.ts'
import { createPageServer, isLoopback } from './page-server.ts'
import { createRequestLog } from './request-log.ts'
import { type ApiCall, createSandboxServer, listen } from './server.ts'
import { RateLimits } from './slack/api/rate-limits.ts'
import { type AppLink, type Delivery, openAppLink, type Parcel } from './slack/app-link.ts'
import { FaultPlan, type Faults } from './slack/faults.ts'
import { freshId } from './slack/ids.ts'
import { readManifest } from './slack/manifest.ts'
import { openingState } from './slack/opening-state.ts'
import { createSockets, type Sockets } from './slack/sockets.ts'
import type { SlackMessage, SlackState, SlackView } from './slack/state.ts'
import type { World } from './slack/world.ts'
import { type WorkspaceControl, workspaceControl } from './workspace-control.ts'

export interface SandboxOptions {
  /** Loopback only. */
  host?: '127.0.0.1'
  /** 0 for any free one. */
  port: number
  /** A shifted one can be moved on from the page. */
  clock: Clock | ShiftedClock
  /** The repository's manifest.yml by default. */
  manifestPath?: string
  /** The demo company by default. */
  company?: Company
  /** Another workspace of the same Slack, with the same app: calls of the Web API go to that one's address for both. */
  beside?: Sandbox
  /** Whether the workspace has the app from the start; true by default. */
  installed?: boolean
  /** Builds and serves the page. */
  page?: boolean
  /** The app's request URL, such as http://127.0.0.1:3000/slack/events. */
  appUrl?: string
  /** The app comes to Slack, by Socket Mode, and not the other way. */
  socketMode?: boolean
  /** The file that keeps the workspace from one start to the next; nothing is kept by default. */
  memory?: string
  /** What has to follow when somebody moves the clock or starts over. */
  controls?: Partial<Controls>
  /** Hears what an operator should see, such as an app that does not answer. */
  onProblem?: (problem: string) => void
}

/** A Slack workspace on this machine: the app talks to it as to Slack, people through the page or through `as`. */
export interface Sandbox extends WorkspaceControl, Lookup {
  url: string
  /** What SLACK_API_URL should be. */
  apiUrl: string
  /** The one the workspace knows right now. */
  readonly botToken: string
  signingSecret: string
  /** For Socket Mode. */
  appToken: string
  /** For "Add to Slack". */
  clientId: string
  clientSecret: string
  /** Every workspace of this Slack. */
  worlds: World[]
  /** The app's connections in Socket Mode. */
  sockets: Pick<Sockets, 'count' | 'disconnect'>
  connectApp(requestUrl: string): void
  /** Acts as a person. */
  as(person: Named): Actor
  /** The bot user that stands for the app. */
  app: { id: string; botUser: string; botId: string; teamId: string }
  /** The real messages of a conversation, oldest first; only the app's with { app: true }. */
  messages(channel: Named, only?: { app: boolean }): SlackMessage[]
  /** What a person alone was shown. */
  ephemerals(person: Named, channel?: Named): SlackMessage[]
  /** The direct message of the app with that person. */
  directMessages(person: Named): SlackMessage[]
  /** The person's topmost modal. */
  view(person: Named): SlackView | null
  home(person: Named): SlackView | null
  /** Who heard of a message when it was posted. */
  notified(message: SlackMessage): Set<string>
  calls: ApiCall[]
  deliveries: Delivery[]
  faults: Faults
  /** Puts Slack's own rate limits in force, or not. */
  rateLimits(on: boolean): void
  /** Sends the app a request of your own making, signed as Slack would unless told otherwise. */
  send(
    request: { body: string; contentType?: string } & Partial<Omit<Parcel, 'body' | 'contentType'>>,
  ): Promise<Delivery>
  /** The very same delivery again: same trigger_id, same event_id, signed afresh. */
  repeat(delivery: Delivery, headers?: Record<string, string>): Promise<Delivery>
  /** What the page's controls do. */
  control(wanted: Control): Promise<ActResult>
  /** The workspace as at the very first start, under another id; the app is the same to Slack. */
  forget(): void
  stop(): Promise<void>
}

const MANIFEST = path.resolve(import.meta.dirname, '../../manifest.yml')

/** Opens a workspace with the app installed. Throws a sentence when that can't be. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, onProblem = () => {}, host = '127.0.0.1' } = options
  if (host !== '127.0.0.1')
    throw new Error(`The sandbox has no passwords, so it listens on 127.0.0.1 only, not on ${host}.`)
  const manifest = readManifest(options.manifestPath ?? MANIFEST)
  const company = options.company ?? demoCompany
  const shifted = 'moveOn' in clock ? clock : null
  const memory = options.memory ? openMemory(options.memory, onProblem) : noMemory
  const remembered = memory.read()
  if (remembered) shifted?.moveOn(remembered.ahead)
  const state = remembered?.state ?? openingState(company, manifest.name, clock)
  if (options.beside) shareApp(state, options.beside)
  if (!remembered && options.installed === false) state.installed = false
  const secrets = () => {
    const { botToken, appToken, signingSecret, verificationToken, clientSecret } = state.app
    return [botToken, appToken, signingSecret, verificationToken, clientSecret, ...world.organisationTokens]
  }
  const log = createRequestLog(secrets)
  const sockets = createSockets({ appId: () => state.app.id, onProblem, isLocal: isLoopback })
  const link = openAppLink({
    clock,
    secret: state.app.signingSecret,
    requestUrl: options.appUrl,
    sockets: options.socketMode ? sockets : null,
    onProblem,
    onDelivered: (delivery) => log.delivered(delivery),
  })
  let url = ''
  const world: World = {
    state,
    clock,
    manifest,
    rates: new RateLimits(clock),
    link,
    sockets: options.socketMode ? sockets : null,
    oauthCodes: new Map(),
    organisationTokens: new Set(),
    url: () => url,
    changed() {
      state.version += 1
      memory.remember(() => ({ state, ahead: shifted?.ahead() ?? 0 }))
      page.announce()
    },
    onProblem,
  }
  const worlds = options.beside?.worlds ?? []
  worlds.push(world)
  const lookup = lookupIn(state)
  const workspace = workspaceControl(world, lookup)
  const control = createController(world, shifted, { ...options.controls, uninstall: workspace.uninstall })
  const page = createPageServer(world, options.page ? await builtPage() : null, { log, control })
  const faults = new FaultPlan()
  const calls: ApiCall[] = []
  const server = createSandboxServer({ world, worlds, faults, calls, page, log })
  url = `http://${host}:${await listen(server, options.port, host)}`
  if (!remembered) world.changed()

  return {
    url,
    apiUrl: `${url}/api/`,
    get botToken() {
      return state.app.botToken
    },
    signingSecret: state.app.signingSecret,
    appToken: state.app.appToken,
    clientId: state.app.clientId,
    clientSecret: state.app.clientSecret,
    worlds,
    sockets,
    app: { id: state.app.id, botUser: state.app.botUser, botId: state.app.botId, teamId: state.team.id },
    connectApp: link.connect,
    calls,
    deliveries: link.deliveries,
    faults,
    rateLimits(on) {
      state.rateLimits = on
      world.changed()
    },
    ...lookup,
    as: (name) => actorFor(world, lookup.person(name).id, lookup),
    ...inspection(world, lookup),
    ...workspace,
    ...deliveryControl(link),
    control,
    forget() {
      shifted?.reset()
      const { id, version } = { id: freshId('T'), version: state.version }
      // The same object, since everybody holds it; the same app, which is connected with these secrets.
      const { app } = state
      Object.assign(state, openingState(company, manifest.name, clock, id), { app, version })
      world.changed()
    },
    async stop() {
      memory.flush()
      link.stop()
      sockets.stop()
      page.stop()
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** The same app, but for its token: each workspace gives it one. */
function shareApp(state: SlackState, { worlds }: Sandbox): void {
  const { botToken: _, ...shared } = worlds[0]?.state.app ?? state.app
  Object.assign(state.app, shared)
}

/** Only here does the page's build tool get loaded. */
async function builtPage(): Promise<string> {
  const { buildPage } = await import('./page/build.ts')
  return buildPage()
}

function deliveryControl(link: AppLink): Pick<Sandbox, 'send' | 'repeat'> {
  return {
    send: ({ kind = 'raw', name = 'raw', contentType = 'application/x-www-form-urlencoded', ...rest }) =>
      link.deliver({ ...rest, kind, name, contentType }),
    repeat: ({ kind, name, body, contentType }, headers = {}) =>
      link.deliver({ kind, name, body, contentType, headers }),
  }
}
