/** What the app listens to, as its features say it to Bolt; and requests that must leave another workspace alone. */
import type { App } from '@slack/bolt'
import { expect } from 'vitest'
import * as digest from '../../src/digest/listeners.ts'
import * as home from '../../src/home/listeners.ts'
import * as kudos from '../../src/kudos/listeners.ts'
import * as ownData from '../../src/own-data/listeners.ts'
import * as pairing from '../../src/pairing/listeners.ts'
import type { Platform } from '../../src/platform/platform.ts'
import * as prompts from '../../src/prompts/listeners.ts'
import * as installing from '../../src/workspace/install-listeners.ts'
import * as directory from '../../src/workspace/listeners.ts'
import type { FullWorkspace } from './full-workspace.ts'
import { THERE } from './other-workspace.ts'
import { fingerprint } from './tables.ts'
import type { World } from './world.ts'

export interface Listened {
  /** By its ids; without the buttons, which features listen to all at once. */
  actions: Map<string, { action_id: string; callback_id?: string }>
  views: Set<string>
  commands: Set<string>
  shortcuts: Set<string>
  events: Set<string>
}

export function listenedTo(): Listened {
  const all: Listened = {
    actions: new Map(),
    views: new Set(),
    commands: new Set(),
    shortcuts: new Set(),
    events: new Set(),
  }
  const recorder = {
    action(which: RegExp | string | { action_id: string; callback_id: string }) {
      if (which instanceof RegExp) return
      const one = typeof which === 'string' ? { action_id: which } : which
      all.actions.set(Object.values(one).join(' '), one)
    },
    view: (which: string) => void all.views.add(which),
    command: (which: string) => void all.commands.add(which),
    shortcut: (which: string) => void all.shortcuts.add(which),
    event: (which: string) => void all.events.add(which),
    options() {},
    use() {},
  }
  for (const feature of [directory, kudos, prompts, pairing, home, ownData, digest]) {
    feature.register(recorder as unknown as App, {} as Platform)
  }
  installing.register(recorder as unknown as App, { stop: async () => {} })
  return all
}

/** Sends what the world's own workspace might send, and expects that nothing of the other one changes, or is told. */
export async function leavesAlone(
  { database, sandbox, settled }: World,
  there: FullWorkspace,
  requests: { body: string; contentType?: string }[],
): Promise<void> {
  const before = await fingerprint(database.db, THERE)
  const from = sandbox.calls.length
  const said: unknown[] = []
  for (let at = 0; at < requests.length; at += 16) {
    const answers = await Promise.all(requests.slice(at, at + 16).map((request) => sandbox.send(request)))
    for (const { status, response } of answers) {
      expect(status).toBe(200)
      said.push(response)
    }
  }
  await settled()
  expect(await fingerprint(database.db, THERE)).toBe(before)
  expect(JSON.stringify([said, sandbox.calls.slice(from)])).not.toContain(there.secret)
}
