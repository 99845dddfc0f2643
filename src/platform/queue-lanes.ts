/** Which worker of a queue looks for jobs, and when: pg-boss itself would have all of them look, at the same moments. */

/** A worker of pg-boss. */
export interface Lane {
  id: string
  /** The workspace whose job it runs; null while it has none. */
  busyWith: string | null
  /** By performance.now(). */
  wokenAt: number
}

/**
 * Jobs of another process, and those that waited for their time, are found by looking; one's own workers are woken at
 * once. Of each queue one idle lane looks this often, or up to half as often: all of them at once are in everybody's way.
 * What it finds makes it wake the next one.
 */
export const LOOK_MS = 2_000
const WAKE_AGAIN_MS = 1_000

export interface Lanes {
  add(queue: string, lane: Lane): void
  /** There is a job of this workspace. A lane that is at work for it looks again by itself once it is done. */
  wake(queue: string, workspaceId: string): void
  /** Has one lane of those that have nothing to do look, at most once a second each. */
  wakeIdle(queue: string): void
  wakeAll(): void
}

export function createLanes(notify: (laneId: string) => void): Lanes {
  const lanes = new Map<string, Lane[]>()
  const of = (queue: string) => lanes.get(queue) ?? []
  /** The one that was woken longest ago: one that is stuck, looking, is not asked again and again. */
  const longestIdle = (queue: string): Lane | undefined =>
    of(queue)
      .filter(({ busyWith }) => busyWith === null)
      .sort((a, b) => a.wokenAt - b.wokenAt)[0]
  const wakeUp = (lane: Lane) => {
    lane.wokenAt = performance.now()
    notify(lane.id)
  }
  return {
    add: (queue, lane) => void lanes.set(queue, [...of(queue), lane]),
    wake(queue, workspaceId) {
      if (of(queue).some(({ busyWith }) => busyWith === workspaceId)) return
      const idle = longestIdle(queue)
      if (idle) wakeUp(idle)
    },
    wakeIdle(queue) {
      const idle = longestIdle(queue)
      if (idle && idle.wokenAt < performance.now() - WAKE_AGAIN_MS) wakeUp(idle)
    },
    wakeAll() {
      for (const { id } of [...lanes.values()].flat()) notify(id)
    },
  }
}
