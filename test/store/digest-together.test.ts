import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { monthNamed } from '../../src/digest/month.ts'
import { countMonth } from '../../src/digest/store.ts'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { saveInstallation, saveMembers } from '../../src/workspace/store.ts'
import { saveTeamClaims } from '../../src/workspace/team-store.ts'
import { aKudos, aMember } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const WORKSPACE = 'TTOGETHER'
const month = monthNamed('2026-10', 'UTC')
if (!month) throw new Error('no such month')
let database: TestDatabase
const within = <T>(work: (tenant: Tenant) => Promise<T>) => inWorkspace(database.db, WORKSPACE, work)
const id = (...parts: string[]) => naturalId('together', ...parts)

/** `said` is what each of the people answered, and how it was: met, no, or nothing yet. */
async function pairing(
  name: string,
  opened: string,
  people: Record<string, string>,
  introduced: string | null,
): Promise<void> {
  await within(async ({ trx }) => {
    await sql`
      insert into round (workspace_id, id, date, state, number, people, opened_at, closes_at)
      values (${WORKSPACE}, ${id(name)}, ${opened}, 'closed', null, 2, ${opened}, ${opened})`.execute(trx)
    await sql`
      insert into pairing (workspace_id, id, round_id, number, wave, state, answer_by, shown_at, introduced_at)
      values (${WORKSPACE}, ${id('p', name)}, ${id(name)}, 1, 1, 'over', ${opened}, ${opened}, ${introduced})`.execute(
      trx,
    )
    for (const [member, said] of Object.entries(people)) {
      const [answer, outcome] = said.split(' ')
      await sql`
        insert into pairing_member (workspace_id, pairing_id, member_id, number, answer, outcome)
        values (${WORKSPACE}, ${id('p', name)}, ${member}, 1, ${answer}, ${outcome ?? null})`.execute(trx)
    }
  })
}

async function prompt(name: string, due: string, took: { answered?: string[]; done?: string[]; removed?: string[] }) {
  await within(async ({ trx }) => {
    await sql`
      insert into prompt_post (workspace_id, id, channel_id, week, due_at, state, prompt_id, text, language)
      values (${WORKSPACE}, ${id(name)}, ${name}, '2026-W40', ${due}, 'posted', ${name.split(' ')[0]}, ${`Prompt ${name}`},
        'en')`.execute(trx)
    for (const member of [...(took.answered ?? []), ...(took.removed ?? [])]) {
      await sql`
        insert into prompt_answer (workspace_id, id, post_id, member_id, text, answered_at, removed_at, state)
        values (${WORKSPACE}, ${id(name, member)}, ${id(name)}, ${member}, 'words', ${due},
          ${took.removed?.includes(member) ? due : null}, 'sent')`.execute(trx)
    }
    for (const member of took.done ?? []) {
      await sql`
        insert into prompt_done (workspace_id, post_id, member_id, done_at)
        values (${WORKSPACE}, ${id(name)}, ${member}, ${due})`.execute(trx)
    }
  })
}

beforeAll(async () => {
  database = await createTestDatabase()
  await saveInstallation(database.db, { workspaceId: WORKSPACE, botUserId: 'U0BOT', botId: 'B0BOT' }, new Date())
  const people = Array.from({ length: 12 }, (_, index) => `U${index}`)
  await within(async (tenant) => {
    await saveMembers(
      tenant,
      people.map((one) => aMember({ id: one })),
    )
    const claims = people.map((memberId, index) => ({ memberId, team: index % 2 === 0 ? 'Even' : 'Odd' }))
    await saveTeamClaims(tenant, 'self', claims, new Date('2026-01-01'))
    // U1 changed sides after they had met.
    await saveTeamClaims(tenant, 'self', [{ memberId: 'U1', team: 'Even' }], new Date('2026-10-20'))
    await insertKudos(tenant, [
      aKudos({ id: id('k'), giver: 'U2', recipients: ['U3'], givenAt: new Date('2026-08-05'), toPost: null }),
    ])
  })
})
afterAll(() => database?.drop())

it('check-ins count by what became of them, a trio as three pairs, teams as they were', async () => {
  await pairing('across', '2026-09-20', { U0: 'yes met', U1: 'yes' }, '2026-09-21')
  await pairing('trio', '2026-10-01', { U4: 'yes met', U5: 'yes met', U6: 'yes' }, '2026-10-02')
  await pairing('two who accepted', '2026-10-05', { U7: 'yes met', U8: 'yes', U9: 'no' }, '2026-10-06')
  await pairing('denied', '2026-10-06', { U2: 'yes met', U3: 'yes no' }, '2026-10-07')
  await pairing('no answer', '2026-10-07', { U10: 'yes', U11: 'open' }, null)
  await pairing('too early', '2026-09-16', { U10: 'yes met', U11: 'yes' }, '2026-09-17')
  await pairing('too late', '2026-10-18', { U10: 'yes met', U11: 'yes' }, '2026-10-19')

  const { checkIns } = await within((tenant) => countMonth(tenant, month))
  expect(checkIns.met).toMatchObject({ amount: 3 })
  expect(checkIns.met.sides[0]).toHaveLength(5)
  expect(checkIns.agreed).toEqual({ amount: 1, sides: [['U2', 'U3']] })
  expect(checkIns.open).toEqual({ amount: 1, sides: [['U10', 'U11']] })
  // U0 and U1; U4 and U5, U5 and U6; U7 and U8: only U4 and U6 are of one team.
  expect(checkIns.metAcross.amount).toBe(4)
  expect(checkIns.metWithin).toEqual({ amount: 1, sides: [['U4'], ['U6']] })
  expect(checkIns.ties.amount).toBe(4)
  // Counted before, they are no new ties.
  expect((await within((tenant) => countMonth(tenant, month))).checkIns.ties.amount).toBe(0)
})

it('whoever took part in a prompt counts once, also in several channels', async () => {
  await prompt('thank A', '2026-10-05', { answered: ['U0', 'U1'], done: ['U1', 'U2'] })
  await prompt('thank B', '2026-10-06', { done: ['U2', 'U3'], removed: ['U4'] })
  await prompt('wave A', '2026-10-12', { done: ['U5'] })
  await prompt('before', '2026-09-30', { done: ['U6'] })
  const { prompts } = await within((tenant) => countMonth(tenant, month))
  expect(prompts).toEqual({
    tookPart: 5,
    prompts: [
      { text: 'Prompt thank A', people: 4 },
      { text: 'Prompt wave A', people: 1 },
    ],
  })
})

it('nobody counts as reached by nothing who was thanked, met somebody, or took part', async () => {
  // By kudos U3; by check-ins U0, U1, U4 to U8, U10 and U11; by prompts U0 to U3, U5 and U6. That leaves U9.
  expect((await within((tenant) => countMonth(tenant, month))).unreached).toBe(1)
})
