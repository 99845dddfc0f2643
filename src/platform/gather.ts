export interface GatherOptions<T> {
  /** At most so many items in one run. */
  most: number
  /** At most so much weight in one run, unless a single item alone is heavier. */
  heaviest: number
  weight: (item: T) => number
  /** No two items of the same run share this: the later one waits for the next run. */
  apart: (item: T) => string
  /** True for a failure that one item of several may have caused: then each is run on its own. */
  oneToBlame: (error: unknown) => boolean
}

/**
 * Calls that arrive while an earlier one is under way are run together, as a database groups commits: alone when it is
 * quiet, cheaper by the dozen when it is not. `run` answers in the order of its items; it must be harmless twice.
 */
export function gather<T, R>(run: (items: T[]) => Promise<R[]>, options: GatherOptions<T>): (item: T) => Promise<R> {
  interface Waiting {
    item: T
    weight: number
    key: string
    resolve: (result: R) => void
    reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  let running = false

  async function runAll() {
    while (waiting.length > 0) {
      const batch = take()
      try {
        const results = await run(batch.map(({ item }) => item))
        const answer = () =>
          batch.forEach(({ resolve }, index) => {
            resolve(results[index] as R)
          })
        // The next are on their way before these go on: nothing stands still meanwhile.
        if (waiting.length > 0) setImmediate(answer)
        else answer()
      } catch (error) {
        if (batch.length > 1 && options.oneToBlame(error)) await Promise.all(batch.map(runAlone))
        else for (const { reject } of batch) reject(error)
      }
    }
    running = false
  }

  async function runAlone({ item, resolve, reject }: Waiting) {
    try {
      const [result] = await run([item])
      resolve(result as R)
    } catch (error) {
      reject(error)
    }
  }

  function take(): Waiting[] {
    const [taken, left]: [Waiting[], Waiting[]] = [[], []]
    const present = new Set<string>()
    let weight = 0
    for (const one of waiting) {
      const room = taken.length < options.most && weight + one.weight <= options.heaviest && !present.has(one.key)
      const joins = taken.length === 0 || room
      // Also of one that is left: what comes after it stays after it.
      present.add(one.key)
      if (joins) weight += one.weight
      const where = joins ? taken : left
      where.push(one)
    }
    waiting = left
    return taken
  }

  return (item) =>
    new Promise((resolve, reject) => {
      // Looked at here: what can't be weighed fails alone, and keeps nobody waiting.
      waiting.push({ item, weight: options.weight(item), key: options.apart(item), resolve, reject })
      if (running) return
      running = true
      void runAll()
    })
}
