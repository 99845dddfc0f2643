/**
 * Whatever concerns two people, as one number each in growing typed arrays: millions of rows pass through here one by
 * one, and none is kept as an object.
 */

/** Two people who never share a group. It is below all others: of several links of a pair the lowest counts. */
export const AVOIDED = 0
/** What a link costs; the last one is no link at all. */
export const REPEAT: readonly number[] = [Number.POSITIVE_INFINITY, 64, 32, 16, 8, 4, 2, 1, 0]
export const NO_LINK = 8

/** A meeting weighs 64, half of that every eight rounds ago, never below 1. */
export const meetingLink = (roundsAgo: number): number => 1 + Math.min(6, Math.floor((roundsAgo - 1) / 8))

/** The links of person i with people of higher numbers are `links[start[i]]` up to `links[start[i + 1]]`, sorted. */
export interface SortedLinks {
  start: Int32Array
  /** 8 times the other person, plus AVOIDED or an entry of REPEAT; one of each pair. */
  links: Int32Array
}

export class Links {
  private readonly counts: Int32Array
  private lows = new Int32Array(1024)
  private links = new Int32Array(1024)
  private count = 0

  /** Of people 0 to n - 1. */
  constructor(n: number) {
    this.counts = new Int32Array(n + 1)
  }

  /** Nothing, when one of them is not there (undefined) or both are the same. */
  add(one: number | undefined, other: number | undefined, code: number): void {
    if (one === undefined || other === undefined || one === other) return
    if (this.count === this.lows.length) {
      this.lows = larger(this.lows)
      this.links = larger(this.links)
    }
    const low = one < other ? one : other
    this.lows[this.count] = low
    this.links[this.count] = ((one < other ? other : one) << 3) | code
    this.counts[low]! += 1
    this.count += 1
  }

  sorted(): SortedLinks {
    const start = new Int32Array(this.counts.length)
    for (let low = 0; low + 1 < start.length; low += 1) start[low + 1] = start[low]! + this.counts[low]!
    const next = start.slice()
    const links = new Int32Array(this.count)
    for (let at = 0; at < this.count; at += 1) {
      const low = this.lows[at]!
      links[next[low]!] = this.links[at]!
      next[low]! += 1
    }
    return { start, links: compact(links, start) }
  }
}

function larger(list: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * list.length)
  copy.set(list)
  return copy
}

/** Sorts each person's links, and keeps the lowest one with each other person; `start` is changed to fit. */
function compact(links: Int32Array, start: Int32Array): Int32Array {
  let kept = 0
  for (let low = 0; low + 1 < start.length; low += 1) {
    const from = start[low]!
    const to = start[low + 1]!
    sortRange(links, from, to)
    start[low] = kept
    let other = -1
    for (let at = from; at < to; at += 1) {
      const link = links[at]!
      if (link >> 3 === other) continue
      other = link >> 3
      links[kept] = link
      kept += 1
    }
  }
  start[start.length - 1] = kept
  return links.subarray(0, kept)
}

/** Most ranges are short, and for those insertion is far faster than the library's sort. */
function sortRange(list: Int32Array, from: number, to: number): void {
  if (to - from > 100) {
    list.subarray(from, to).sort()
    return
  }
  for (let at = from + 1; at < to; at += 1) {
    const value = list[at]!
    let place = at
    for (; place > from && list[place - 1]! > value; place -= 1) list[place] = list[place - 1]!
    list[place] = value
  }
}
