/** Months as they may have been: whatever happens in a workspace that the digest counts. */
import fc from 'fast-check'
import { DateTime } from 'luxon'
import type { Happened } from './happened.ts'

const PEOPLE = Array.from({ length: 12 }, (_, index) => `U${String(index).padStart(2, '0')}`)
const person = fc.constantFrom(...PEOPLE)

/** Moments of half a year with both clock changes in it, many of them at the edges of a month or of a day. */
const moment = (zone: string) =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.oneof(fc.constantFrom(0, 0, 0, -1, 1, 7 * 24 * 60, -7 * 24 * 60), fc.integer({ min: 0, max: 40_000 })),
    )
    .map(([month, minutes]) =>
      DateTime.fromObject({ year: 2026, month: 5, day: 1 }, { zone })
        .plus({ months: month })
        .plus({ minutes })
        .toJSDate(),
    )

/** Half a year of a small workspace. */
export const happened = (zone: string): fc.Arbitrary<Happened> =>
  fc.tuple(thanked(zone), together(zone)).map(([thanks, others]) => ({ ...thanks, ...others }))

const thanked = (zone: string): fc.Arbitrary<Pick<Happened, 'people' | 'claims' | 'kudos'>> =>
  fc
    .noBias(
      fc.record({
        gone: fc.uniqueArray(person, { maxLength: 3 }),
        teams: fc.array(
          fc.record({
            member: person,
            source: fc.constantFrom('admin' as const, 'group' as const, 'field' as const, 'self' as const),
            team: fc.constantFrom('Care', 'Design', 'Platform'),
            since: moment(zone),
            days: fc.option(fc.integer({ min: 0, max: 150 }), { freq: 3 }),
          }),
          { minLength: 20, maxLength: 30, size: 'max' },
        ),
        kudos: fc.array(
          fc.record({
            giver: person,
            recipients: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
            keep: fc.boolean(),
            isPrivate: fc.constantFrom(false, false, false, true),
            from: fc.option(fc.nat(39), { freq: 4 }),
            givenAt: moment(zone),
            withdrawn: fc.constantFrom(false, false, false, true),
          }),
          { minLength: 10, maxLength: 40, size: 'max' },
        ),
      }),
    )
    .map(({ gone, teams, kudos }) => {
      const inOrder = kudos.sort((a, b) => a.givenAt.getTime() - b.givenAt.getTime())
      const stored: Happened['kudos'] = []
      for (const { giver, recipients, keep, from, ...one } of inOrder) {
        // Whoever passes a kudos on received it, mostly.
        const earlier = from === null ? undefined : stored[from % Math.max(1, stored.length)]
        const by = (from ?? 0) % 4 === 0 ? giver : (earlier?.recipients[0] ?? giver)
        const others = recipients.filter((id) => id !== by)
        if (others.length === 0) continue
        stored.push({
          ...one,
          giver: by,
          id: String(stored.length),
          recipients: others,
          keptPrivate: keep ? others.slice(1) : [],
          passedOnFrom: earlier?.id ?? null,
        })
      }
      const claims = teams.map(({ days, ...one }) => ({
        ...one,
        until: days === null ? null : new Date(one.since.getTime() + days * 86_400_000),
      }))
      // One source says one thing of somebody at a time.
      const alone = claims.filter(
        (one, index) =>
          !claims.slice(0, index).some((other) => other.member === one.member && other.source === one.source),
      )
      return { people: PEOPLE.map((id) => ({ id, here: !gone.includes(id) })), claims: alone, kudos: stored }
    })

const id = fc.nat(11).map((index) => PEOPLE[index] ?? '')
const party = fc.record({
  answer: fc.constantFrom('yes' as const, 'yes' as const, 'yes' as const, 'no' as const, 'open' as const),
  outcome: fc.constantFrom('met' as const, 'met' as const, 'met' as const, 'no' as const, 'planned' as const, null),
})

/** Rounds and prompts at such moments. Only those who said yes are introduced, and asked how it was. */
const together = (zone: string): fc.Arbitrary<Pick<Happened, 'rounds' | 'posts'>> =>
  fc.noBias(
    fc.record({
      rounds: fc.array(
        fc
          .record({
            openedAt: moment(zone),
            gap: fc.option(fc.constantFrom({ expected: 3.1, was: 4.2 }, { expected: 2.5, was: 2.4 })),
            pairings: fc.array(
              fc.record({
                shown: fc.constantFrom(true, true, true, false),
                days: fc.integer({ min: 0, max: 12 }),
                people: fc.uniqueArray(id, { minLength: 2, maxLength: 3 }),
                parties: fc.tuple(party, party, party),
              }),
              { minLength: 2, maxLength: 5, size: 'max' },
            ),
          })
          .map(({ openedAt, gap, pairings }) => ({
            openedAt,
            gap,
            pairings: pairings.map(({ shown, days, people, parties }) => {
              const said = people.map((member, index) => ({ id: member, ...(parties[index] ?? parties[0]) }))
              const isAgreed = shown && said.filter(({ answer }) => answer === 'yes').length > 1
              return {
                shown,
                introducedAt: isAgreed ? new Date(openedAt.getTime() + days * 86_400_000) : null,
                people: said.map((one) => ({
                  ...one,
                  outcome: isAgreed && one.answer === 'yes' ? one.outcome : null,
                })),
              }
            }),
          })),
        { minLength: 4, maxLength: 8, size: 'max' },
      ),
      posts: fc.array(
        fc.record({
          prompt: fc.constantFrom('A', 'B', 'C'),
          dueAt: moment(zone),
          answered: fc.uniqueArray(id, { maxLength: 4 }),
          removed: fc.uniqueArray(id, { maxLength: 2 }),
          done: fc.uniqueArray(id, { maxLength: 4 }),
        }),
        { minLength: 4, maxLength: 10, size: 'max' },
      ),
    }),
  )
