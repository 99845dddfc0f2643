import { expect, it } from 'vitest'
import { type GatherOptions, gather } from '../../src/platform/gather.ts'

const options: GatherOptions<number> = {
  most: 3,
  heaviest: 100,
  weight: (item: number) => item,
  apart: String,
  oneToBlame: () => true,
}
const gate = () => {
  let open = () => {}
  const opened = new Promise<void>((done) => {
    open = done
  })
  return { open, opened }
}

it('runs a single call at once, and joins those that arrive meanwhile', async () => {
  const runs: number[][] = []
  const { open, opened } = gate()
  const double = gather<number, number>(async (items) => {
    runs.push(items)
    await opened
    return items.map((item) => item * 2)
  }, options)
  const calls = [1, 2, 3, 4, 5].map(double)
  expect(runs).toEqual([[1]])
  open()
  expect(await Promise.all(calls)).toEqual([2, 4, 6, 8, 10])
  expect(runs).toEqual([[1], [2, 3, 4], [5]])
})

/** Runs of numbers that answer with them, once they are let; the first is under way while the others arrive. */
async function runsOf(items: number[], over: Partial<GatherOptions<number>> = {}): Promise<number[][]> {
  const runs: number[][] = []
  const { open, opened } = gate()
  const run = gather<number, number>(
    async (together) => {
      runs.push(together)
      await opened
      return together
    },
    { ...options, ...over },
  )
  const calls = items.map(run)
  open()
  expect(await Promise.all(calls)).toEqual(items)
  return runs
}
const oddOrEven = { apart: (item: number) => String(item % 2) }

it('keeps a run within its weight, and lets a heavy one run alone', async () => {
  expect(await runsOf([1, 60, 50, 500])).toEqual([[1], [60], [50], [500]])
})

it('has those that must not meet wait for each other, and nobody else for them', async () => {
  expect(await runsOf([1, 2, 4, 6, 3, 8], oddOrEven)).toEqual([[1], [2, 3], [4], [6], [8]])
})

it('has nobody overtake one that must not be met, however light', async () => {
  expect(await runsOf([1, 60, 51, 3], oddOrEven)).toEqual([[1], [60], [51], [3]])
})

it('sends the next run on its way before those of the last go on', async () => {
  const said: string[] = []
  const run = gather<number, number>(async (items) => {
    said.push(`run ${items}`)
    await new Promise((done) => setImmediate(done))
    return items
  }, options)
  await Promise.all([1, 2, 3].map(async (item) => said.push(`done ${await run(item)}`)))
  expect(said).toEqual(['run 1', 'run 2,3', 'done 1', 'done 2', 'done 3'])
})

it('has one failure hurt only the one to blame', async () => {
  const { open, opened } = gate()
  const run = gather<number, number>(async (items) => {
    await opened
    if (items.includes(13)) throw new Error('unlucky')
    return items
  }, options)
  const calls = [1, 2, 13, 4].map(run)
  open()
  const results = await Promise.allSettled(calls)
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(await run(5)).toBe(5)
})

it('tells everybody of a failure that nobody is to blame for, without trying again', async () => {
  let runs = 0
  const run = gather<number, number>(
    async () => {
      runs += 1
      throw new Error('the database is away')
    },
    { ...options, oneToBlame: () => false },
  )
  const results = await Promise.allSettled([1, 2, 3].map(run))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(runs).toBe(2)
})

it('refuses what can’t be weighed, and goes on with the others', async () => {
  const weight = (item: string) => item.length
  const run = gather<string, string>(async (items) => items, { ...options, weight, apart: (item) => item })
  await expect(run(undefined as never)).rejects.toThrow(TypeError)
  expect(await Promise.all(['a', 'b'].map(run))).toEqual(['a', 'b'])
})
