/** Some of the people as a dense graph, the tiers of the objective packed into one cost. */
import type { Graph } from './dense-matching.ts'
import type { Objective } from './input.ts'
import { AVOIDED, REPEAT } from './links.ts'
import type { Round } from './round.ts'

/** What one of each tier is worth; the time zone's unit is 1. Whole numbers, so large that no tier spills over. */
export interface Units {
  repeat: number
  sameTeam: number
  waited: number
  unpaired: number
}

/** Sums stay exact below this, halves included. */
const EXACT = 2 ** 51

/**
 * For matchings of `size` people of whom those left out have waited at most `waited` in all. Null when that many tiers
 * do not fit into one number: then `waited` has to be left out (0).
 */
export function unitsFor(size: number, waited: number): Units | null {
  // Two more than half: a trio has three pairs inside.
  const pairs = (size >> 1) + 2
  const repeat = 3 * pairs + 1
  const sameTeam = repeat * (64 * pairs + 1)
  const out = sameTeam * (pairs + 1)
  const unpaired = out * (waited + 1)
  return unpaired * (size + 4) < EXACT ? { repeat, sameTeam, waited: waited > 0 ? out : 0, unpaired } : null
}

/** The objective a packed cost stands for; of a fraction, the next whole number, for a bound may be rounded up. */
export function unpack(packed: number, units: Units): Objective {
  const whole = Math.ceil(packed)
  const unpaired = Math.floor(whole / units.unpaired)
  let rest = whole - unpaired * units.unpaired
  const waited = units.waited > 0 ? Math.floor(rest / units.waited) : 0
  rest -= waited * units.waited
  const sameTeam = Math.floor(rest / units.sameTeam)
  rest -= sameTeam * units.sameTeam
  const repeat = Math.floor(rest / units.repeat)
  return { unpaired, waited, sameTeam, repeat, timezone: rest - repeat * units.repeat }
}

/** The graph of these people, in this order; `room` more vertices are left without edges. */
export function graphOf(round: Round, people: Int32Array, units: Units, room = 0): Graph {
  const count = people.length
  const size = count + room
  const cost = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY)
  const vertexOf = new Int32Array(round.n).fill(-1)
  for (let vertex = 0; vertex < count; vertex += 1) vertexOf[people[vertex]!] = vertex
  for (let one = 0; one < count; one += 1) {
    const team = round.team[people[one]!]!
    const zone = round.zone[people[one]!]! * round.zones
    for (let other = 0, at = one * size; other < one; other += 1, at += 1) {
      const person = people[other]!
      const price = (round.team[person] === team ? units.sameTeam : 0) + round.zoneCost[zone + round.zone[person]!]!
      cost[at] = price
      cost[other * size + one] = price
    }
  }
  for (let one = 0; one < count; one += 1) {
    const person = people[one]!
    for (let at = round.start[person]!; at < round.start[person + 1]!; at += 1) {
      const link = round.links[at]!
      const other = vertexOf[link >> 3]!
      if (other < 0) continue
      const code = link & 7
      const price = code === AVOIDED ? Number.POSITIVE_INFINITY : REPEAT[code]! * units.repeat
      cost[one * size + other]! += price
      cost[other * size + one]! += price
    }
  }
  const alone = new Float64Array(size)
  for (let vertex = 0; vertex < count; vertex += 1) {
    alone[vertex] = units.unpaired + units.waited * round.waited[people[vertex]!]!
  }
  return { size, cost, alone }
}
