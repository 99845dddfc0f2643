/** Check-ins and prompts of a month counted once more, slowly and plainly. */
import { DateTime } from 'luxon'
import { type Happened, pair, teamOf } from './happened.ts'

type Pairing = Happened['rounds'][number]['pairings'][number]

const isMet = ({ introducedAt, people }: Pairing) => {
  const said = people.flatMap(({ outcome }) => outcome ?? [])
  return introducedAt !== null && said.length > 0 && said.every((one) => one === 'met')
}

const willing = ({ people }: Pairing) => people.filter(({ answer }) => answer === 'yes').map(({ id }) => id)

/** Every check-in that happened. */
export const meetings = ({ rounds }: Happened) =>
  rounds
    .flatMap(({ pairings }) => pairings)
    .filter(isMet)
    .map((one) => ({ people: willing(one), at: one.introducedAt as Date }))

export const tookPartIn = ({ answered, removed, done }: Happened['posts'][number]): string[] => [
  ...answered.filter((id) => !removed.includes(id)),
  ...done,
]

const pairsOf = (people: string[]) =>
  people.flatMap((a) => people.filter((b) => a < b).map((b) => [a, b] as [string, string]))

/** Fourteen days before the month until fourteen days before its end. */
function windowOf(name: string, zone: string): [Date, Date] {
  const first = DateTime.fromISO(`${name}-01`, { zone })
  return [first.minus({ days: 14 }).toJSDate(), first.plus({ months: 1 }).minus({ days: 14 }).toJSDate()]
}

/** The pairs who met in rounds that earlier months have counted. */
export function metBefore(all: Happened, name: string, zone: string): string[] {
  const [from] = windowOf(name, zone)
  const earlier = all.rounds.filter(({ openedAt }) => openedAt < from).flatMap(({ pairings }) => pairings)
  return earlier
    .filter((one) => one.shown && isMet(one))
    .flatMap((one) => pairsOf(willing(one)).map(([a, b]) => pair(a, b)))
}

export function recountTogether(all: Happened, name: string, zone: string) {
  const [from, until] = windowOf(name, zone)
  const end = DateTime.fromISO(`${name}-01`, { zone }).plus({ months: 1 }).toJSDate()
  const shown = all.rounds
    .filter(({ openedAt }) => openedAt >= from && openedAt < until)
    .flatMap(({ pairings }) => pairings.filter((one) => one.shown))
  const part = (amount: number, ...sides: string[][]) => ({
    amount,
    sides: sides.map((people) => Math.min(5, new Set(people).size)),
  })
  const fate = (pairings: Pairing[], peopleOf: (one: Pairing) => string[]) =>
    part(pairings.length, pairings.flatMap(peopleOf))

  const met = shown.filter(isMet).flatMap((one) =>
    pairsOf(willing(one)).map(([a, b]) => {
      const at = one.introducedAt as Date
      return { a, b, teams: [teamOf(all, a, at), teamOf(all, b, at)] as const }
    }),
  )
  const teamed = met.filter(({ teams }) => teams[0] !== null && teams[1] !== null)
  const [within, across] = [true, false].map((same) => teamed.filter(({ teams }) => (teams[0] === teams[1]) === same))
  const pairs = (list: typeof met = []) =>
    part(
      list.length,
      list.map(({ a }) => a),
      list.map(({ b }) => b),
    )

  const thanked = all.kudos
    .filter(({ withdrawn, givenAt }) => !withdrawn && givenAt < end)
    .flatMap(({ giver, recipients }) => recipients.map((to) => pair(giver, to)))
  const before = new Set([...thanked, ...metBefore(all, name, zone)])
  const ties = [...new Set((across ?? []).map(({ a, b }) => pair(a, b)))]
    .filter((tie) => !before.has(tie))
    .map((tie) => tie.split(' '))

  const posts = all.posts.filter(({ dueAt }) => DateTime.fromJSDate(dueAt, { zone }).toFormat('yyyy-MM') === name)
  const people = (list: Happened['posts']) => new Set(list.flatMap(tookPartIn)).size
  const prompts = [...new Set(posts.map(({ prompt }) => prompt))]
    .map((prompt) => ({ text: `Prompt ${prompt}`, people: people(posts.filter((post) => post.prompt === prompt)) }))
    .filter((prompt) => prompt.people > 0)
    .sort((a, b) => b.people - a.people || (a.text < b.text ? -1 : 1))

  const opened = all.rounds
    .filter(({ openedAt }) => openedAt < end)
    .sort((a, b) => Number(a.openedAt) - Number(b.openedAt))
  return {
    checkIns: {
      met: fate(shown.filter(isMet), willing),
      agreed: fate(
        shown.filter((one) => one.introducedAt !== null && !isMet(one)),
        willing,
      ),
      open: fate(
        shown.filter((one) => one.introducedAt === null),
        (one) => one.people.map(({ id }) => id),
      ),
      metWithin: pairs(within),
      metAcross: pairs(across),
      ties: part(
        ties.length,
        ties.map(([low]) => low ?? ''),
        ties.map(([, high]) => high ?? ''),
      ),
      gap: opened.at(-1)?.gap ?? null,
    },
    prompts: { tookPart: people(posts), prompts },
  }
}
