/**
 * The rule of five: no figure shown to others is about fewer than five people, nor becomes so by subtraction. Everything
 * that shows a figure to anybody but its own people comes through here; one's own figures are exempt.
 *
 * What is shown, and why nothing can be worked out from it:
 * - A number of people is shown when at least five belong to the group and at least five do not, rounded down to a
 *   multiple of five: "45 or more". Of two groups, one inside the other, the shown numbers leave the difference open by
 *   at least five, so it is never known to be one to four people. (Rounding to the nearest multiple would not do: with
 *   thirteen people in all, a 5 and a 10 would mean 5 to 7, and exactly 8.)
 * - An amount (of kudos, of check-ins) is shown when at least five people are on each of its sides, such as givers and
 *   recipients, rounded down as well: the public ones can be counted in the channels, and the rest would be the private.
 * - What is divided, by team or otherwise, is divided into parts that each have five people on each side, the rest being
 *   one of them (`divide`). Every figure is a sum of whole parts, so every difference of figures is, too.
 * - What grows over time grows by whole batches of five people (`wholeBatches`); the same person counts once in each.
 */

/** The fewest people a figure may be about. */
export const FEWEST = 5

/** Rounded down to a multiple of five. */
export const downToFive = (count: number): number => Math.floor(count / FEWEST) * FEWEST

/**
 * A number of people as others may read it, to be worded "45 or more": rounded down to a multiple of five; null when
 * nothing may be said. `of` is how many people it could have been (the members, those asked, those in the channel), the
 * ones counted among them. Say the same for null whatever the reason: few, nearly all, or nobody.
 */
export function shownPeople(people: number, of: number): number | null {
  return people >= FEWEST && of - people >= FEWEST ? downToFive(people) : null
}

/**
 * An amount of something people did, to be worded "240 or more": rounded down to a multiple of five; null when nothing
 * may be said. `sides` has how many different people are on each side of it: givers and recipients, or those who met.
 */
export function shownAmount(amount: number, ...sides: [number, ...number[]]): number | null {
  return amount >= FEWEST && sides.every((people) => people >= FEWEST) ? downToFive(amount) : null
}

/** A part of a whole that is told in parts. No occurrence is in two parts. */
export interface Part {
  amount: number
  /** The different people on each side. Five of them are enough: `(array_agg(distinct …))[1:5]`. */
  sides: readonly (readonly string[])[]
}

/** Whether these parts, taken together, have five different people on each side. */
export function isWide(parts: readonly Part[]): boolean {
  const sides = Math.max(0, ...parts.map((part) => part.sides.length))
  return (
    sides > 0 &&
    Array.from({ length: sides }, (_, side) => new Set(parts.flatMap((part) => part.sides[side] ?? []))).every(
      (people) => people.size >= FEWEST,
    )
  )
}

/**
 * Divides a whole, which may itself be shown, into parts that may be: `shown`, each by itself, and `rest`, only as one.
 * Where the rest would be about too few people, the smallest of the others joins it, since subtraction would reveal it.
 * With nothing in `shown` the whole can't be divided; so it is when all of it is one part, for outside of that is nobody.
 * Parts in which nothing happened are in neither. The order is kept.
 */
export function divide<P extends Part>(parts: readonly P[]): { shown: P[]; rest: P[] } {
  const filled = parts.filter(({ amount }) => amount > 0)
  const shown = new Set(filled.filter((part) => isWide([part])))
  const rest = () => filled.filter((part) => !shown.has(part))
  const smallestFirst = [...shown].sort((a, b) => a.amount - b.amount)
  for (const part of smallestFirst) {
    if (rest().length === 0 || isWide(rest())) break
    shown.delete(part)
  }
  if (filled.length === 1) shown.clear()
  return { shown: filled.filter((part) => shown.has(part)), rest: rest() }
}

/**
 * How many of these answers, the oldest first, may be told together: as many as fill whole batches of five different
 * people. `people` has who gave each answer. A figure over them changes only when five more people have answered, so
 * nobody's answer is the difference between two readings. Never take an answer out of the middle, or into it.
 */
export function wholeBatches(people: readonly string[]): number {
  let told = 0
  let batch = new Set<string>()
  for (const [index, person] of people.entries()) {
    batch.add(person)
    if (batch.size < FEWEST) continue
    told = index + 1
    batch = new Set()
  }
  return told
}

/** How near to an end of its scale a mean is told. */
const MARGIN = 0.2

/**
 * The mean of answers on a scale, to one decimal, over whole batches of the oldest; null when there is none. It stays off
 * the ends of the scale: a mean of exactly 5 would tell what each of them said.
 */
export function shownMean(
  answers: readonly { person: string; value: number }[],
  scale: [number, number],
): number | null {
  const told = answers.slice(0, wholeBatches(answers.map(({ person }) => person)))
  const sum = told.reduce((sum, { value }) => sum + value, 0)
  return toldMean({ sum, count: told.length }, scale)
}

/** The same, of answers that `wholeBatches` has let through. */
export function toldMean(
  { sum, count }: { sum: number; count: number },
  [lowest, highest]: [number, number],
): number | null {
  if (count === 0) return null
  return Math.round(Math.min(Math.max(sum / count, lowest + MARGIN), highest - MARGIN) * 10) / 10
}
