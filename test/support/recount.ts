/** The month counted once more, slowly and plainly, from everything that ever happened: what the SQL has to agree with. */
import { DateTime } from 'luxon'
import { type Happened, pair, teamOf } from './happened.ts'
import { meetings, metBefore, tookPartIn } from './recount-together.ts'

export function recount(all: Happened, name: string, zone: string) {
  const local = (at: Date) => DateTime.fromJSDate(at, { zone })
  const monthOf = (at: Date) => local(at).toFormat('yyyy-MM')
  const shifted = (months: number) => DateTime.fromISO(`${name}-01`, { zone }).plus({ months }).toFormat('yyyy-MM')
  const standing = all.kudos.filter(({ withdrawn }) => !withdrawn)
  const month = standing.filter(({ givenAt }) => monthOf(givenAt) === name)
  const inThreeMonths = (at: Date) => [0, -1, -2].map(shifted).includes(monthOf(at))
  const threeMonths = standing.filter(({ givenAt }) => inThreeMonths(givenAt))
  const receivers = new Set(month.flatMap(({ recipients }) => recipients))
  const givers = new Set(month.map(({ giver }) => giver))
  const members = new Set([...all.people.filter(({ here }) => here).map(({ id }) => id), ...receivers, ...givers])
  const reached = new Set([
    ...threeMonths.flatMap(({ recipients }) => recipients),
    ...meetings(all)
      .filter(({ at }) => inThreeMonths(at))
      .flatMap(({ people }) => people),
    ...all.posts.filter(({ dueAt }) => inThreeMonths(dueAt)).flatMap(tookPartIn),
  ])

  const teamAt = (member: string, at: Date) => teamOf(all, member, at)
  const thanks = (kudos: Happened['kudos']) =>
    kudos.flatMap((one) =>
      one.recipients.map((to) => ({
        from: one.giver,
        to,
        at: one.givenAt,
        teams: [teamAt(one.giver, one.givenAt), teamAt(to, one.givenAt)] as const,
        private: one.isPrivate || one.keptPrivate.includes(to),
      })),
    )

  // Whoever was thanked from the seventh day before the month until the seventh day before its end.
  const week = (of: string) => DateTime.fromISO(`${of}-01`, { zone }).minus({ days: 7 }).toMillis()
  const thanked = new Map<string, boolean>()
  for (const { to, at } of thanks(standing)) {
    if (at.getTime() < week(name) || at.getTime() >= week(shifted(1))) continue
    const on = standing.some(
      ({ giver, givenAt }) => giver === to && givenAt > at && givenAt.getTime() <= at.getTime() + 7 * 24 * 3_600_000,
    )
    thanked.set(to, on || (thanked.get(to) ?? false))
  }

  const cells = new Map<
    string,
    { team: string; crossed: boolean; amount: number; from: Set<string>; to: Set<string> }
  >()
  for (const { from, to, teams, private: hidden } of thanks(month)) {
    if (hidden || teams[0] === null || teams[1] === null) continue
    const [team, crossed] = [teams[0], teams[0] !== teams[1]]
    const cell = cells.get(`${team} ${crossed}`) ?? { team, crossed, amount: 0, from: new Set(), to: new Set() }
    cells.set(`${team} ${crossed}`, {
      ...cell,
      amount: cell.amount + 1,
      from: cell.from.add(from),
      to: cell.to.add(to),
    })
  }

  const first = DateTime.fromISO(`${name}-01`, { zone }).toMillis()
  const before = new Set([
    ...thanks(standing.filter(({ givenAt }) => givenAt.getTime() < first)).map(({ from, to }) => pair(from, to)),
    ...metBefore(all, name, zone),
  ])
  const ties = new Set(
    thanks(month)
      .filter(
        ({ teams, private: hidden }) => !hidden && teams[0] !== null && teams[1] !== null && teams[0] !== teams[1],
      )
      .map(({ from, to }) => pair(from, to))
      .filter((tie) => !before.has(tie)),
  )

  const open = new Map(standing.filter(({ isPrivate }) => !isPrivate).map((one) => [one.id, one]))
  const chainOf = (id: string): string[] => {
    const one = open.get(id)
    if (!one) return []
    const earlier = one.passedOnFrom === null ? undefined : open.get(one.passedOnFrom)
    const linked = earlier?.recipients.includes(one.giver) && !earlier.keptPrivate.includes(one.giver)
    return [one.giver, ...(linked ? chainOf(earlier?.id ?? '') : [])]
  }
  const chains = month.map(({ id }) => chainOf(id)).filter(({ length }) => length > 1)

  return {
    members: members.size,
    kudos: month.length,
    givers: givers.size,
    receivers: receivers.size,
    unreached: [...members].filter((id) => !reached.has(id)).length,
    thanked: thanked.size,
    thankedOn: [...thanked.values()].filter((on) => on).length,
    cells: [...cells.values()]
      .map(({ team, crossed, amount, from, to }) => ({
        team,
        crossed,
        amount,
        sides: [from, to].map((side) => Math.min(5, side.size)),
      }))
      .sort((a, b) => (a.team === b.team ? Number(a.crossed) - Number(b.crossed) : a.team < b.team ? -1 : 1)),
    ties: ties.size,
    passedOn: chains.length,
    chain: Math.max(0, ...chains.map((people) => new Set(people).size)),
  }
}
