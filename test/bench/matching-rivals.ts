/** How others pair, written from what they do, to compare with. Each gets the people who came and what happened before. */
import type { PairingInput } from '../../src/pairing/matching/input.ts'
import type { Random } from '../../src/platform/random.ts'

export type Rival = (input: PairingInput, random: Random) => string[][]

/** Everybody in random order, neighbours together. */
export const shuffle: Rival = ({ people }, random) =>
  inPairs(
    inRandomOrder(
      people.map(({ id }) => id),
      random,
    ),
  )

/** One after another, in random order, each takes whoever is left that they met least, then longest ago. */
export const greedy: Rival = (input, random) => {
  const met = meetings(input)
  const left = inRandomOrder(
    input.people.map(({ id }) => id),
    random,
  )
  const row: string[] = []
  for (let one = left.shift(); one !== undefined; one = left.shift()) {
    row.push(one)
    const other = least(left, (id) => met.cost(one ?? '', id))
    if (other === undefined) break
    left.splice(left.indexOf(other), 1)
    row.push(other)
  }
  return inPairs(row)
}

/** Two random halves; each ranks the other half by how seldom they met; Gale and Shapley's stable marriage. */
export const stableMarriage: Rival = (input, random) => {
  const met = meetings(input)
  const row = inRandomOrder(
    input.people.map(({ id }) => id),
    random,
  )
  const half = Math.floor(row.length / 2)
  const [proposers, others] = [row.slice(0, half), row.slice(half, 2 * half)]
  const ranked = new Map(
    proposers.map((one) => [one, others.toSorted((a, b) => met.cost(one, a) - met.cost(one, b))] as const),
  )
  const husband = new Map<string, string>()
  const free = [...proposers]
  for (let one = free.pop(); one !== undefined; one = free.pop()) {
    const next = ranked.get(one)?.shift()
    if (next === undefined) break
    const before = husband.get(next)
    if (before === undefined || met.cost(next, one) < met.cost(next, before)) {
      husband.set(next, one)
      if (before !== undefined) free.push(before)
    } else free.push(one)
  }
  return inPairs([...Array.from(husband, ([other, one]) => [one, other]).flat(), ...row.slice(2 * half)])
}

/** Pairs in order; who is left over joins the last. */
function inPairs(row: string[]): string[][] {
  const groups: string[][] = []
  for (let at = 0; at + 1 < row.length; at += 2) groups.push(row.slice(at, at + 2))
  if (row.length % 2 === 1) groups.at(-1)?.push(row.at(-1) ?? '')
  return groups
}

function inRandomOrder(list: string[], random: Random): string[] {
  const row = [...list]
  for (let at = row.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1)
    const kept = row[at] ?? ''
    row[at] = row[other] ?? ''
    row[other] = kept
  }
  return row
}

/** How often two have met, and of equals how lately. */
function meetings({ history }: PairingInput): { cost(one: string, other: string): number } {
  const costs = new Map<string, number>()
  for (const { members, roundsAgo } of history) {
    for (const one of members) {
      for (const other of members) {
        if (one !== other)
          costs.set(`${one} ${other}`, (costs.get(`${one} ${other}`) ?? 0) + 1 + 1 / (1000 + roundsAgo))
      }
    }
  }
  return { cost: (one, other) => costs.get(`${one} ${other}`) ?? 0 }
}

function least(list: string[], cost: (id: string) => number): string | undefined {
  let found: string | undefined
  let best = Number.POSITIVE_INFINITY
  for (const id of list) {
    const next = cost(id)
    if (next < best) {
      best = next
      found = id
    }
  }
  return found
}
