import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as giving from '../../src/kudos/giving-store.ts'
import * as store from '../../src/kudos/store.ts'
import * as writing from '../../src/kudos/writing-store.ts'
import { inOneStatement, type Tenant } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { aKudos, aStoredKudos } from '../support/builders.ts'
import { eventually } from '../support/eventually.ts'
import { twoWorkspaces } from '../support/two-workspaces.ts'

const ALL_STORED = { outdated: false, alike: new Map(), overLimit: new Set() }
const NOON = new Date('2026-03-02T12:00:00Z')
const workspaces = twoWorkspaces(NOON)
const { within } = workspaces

describe('giving', () => {
  it('stores a kudos with its recipients, once', async () => {
    const kudos = aKudos({ recipients: ['U03LEE', 'U01ANN'] })
    for (let time = 0; time < 2; time += 1) {
      expect(await within((tenant) => giving.insertKudos(tenant, [kudos]))).toEqual(ALL_STORED)
    }
    expect(await within((tenant) => store.findKudos(tenant, kudos.id))).toEqual(
      aStoredKudos({ id: kudos.id, giver: 'U02RAJ', recipients: ['U03LEE', 'U01ANN'], givenAt: kudos.givenAt }),
    )
  })

  it('leaves what is to be posted to whoever takes it first, a few at a time, once', async () => {
    const numbered = (number: number, over = {}) =>
      aKudos({
        id: naturalId('kudos', 'to post', String(number)),
        likeness: String(number),
        givenAt: new Date(NOON.getTime() + number),
        toPost: { responseUrl: `https://slack.test/${number}` },
        ...over,
      })
    const [third, first, second] = [numbered(3), numbered(1), numbered(2)]
    const untold = numbered(4, { toPost: null })
    const twin = numbered(5, { likeness: first.likeness, unlessLikeSince: NOON })
    await within((tenant) => giving.insertKudos(tenant, [third, first, second, untold]))
    await within((tenant) => giving.insertKudos(tenant, [first, twin]))
    expect(await within((tenant) => giving.takeToPost(tenant, 9), workspaces.other)).toEqual(new Map())
    const undone = new Error('the transaction that took them failed')
    await expect(
      within(async (tenant) => {
        expect((await giving.takeToPost(tenant, 9)).size).toBe(3)
        throw undone
      }),
    ).rejects.toBe(undone)
    const take = () => within((tenant) => giving.takeToPost(tenant, 2))
    const [some, rest] = [await take(), await take()]
    expect([some.size, rest.size]).toEqual([2, 1])
    const numbers = [first, second, third].map(({ id }) => (some.get(id) ?? rest.get(id))?.responseUrl)
    expect(numbers).toEqual([1, 2, 3].map((number) => `https://slack.test/${number}`))
    expect(await take()).toEqual(new Map())
  })

  it('never hands the same kudos to two who take at the same moment', async () => {
    const ids = Array.from({ length: 12 }, (_, number) => naturalId('kudos', 'taken', String(number)))
    await within((tenant) =>
      giving.insertKudos(
        tenant,
        ids.map((id) => aKudos({ id, likeness: id })),
      ),
    )
    const taken: string[] = []
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        const some = await within((tenant) => giving.takeToPost(tenant, 3))
        taken.push(...some.keys())
      }),
    )
    for (;;) {
      const rest = await within((tenant) => giving.takeToPost(tenant, 3))
      if (rest.size === 0) break
      taken.push(...rest.keys())
    }
    expect(taken.sort()).toEqual([...ids].sort())
  })

  it('finds one just like it, but not itself, an old, a withdrawn or somebody else’s one', async () => {
    const since = new Date(aKudos().givenAt.getTime() - 1)
    const numbered = (number: string, over = {}) =>
      aKudos({ id: naturalId('kudos', 'test', number), unlessLikeSince: since, ...over })
    const insert = (kudos: giving.NewKudos) => within((tenant) => giving.insertKudos(tenant, [kudos]))
    const [first, second] = [numbered('1'), numbered('2')]
    expect(await insert(first)).toEqual(ALL_STORED)
    expect(await insert(first)).toEqual(ALL_STORED)
    expect((await insert(second)).alike).toEqual(new Map([[second.id, first.id]]))
    expect(await within((tenant) => store.findKudos(tenant, second.id))).toBeNull()
    expect(await insert({ ...second, unlessLikeSince: first.givenAt })).toEqual(ALL_STORED)
    await within((tenant) => writing.markWithdrawn(tenant, first.id, NOON))
    await within((tenant) => writing.markWithdrawn(tenant, second.id, NOON))
    expect(await insert(numbered('3'))).toEqual(ALL_STORED)
    expect(await insert(numbered('4', { giver: 'U07ZOE' }))).toEqual(ALL_STORED)
  })

  it('asks once when several alike arrive at the same moment, however often each has to try', async () => {
    const giveOne = async (number: string) => {
      const kudos = aKudos({ id: naturalId('kudos', 'race', number), unlessLikeSince: new Date(0) })
      for (;;) {
        try {
          return await inOneStatement(workspaces.db, workspaces.id, (tenant) => giving.insertKudos(tenant, [kudos]))
        } catch (error) {
          if (!giving.isOvertaken(error)) throw error
        }
      }
    }
    const results = await Promise.all(['1', '2', '3', '4', '5', '6'].map(giveOne))
    expect(results.filter(({ alike }) => alike.size === 0)).toHaveLength(1)
    expect(await within((tenant) => store.listGiven(tenant, 'U02RAJ', 9))).toHaveLength(1)
  })

  it('is not stored while its giver gives something else that nobody can see yet', async () => {
    const numbered = (number: string) => aKudos({ id: naturalId('kudos', 'overtaken', number), likeness: number })
    const first = numbered('1')
    const both = Promise.withResolvers<void>()
    const slow = within(async (tenant) => {
      const stored = await giving.insertKudos(tenant, [first])
      both.resolve()
      // The embedded database lets nobody in between; a server lets the other one wait for this one.
      await holdsSomebodyUp(tenant)
      return stored
    })
    await Promise.race([both.promise, slow])
    const others = [numbered('2'), numbered('3')]
    const inserting = inOneStatement(workspaces.db, workspaces.id, (tenant) => giving.insertKudos(tenant, others))
    const problem = await inserting.then(
      () => null,
      (error: unknown) => error,
    )
    expect(await slow).toEqual(ALL_STORED)
    const overtakes = process.env.TEST_DATABASE_URL !== undefined
    expect(problem === null ? null : giving.isOvertaken(problem)).toBe(overtakes ? true : null)
    expect(await within((tenant) => store.listGiven(tenant, 'U02RAJ', 9))).toHaveLength(overtakes ? 1 : 3)
  })
})

/** Waits until another connection waits for this one; the embedded database has one session, where nobody can. */
async function holdsSomebodyUp({ trx }: Tenant): Promise<void> {
  if (!process.env.TEST_DATABASE_URL) return
  await eventually('somebody to wait', async () => {
    const { rows } = await sql`
      select from pg_locks where not granted and pid = any(
        select pid from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))
      )`.execute(trx)
    return rows.length > 0
  })
}

describe('the day’s limit', () => {
  const given = (number: number, over: Partial<giving.NewKudos> = {}) =>
    aKudos({ id: naturalId('kudos', 'limit', String(number)), likeness: String(number), dailyLimit: 2, ...over })
  const insert = (...kudos: giving.NewKudos[]) => within((tenant) => giving.insertKudos(tenant, kudos))

  it('holds within one batch, each giver for themselves', async () => {
    const mine = [1, 2, 3].map((number) => given(number))
    const theirs = [4, 5].map((number) => given(number, { giver: 'U07ZOE' }))
    const { overLimit } = await insert(...mine, ...theirs)
    expect(overLimit).toEqual(new Set([mine[2]?.id]))
    expect(await within((tenant) => store.listGiven(tenant, 'U02RAJ', 9))).toHaveLength(2)
    expect(await within((tenant) => store.listGiven(tenant, 'U07ZOE', 9))).toHaveLength(2)
  })

  it('counts from the beginning of the day, what stands and what an admin removed', async () => {
    await insert(given(1, { givenAt: new Date('2026-03-01T23:59:59Z') }))
    const [second, third] = [given(2), given(3)]
    expect(await insert(second)).toEqual(ALL_STORED)
    expect(await insert(third)).toEqual(ALL_STORED)
    expect((await insert(given(4))).overLimit.size).toBe(1)
    await within((tenant) => writing.markWithdrawn(tenant, second.id, NOON))
    expect(await insert(given(4))).toEqual(ALL_STORED)
    await within((tenant) => writing.markWithdrawn(tenant, third.id, NOON, { by: 'U0ADMIN', reason: 'unkind' }))
    expect((await insert(given(5))).overLimit.size).toBe(1)
  })

  it('lets the same request through again, however full the day is', async () => {
    const first = given(1, { dailyLimit: 1 })
    expect(await insert(first)).toEqual(ALL_STORED)
    expect(await insert(first)).toEqual(ALL_STORED)
    expect((await insert(given(2, { dailyLimit: 1 }))).overLimit.size).toBe(1)
  })
})
