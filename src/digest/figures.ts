/** What of a month may be told: what was counted, after the rule of five. This is what is kept, shown, and exported. */
import { divide, downToFive, type Part, shownAmount, shownPeople } from '../workspace/rule-of-five.ts'
import type { Month } from './month.ts'
import type { MonthCount } from './store.ts'

/** Every number is rounded down to a multiple of five, shares to a whole percent; null is for what must not be told. */
export interface Figures {
  /** Such as 2026-10. */
  month: string
  zone: string
  /** Since when Small Acts counts here; ISO 8601. */
  since: string
  members: number
  kudos: number | null
  givers: number | null
  receivers: number | null
  /** Of those thanked: how many thanked somebody within seven days. */
  thanked: number | null
  thankedOn: number | null
  passedOn: number | null
  /** People in the longest chain. */
  chain: number | null
  /** Percent of the thanks that went to another team. */
  crossed: number | null
  /** Thanks within and beyond each team; the largest teams by name. */
  teams: TeamRow[]
  /** All others together; null when there is nothing to tell by team. */
  others: Omit<TeamRow, 'team'> | null
  ties: number | null
  /** Check-ins: how many were proposed, agreed to, and happened; percent of those that happened across teams. */
  proposed: number | null
  agreed: number | null
  met: number | null
  metAcross: number | null
  /** Means from 1 to 5, of everybody who said both. */
  gap: { expected: number; was: number } | null
  tookPart: number | null
  /** What people took part in most: the words of a prompt, and how many did. */
  prompts: { text: string; people: number }[]
  /** Reached by nothing for three months; null as well when three months have not been counted. */
  unreached: number | null
}

export interface TeamRow {
  team: string
  within: number | null
  across: number | null
}

/** How many teams have a row of their own. */
export const TEAMS_SHOWN = 20

export function figuresOf(count: MonthCount, month: Month, since: Date, countedThreeMonths: boolean): Figures {
  const { members, kudos, givers, receivers, thanked, thankedOn, unreached } = count
  const whole = (crossed: boolean) => merged(count.cells.filter((cell) => cell.crossed === crossed))
  const [within, across] = [whole(false), whole(true)]
  // Both, or neither: each is what the other leaves.
  const toldApart = divide([within, across]).shown.length === 2
  return {
    month: month.name,
    zone: month.zone,
    since: since.toISOString(),
    members: downToFive(members),
    kudos: shownAmount(kudos, givers, receivers),
    givers: shownPeople(givers, members),
    receivers: shownPeople(receivers, members),
    thanked: shownPeople(thanked, members),
    thankedOn: shownPeople(thankedOn, thanked),
    passedOn: amountOf(count.passedOn),
    chain: shownPeople(count.chain, members),
    crossed: toldApart ? Math.round((100 * across.amount) / (within.amount + across.amount)) : null,
    ...(toldApart ? byTeam(count) : { teams: [], others: null }),
    ties: amountOf(merged([count.ties, count.checkIns.ties])),
    ...checkIns(count),
    ...prompts(count),
    unreached: countedThreeMonths ? shownPeople(unreached, members) : null,
  }
}

/** Each is shown beside the one it is part of when what lies between them may be shown as well. */
function checkIns({ checkIns: { met, agreed, open, metWithin, metAcross, gap } }: MonthCount) {
  const both = merged([met, agreed])
  const proposed = amountOf(merged([both, open]))
  const isTold = (one: Part, other: Part) => divide([one, other]).shown.length === 2
  const toldAgreed = proposed !== null && isTold(both, open)
  return {
    proposed,
    agreed: toldAgreed ? amountOf(both) : null,
    met: toldAgreed && isTold(met, agreed) ? amountOf(met) : null,
    metAcross: isTold(metWithin, metAcross)
      ? Math.round((100 * metAcross.amount) / (metWithin.amount + metAcross.amount))
      : null,
    gap,
  }
}

/** How many prompts are named as those that worked. */
const PROMPTS_NAMED = 2

function prompts({ prompts: { tookPart, prompts }, members }: MonthCount) {
  const named = prompts.flatMap(({ text, people }) => {
    const shown = shownPeople(people, members)
    return shown === null ? [] : [{ text, people: shown }]
  })
  return { tookPart: shownPeople(tookPart, members), prompts: named.slice(0, PROMPTS_NAMED) }
}

const amountOf = (part: Part): number | null => {
  const [first = 0, ...others] = part.sides.map((people) => people.length)
  return shownAmount(part.amount, first, ...others)
}

/** Several parts as one. */
function merged(parts: readonly Part[]): Part {
  const sides = Math.max(0, ...parts.map((part) => part.sides.length))
  const side = (index: number) => [...new Set(parts.flatMap((part) => part.sides[index] ?? []))]
  return {
    amount: parts.reduce((sum, { amount }) => sum + amount, 0),
    sides: Array.from({ length: sides }, (_, index) => side(index)),
  }
}

/** Thanks within teams and beyond them are two wholes, each divided by the giver's team. */
function byTeam({ cells, teams }: MonthCount): Pick<Figures, 'teams' | 'others'> {
  const largest = [...teams]
    .sort((a, b) => b.size - a.size || (a.team < b.team ? -1 : 1))
    .slice(0, TEAMS_SHOWN)
    .map(({ team }) => team)
    .sort((a, b) => a.localeCompare(b, 'en'))
  const divided = [false, true].map((crossed) => {
    const mine = cells.filter((cell) => cell.crossed === crossed)
    const named: (Part & { team: string | null })[] = mine.filter(({ team }) => largest.includes(team))
    const small = mine.filter(({ team }) => !largest.includes(team))
    const { shown, rest } = divide([...named, { ...merged(small), team: null }])
    return {
      of: (team: string) => amountIn(shown.filter((part) => part.team === team)),
      others: amountIn([...shown.filter(({ team }) => team === null), ...rest]),
      any: shown.some(({ team }) => team !== null),
    }
  })
  const [within, across] = divided
  if (!within || !across || !(within.any || across.any)) return { teams: [], others: null }
  return {
    teams: largest
      .map((team) => ({ team, within: within.of(team), across: across.of(team) }))
      .filter((row) => row.within !== null || row.across !== null),
    others: { within: within.any ? within.others : null, across: across.any ? across.others : null },
  }
}

const amountIn = (parts: readonly Part[]): number | null => (parts.length > 0 ? amountOf(merged(parts)) : null)
