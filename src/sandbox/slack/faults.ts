/** What can go wrong between the app and Slack. */
export type Fault =
  | { status: 429; retryAfter: number }
  | { status: 500 }
  /** Answers that many milliseconds late. */
  | { hang: number }
  /** Ends the connection without an answer, before the work or after it is done. */
  | { cut: 'before' | 'after' }
  | { error: string }

/** Faults waiting for their calls. */
export interface Faults {
  /**
   * The next `times` calls of the method fail that way. '*' is every Web API method, 'response_url' the answers to
   * commands and clicks. `when` picks calls by their arguments.
   */
  api(method: string, fault: Fault, times?: number, when?: (args: Record<string, unknown>) => boolean): void
  clear(): void
}

interface Planned {
  method: string
  fault: Fault
  left: number
  when: (args: Record<string, unknown>) => boolean
}

export class FaultPlan implements Faults {
  #planned: Planned[] = []

  api(method: string, fault: Fault, times = 1, when: Planned['when'] = () => true): void {
    this.#planned.push({ method, fault, left: times, when })
  }

  clear(): void {
    this.#planned = []
  }

  /** The fault for this call, which is used up by that; or null. The first one planned comes first. */
  take(method: string, args: Record<string, unknown>): Fault | null {
    const anyMethod = method === 'response_url' ? [method] : [method, '*']
    const planned = this.#planned.find((p) => p.left > 0 && anyMethod.includes(p.method) && p.when(args))
    if (!planned) return null
    planned.left -= 1
    return planned.fault
  }
}
