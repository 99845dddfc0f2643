/** Every workspace the app is installed in, as this process serves it: who we are there, and Slack as seen from there. */
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import type { Queue } from '../platform/queue.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Slack, SlackIdentity } from '../platform/slack.ts'
import { NOT_ATTEMPTED, SlackFailure } from '../platform/slack-failure.ts'
import { adoptToken, findInstallation, type Installation, stopInstallation } from './installation-store.ts'
import { saveInstallation } from './store.ts'

/** Who the app is in a workspace. */
export type Identity = Pick<SlackIdentity, 'workspaceId' | 'botUserId' | 'botId'>

export interface Installations {
  /** Slack as one workspace's installation sees it. Without one, whatever is asked of it fails as 'revoked'. */
  slackOf(workspaceId: string): Slack
  /** Who we are there, or null. May be what was so a minute ago: whatever is sent is looked at again. */
  identityOf(workspaceId: string): Promise<Identity | null>
  /** Serves the workspace of the environment's token, which Slack has just said it knows. */
  adopt(identity: SlackIdentity, token: string): Promise<void>
  /** Writes down that the app is not there any more, and says so in the log. Throws what the database throws. */
  stop(workspaceId: string, stop: Omit<Parameters<typeof stopInstallation>[2], 'now'>): Promise<void>
}

const REMEMBER_MS = 60_000
/** Workspaces of which identity and connections are kept at hand. The one asked least recently goes first. */
const MOST_REMEMBERED = 500

interface Connection {
  sealed: string | null
  slack: Slack
}

export function createInstallations(parts: {
  db: Db
  /** The Web API with that token. */
  connect(workspaceId: string, token: string): Slack
  /** null where the environment's token is the only one. */
  secrets: Secrets | null
  clock: Clock
  log: Log
}): Installations {
  const { db, secrets, clock, log } = parts
  let own: { workspaceId: string; token: string } | null = null
  const identities = remembering<{ identity: Identity; until: number }>()
  const connections = remembering<Connection>()

  const stop: Installations['stop'] = async (workspaceId, { state, because, ...only }) => {
    const now = new Date(clock.now())
    const isNews = await stopInstallation(db, workspaceId, { state, because, now, ...only })
    identities.forget(workspaceId)
    connections.forget(workspaceId)
    // People may remove the app; a token that is gone is something to look into.
    if (isNews)
      log[state === 'uninstalled' ? 'info' : 'error']({ workspace: workspaceId, state, because }, 'workspace.stopped')
  }

  /** The token of an active installation; null when there is none. */
  function tokenOf(workspaceId: string, { state, token }: Installation): string | null {
    if (state !== 'active') return null
    if (own?.workspaceId === workspaceId) return own.token
    return token === null || !secrets ? null : secrets.open(token, workspaceId)
  }

  /** As the row has it at this moment: another process may have heard that the app was removed, or installed anew. */
  async function connect(workspaceId: string, method: string): Promise<Connection> {
    let token: string | null
    let sealed: string | null
    try {
      const installation = await findInstallation(db, workspaceId)
      sealed = installation?.token ?? null
      const known = connections.get(workspaceId)
      if (known && installation?.state === 'active' && known.sealed === sealed) return known
      token = installation && tokenOf(workspaceId, installation)
    } catch (cause) {
      // The database is away: what was so a moment ago most likely still is, and somebody may wait to hear of it.
      const known = connections.get(workspaceId)
      if (known) return known
      throw new SlackFailure({ kind: 'transient', method, code: NOT_ATTEMPTED, cause })
    }
    if (token === null) throw new SlackFailure({ kind: 'revoked', method, code: 'not_installed' })
    return connections.set(workspaceId, { sealed, slack: parts.connect(workspaceId, token) })
  }

  async function call<T>(workspaceId: string, method: string, ask: (slack: Slack) => Promise<T>): Promise<T> {
    const { slack, sealed } = await connect(workspaceId, method)
    try {
      return await ask(slack)
    } catch (error) {
      if (error instanceof SlackFailure && error.kind === 'revoked') {
        await stop(workspaceId, { state: 'revoked', because: error.code, token: sealed }).catch((err: unknown) =>
          log.error({ err, workspace: workspaceId }, 'workspace.not-stopped'),
        )
      }
      throw error
    }
  }

  async function identify(workspaceId: string): Promise<Identity | null> {
    const installation = await findInstallation(db, workspaceId)
    if (!installation || tokenOf(workspaceId, installation) === null) {
      identities.forget(workspaceId)
      return null
    }
    const { botUserId, botId } = installation
    const identity = { workspaceId, botUserId, botId }
    return identities.set(workspaceId, { identity, until: clock.now() + REMEMBER_MS }).identity
  }

  return {
    stop,
    slackOf: (workspaceId) =>
      new Proxy({} as Slack, {
        get(_, method) {
          // Whoever hands it on through a promise is asked whether it is one.
          if (typeof method !== 'string' || method === 'then') return undefined
          return (...args: unknown[]) =>
            call(workspaceId, method, (slack) =>
              (slack[method as keyof Slack] as (...args: unknown[]) => Promise<unknown>)(...args),
            )
        },
      }),
    async identityOf(workspaceId) {
      const known = identities.get(workspaceId)
      if (!known) return await identify(workspaceId)
      if (known.until <= clock.now()) {
        // Looked at again beside the request: nobody waits for a database that may be away.
        identities.set(workspaceId, { ...known, until: clock.now() + REMEMBER_MS })
        identify(workspaceId).catch((err) => log.warn({ err, workspace: workspaceId }, 'workspace.not-identified'))
      }
      return known.identity
    },
    async adopt(identity, token) {
      const { workspaceId } = identity
      if (!secrets) own = { workspaceId, token }
      await saveInstallation(db, identity, new Date(clock.now()))
      if (secrets) await adoptToken(db, workspaceId, secrets.seal(token, workspaceId))
      else connections.set(workspaceId, { sealed: null, slack: parts.connect(workspaceId, token) })
      await identify(workspaceId)
    },
  }
}

/** A map that forgets what was asked for least recently. */
function remembering<T>() {
  const kept = new Map<string, T>()
  const set = (key: string, value: T) => {
    kept.delete(key)
    kept.set(key, value)
    const [oldest] = kept.keys()
    if (kept.size > MOST_REMEMBERED && oldest !== undefined) kept.delete(oldest)
    return value
  }
  return {
    set,
    get(key: string) {
      const value = kept.get(key)
      return value === undefined ? undefined : set(key, value)
    },
    forget: (key: string) => kept.delete(key),
  }
}

/** The queue, but for jobs of workspaces the app is not in any more: those are dropped, before and while they run. */
export function onlyWhileInstalled(queue: Queue, installations: Pick<Installations, 'identityOf'>, log: Log): Queue {
  const isRevoked = (error: unknown): boolean =>
    error instanceof SlackFailure
      ? error.kind === 'revoked'
      : error instanceof Error && error.cause !== undefined && isRevoked(error.cause)
  return {
    ...queue,
    work<T extends object>(definition: Parameters<Queue['work']>[0], handler: Parameters<typeof queue.work<T>>[1]) {
      const dropped = (workspace: string) => log.warn({ workspace, queue: definition.name }, 'queue.job-dropped')
      queue.work<T>(definition, async (data, attempt) => {
        const { workspaceId } = data as { workspaceId?: string }
        if (workspaceId === undefined) return await handler(data, attempt)
        if (!(await installations.identityOf(workspaceId))) return dropped(workspaceId)
        try {
          await handler(data, attempt)
        } catch (error) {
          if (!isRevoked(error)) throw error
          dropped(workspaceId)
        }
      })
    },
  }
}
