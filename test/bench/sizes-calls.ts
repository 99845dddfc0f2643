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

/** Functions that are exported and have neither a call nor a word that they need none. */
export const forgotten = (): string[] =>
  Object.entries(STORES).flatMap(([path, { module, calls, others = [] }]) =>
    Object.entries(module)
      .filter(([name, value]) => typeof value === 'function' && !(name in calls) && !others.includes(name))
      .map(([name]) => `${path} ${name}`),
  )

/**
 * Statements that may take longer, each with the reason: by the function that runs them. All of them are run by a job, on
 * the jobs' own connections, and nobody waits for them.
 */
export const EXEMPT: Record<string, string> = {}
