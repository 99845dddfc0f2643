/** How the bench of sizes is told what to run of a store. */
import type { Tenant } from '../../src/platform/database.ts'

export type Call = (tenant: Tenant) => Promise<unknown>

export interface Store {
  module: object
  /** By the name of the function; several where what is asked depends on how. */
  calls: Record<string, Call | Call[]>
  /** Exported, and asks nothing of the database. */
  others?: string[]
}

/** Says which store's functions there are: a name that the store does not export is a type error. */
export const storeCalls = <M extends object>(
  module: M,
  calls: { [K in keyof M]?: Call | Call[] },
  others: (keyof M & string)[] = [],
): Store => ({ module, calls: calls as Store['calls'], others })
