import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createBackground } from '../../src/platform/background.ts'
import { createLog } from '../../src/platform/log.ts'
import { createTicker, type Ticker } from '../../src/platform/ticker.ts'

const START = new Date('2026-03-02T10:00:20Z')
const MINUTE = 60_000
let ticker: Ticker
const looked: string[] = []
const background = createBackground(createLog('silent'))

beforeEach(() => {
  looked.length = 0
  vi.useFakeTimers({ now: START })
  const clock = { now: () => Date.now() }
  ticker = createTicker({
    clock,
    background,
    log: createLog('silent'),
    metrics: { looked: (name) => looked.push(name) },
  })
})
afterEach(() => {
  ticker.stop()
  vi.useRealTimers()
})

/** Something that ends when it is told to. */
function slow() {
  let end: () => void = () => {}
  const done = new Promise<void>((resolve) => {
    end = resolve
  })
  return { done, end }
}

it('asks at the start, and then on every minute of the clock', async () => {
  const asked: string[] = []
  ticker.everyMinute('test', async (now) => void asked.push(now.toISOString().slice(11, 19)))
  ticker.start()
  await vi.advanceTimersByTimeAsync(39_999)
  expect(asked).toEqual(['10:00:20'])
  await vi.advanceTimersByTimeAsync(1)
  expect(asked).toEqual(['10:00:20', '10:01:00'])
  await vi.advanceTimersByTimeAsync(2 * MINUTE)
  expect(asked).toEqual(['10:00:20', '10:01:00', '10:02:00', '10:03:00'])
  expect(looked).toEqual(['test', 'test', 'test', 'test'])
})

it('goes on after a failure, and one that fails keeps no other from its turn', async () => {
  let failed = 0
  let asked = 0
  ticker.everyMinute('failing', async () => {
    failed += 1
    throw new Error('not now')
  })
  ticker.everyMinute('fine', async () => {
    asked += 1
  })
  await ticker.ask()
  await ticker.ask()
  expect([failed, asked]).toEqual([2, 2])
})

it('never asks one beside itself, but once more after it, however often', async () => {
  const first = slow()
  let running = 0
  let most = 0
  let asked = 0
  ticker.everyMinute('slow', async () => {
    running += 1
    most = Math.max(most, running)
    asked += 1
    if (asked === 1) await first.done
    running -= 1
  })
  const all = [ticker.ask(), ticker.ask(), ticker.ask()]
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toBe(1)
  first.end()
  await Promise.all(all)
  expect([asked, most]).toEqual([2, 1])
})

it('asks nothing new once it is stopped, and a stop waits for what runs', async () => {
  const first = slow()
  let asked = 0
  let ended = false
  ticker.everyMinute('slow', async () => {
    asked += 1
    await first.done
    ended = true
  })
  ticker.start()
  ticker.stop()
  void ticker.ask()
  const settled = background.settled(MINUTE)
  await vi.advanceTimersByTimeAsync(5 * MINUTE - 1)
  expect([asked, ended]).toEqual([1, false])
  const again = background.settled(MINUTE)
  first.end()
  await Promise.all([settled, again])
  expect([asked, ended]).toEqual([1, true])
})

it('asks one of them soon, once however often that is wanted, and by the earliest time', async () => {
  const asked: string[] = []
  for (const name of ['one', 'other']) ticker.everyMinute(name, async () => void asked.push(name))
  ticker.soon('one', 2_000)
  ticker.soon('one', 100)
  ticker.soon('one', 500)
  ticker.soon('nobody', 100)
  await vi.advanceTimersByTimeAsync(99)
  expect(asked).toEqual([])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toEqual(['one'])
  ticker.soon('other', 100)
  ticker.stop()
  ticker.soon('other', 100)
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(asked).toEqual(['one'])
})

it('leaves one of them alone for a while, and asks it then', async () => {
  let asked = 0
  ticker.everyMinute('one', async () => {
    asked += 1
  })
  ticker.soon('one', 100)
  ticker.rest('one', 1_000)
  ticker.soon('one', 100)
  await vi.advanceTimersByTimeAsync(999)
  expect(asked).toBe(0)
  await vi.advanceTimersByTimeAsync(2)
  expect(asked).toBe(1)
  ticker.soon('one', 100)
  await vi.advanceTimersByTimeAsync(101)
  expect(asked).toBe(2)
})

it('that asks for a rest has it, whoever wants it soon meanwhile', async () => {
  const at: number[] = []
  ticker.everyMinute('one', async () => {
    at.push(Date.now() - START.getTime())
    await new Promise((done) => setTimeout(done, 200))
    ticker.rest('one', 1_000)
  })
  ticker.soon('one', 0)
  for (let ms = 0; ms < 3_000; ms += 20) {
    await vi.advanceTimersByTimeAsync(20)
    ticker.soon('one', 100)
  }
  expect(at).toHaveLength(3)
  for (const [index, ms] of at.entries()) if (index > 0) expect(ms - (at[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_200)
})
