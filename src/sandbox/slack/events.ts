import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { isAcked } from './act-outcome.ts'
import { grantedScopes } from './api/scopes.ts'
import type { Delivery, Parcel } from './app-link.ts'
import { freshId, nextTs } from './ids.ts'
import { SCOPE_OF_EVENT } from './manifest.ts'
import type { World } from './world.ts'

/** What an app is told that is not there any more. */
const FAREWELLS = ['app_uninstalled', 'tokens_revoked']

/** How long Slack waits before it tells an event again. */
const RETRIES_MS = [0, 60_000, 300_000]

/**
 * Tells the app of an event, if the manifest subscribes to it. Resolves after the first attempt; the others follow on
 * their own. null when nobody was told.
 */
export async function sendEvent(
  world: World,
  type: string,
  content: Record<string, unknown>,
): Promise<Delivery | null> {
  const { state, manifest, clock } = world
  const needed = SCOPE_OF_EVENT[type]
  if (!state.installed && !FAREWELLS.includes(type)) return null
  if (!manifest.events.includes(type) || (needed && !grantedScopes(world).includes(needed))) return null
  const { app, team } = state
  const body = JSON.stringify({
    token: app.verificationToken,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event: { type, ...content, event_ts: nextTs(state, clock) },
    type: 'event_callback',
    event_id: freshId('Ev'),
    event_time: Math.floor(clock.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: app.botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${randomBytes(40).toString('base64url')}`,
  })
  const parcel: Parcel = { kind: 'event', name: type, body, contentType: 'application/json' }
  const first = await world.link.deliver(parcel)
  if (!isAcked(first)) void retry(world, parcel, first)
  return first
}

async function retry(world: World, parcel: Parcel, first: Delivery): Promise<void> {
  let last = first
  for (const [index, pause] of RETRIES_MS.entries()) {
    try {
      await until(world, world.clock.now() + pause)
    } catch {
      return
    }
    const headers = { 'x-slack-retry-num': String(index + 1), 'x-slack-retry-reason': reasonOf(last) }
    last = await world.link.deliver({ ...parcel, headers })
    if (isAcked(last)) return
  }
}

/** Waits by the workspace's clock, which may jump: so it looks again and again. Throws when the sandbox stops. */
async function until({ clock, link }: World, due: number): Promise<void> {
  for (let left = due - clock.now(); left > 0; left = due - clock.now()) {
    await wait(Math.min(left, 1000), undefined, { ref: false, signal: link.stopped })
  }
}

function reasonOf({ failure }: Delivery): string {
  if (failure === 'timeout') return 'http_timeout'
  return failure === null ? 'http_error' : 'connection_failed'
}
