/**
 * What the bench of sizes runs of each store: every function that asks the database, with what the app would give it in
 * the large workspace. A store without a line here fails test/bench-of-sizes.test.ts, a function without one the bench.
 */
import { STORES_OF_CHECK_INS } from './sizes-calls-check-ins.ts'
import { STORES_OF_KUDOS } from './sizes-calls-kudos.ts'
import { STORES_OF_PROMPTS } from './sizes-calls-prompts.ts'
import { STORES_OF_WORKSPACE } from './sizes-calls-workspace.ts'
import type { Store } from './sizes-store.ts'

/** By the path in src/. */
export const STORES: Record<string, Store> = {
  ...STORES_OF_WORKSPACE,
  ...STORES_OF_KUDOS,
  ...STORES_OF_CHECK_INS,
  ...STORES_OF_PROMPTS,
}

const OPERATOR = 'For who runs the server.'

/** Stores that are left out, each with the reason, by the path in src/. */
export const LEFT_OUT: Record<string, string> = {
  'kudos/retention-store.ts': 'By night, a batch at a time, where a workspace wants it.',
  'ops/schedule-store.ts': OPERATOR,
  'own-data/erasure-store.ts': 'Once in a long time: the texts of others are read through for mentions.',
  'own-data/export-store.ts': 'Once in a long time: all that is known of somebody.',
  'platform/queue-store.ts': OPERATOR,
  'platform/slack-budget-store.ts': 'One row or two, by primary key; the bench of limits shows what it costs.',
  'workspace/deletion-store.ts': 'Of a workspace that has left, in batches.',
  'workspace/installation-store.ts': 'One row of the workspace, by primary key.',
}

/** Functions that are exported and have neither a call nor a word that they need none. */
export const forgotten = (): string[] =>
  Object.entries(STORES).flatMap(([path, { module, calls, others = [] }]) =>
    Object.entries(module)
      .filter(([name, value]) => typeof value === 'function' && !(name in calls) && !others.includes(name))
      .map(([name]) => `${path} ${name}`),
  )

const MONTH = 'A whole month, counted once when it is over: has a bench and goals of its own (digest).'
const HISTORY = 'All that was ever proposed, for matching; every two weeks.'

/**
 * Functions whose statements may take longer, each with the reason. All of them are run by a job, on the jobs' own
 * connections, and nobody waits for them.
 */
export const EXEMPT: Record<string, string> = {
  'digest/store.ts countMonth': MONTH,
  'digest/month-store.ts closeMonth': MONTH,
  'digest/together-store.ts countCheckIns': MONTH,
  'pairing/history-store.ts readHistory': HISTORY,
  'pairing/history-store.ts insertMatching': HISTORY,
}

/** Asked by jobs alone, on whose connections the server chooses plans by the values. */
export const JOBS_ALONE = new Set([...Object.keys(EXEMPT), 'pairing/message-store.ts listDue'])
