import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as ledger from '../../src/kudos/delivery-store.ts'
import * as giving from '../../src/kudos/giving-store.ts'
import * as store from '../../src/kudos/store.ts'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { saveChannel, saveInstallation, saveMembers, saveUserGroup } from '../../src/workspace/store.ts'
import { aKudos, aMember } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOON = new Date('2026-03-02T12:00:00Z')
let database: TestDatabase
let run = 0
let workspace: string
let other: string

const within = <T>(work: (tenant: Tenant) => Promise<T>, id = workspace) => inWorkspace(database.db, id, work)

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  run += 1
  workspace = `T${run}`
  other = `T${run}OTHER`
  for (const workspaceId of [workspace, other]) {
    await saveInstallation(database.db, { workspaceId, botUserId: 'U0BOT', botId: 'B0BOT' }, NOON)
  }
})

describe('giving', () => {
  it('reads everything at once: kinds, groups, and whether a card may be shown', async () => {
    await within(async (tenant) => {
      await saveMembers(tenant, [aMember(), aMember({ id: 'U03LEE', kind: 'deactivated' }), aMember({ id: 'U04KIM' })])
      await saveUserGroup(tenant, { id: 'S01', members: ['U03LEE', 'U04KIM', 'U05NEW'], version: 1 })
      await saveChannel(tenant, { id: 'C1', isShared: false, isArchived: false })
      await saveChannel(tenant, { id: 'C2', isShared: true, isArchived: false })
    })
    const asked = {
      giver: 'U02RAJ',
      people: ['U01ANN', 'U03LEE', 'U09NOBODY'],
      groups: ['S01'],
      channel: 'C1',
      groupLimit: 12,
    }
    expect(await within((tenant) => giving.readGivingContext(tenant, [asked], 10))).toEqual({
      kinds: new Map([
        ['U01ANN', 'member'],
        ['U03LEE', 'deactivated'],
      ]),
      groups: new Map([['S01', ['U04KIM']]]),
      cardChannels: new Set(['C1']),
    })
    const shared = await within((tenant) => giving.readGivingContext(tenant, [{ ...asked, channel: 'C2' }], 10))
    expect(shared.cardChannels).toEqual(new Set())
    const elsewhere = await within((tenant) => giving.readGivingContext(tenant, [asked], 10), other)
    expect(elsewhere).toEqual({ kinds: new Map(), groups: new Map(), cardChannels: new Set() })
  })

  it('stores a kudos with its recipients and deliveries, once', async () => {
    const kudos = aKudos({ recipients: ['U03LEE', 'U01ANN'] })
    for (let time = 0; time < 2; time += 1) {
      expect(await within((tenant) => giving.insertKudos(tenant, [kudos], null))).toEqual(new Map())
    }
    expect(await within((tenant) => store.findKudos(tenant, kudos.id))).toEqual({
      id: kudos.id,
      giver: 'U02RAJ',
      recipients: ['U03LEE', 'U01ANN'],
      reason: 'staying late',
      saidIn: 'C01GENERAL',
      givenAt: kudos.givenAt,
      withdrawn: false,
    })
    const deliveries = await within((tenant) => ledger.listDeliveries(tenant, kudos.id))
    expect(deliveries.map(({ target, state }) => ({ target, state }))).toEqual(
      expect.arrayContaining([
        { target: 'U01ANN', state: 'due' },
        { target: 'U03LEE', state: 'due' },
      ]),
    )
    expect(deliveries).toHaveLength(2)
  })

  it('finds one just like it, but not itself, an old, a withdrawn or somebody else’s one', async () => {
    const first = aKudos()
    const second = aKudos({ id: naturalId('kudos', 'test', '2') })
    const since = new Date(first.givenAt.getTime() - 1)
    await within((tenant) => giving.insertKudos(tenant, [first], since))
    expect(await within((tenant) => giving.insertKudos(tenant, [first], since))).toEqual(new Map())
    expect(await within((tenant) => giving.insertKudos(tenant, [second], since))).toEqual(
      new Map([[second.id, first.id]]),
    )
    expect(await within((tenant) => store.findKudos(tenant, second.id))).toBeNull()
    expect(await within((tenant) => giving.insertKudos(tenant, [second], first.givenAt))).toEqual(new Map())
    await within((tenant) => store.markWithdrawn(tenant, first.id, first.giver, NOON))
    await within((tenant) => store.markWithdrawn(tenant, second.id, second.giver, NOON))
    const third = aKudos({ id: naturalId('kudos', 'test', '3') })
    expect(await within((tenant) => giving.insertKudos(tenant, [third], since))).toEqual(new Map())
    const theirs = aKudos({ id: naturalId('kudos', 'test', '4'), giver: 'U07ZOE' })
    expect(await within((tenant) => giving.insertKudos(tenant, [theirs], since))).toEqual(new Map())
  })

  it('asks once when two alike arrive at the same moment', async () => {
    const asked = { giver: 'U02RAJ', people: [], groups: [], channel: 'C1' }
    const giveOne = (number: string) =>
      within(async (tenant) => {
        await giving.readGivingContext(tenant, [asked], 10)
        const kudos = aKudos({ id: naturalId('kudos', 'race', number) })
        return await giving.insertKudos(tenant, [kudos], new Date(0))
      })
    const results = await Promise.all(['1', '2', '3', '4', '5', '6'].map(giveOne))
    expect(results.filter((alike) => alike.size === 0)).toHaveLength(1)
  })
})

describe('withdrawing', () => {
  it('is the giver’s alone, once, and takes it from every list', async () => {
    const kudos = aKudos()
    await within((tenant) => giving.insertKudos(tenant, [kudos], null))
    expect(await within((tenant) => store.listGiven(tenant, 'U02RAJ', 5))).toHaveLength(1)
    expect(await within((tenant) => store.listReceived(tenant, 'U01ANN', 5))).toHaveLength(1)
    expect(await within((tenant) => store.markWithdrawn(tenant, kudos.id, 'U01ANN', NOON))).toBe(false)
    expect(await within((tenant) => store.markWithdrawn(tenant, kudos.id, 'U02RAJ', NOON), other)).toBe(false)
    expect(await within((tenant) => store.markWithdrawn(tenant, kudos.id, 'U02RAJ', NOON))).toBe(true)
    expect(await within((tenant) => store.markWithdrawn(tenant, kudos.id, 'U02RAJ', NOON))).toBe(false)
    expect(await within((tenant) => store.holdKudos(tenant, kudos.id))).toBe('withdrawn')
    expect(await within((tenant) => store.listGiven(tenant, 'U02RAJ', 5))).toEqual([])
    expect(await within((tenant) => store.listReceived(tenant, 'U01ANN', 5))).toEqual([])
  })
})

describe('notes', () => {
  it('are wanted until somebody says otherwise, and the first is the first that was sent', async () => {
    expect(await within((tenant) => store.readNotes(tenant, 'U01ANN'))).toEqual({ wanted: true, first: true })
    const kudos = aKudos()
    await within((tenant) => giving.insertKudos(tenant, [kudos], null))
    const [delivery] = kudos.deliveries
    const settle = (state: ledger.DeliveryState) =>
      within((tenant) =>
        ledger.settleDelivery(tenant, delivery?.id ?? '', { state, place: { channel: 'D1', ts: '1.1' } }, NOON),
      )
    await settle('gone')
    expect(await within((tenant) => store.readNotes(tenant, 'U01ANN'))).toEqual({ wanted: true, first: true })
    await settle('sent')
    await within((tenant) => store.saveNotes(tenant, 'U01ANN', false, NOON))
    expect(await within((tenant) => store.readNotes(tenant, 'U01ANN'))).toEqual({ wanted: false, first: false })
    expect(await within((tenant) => store.readNotes(tenant, 'U01ANN'), other)).toEqual({ wanted: true, first: true })
  })
})

it('keeps one workspace’s kudos from another', async () => {
  const kudos = aKudos()
  await within((tenant) => giving.insertKudos(tenant, [kudos], null))
  expect(await within((tenant) => store.findKudos(tenant, kudos.id), other)).toBeNull()
  expect(await within((tenant) => ledger.listDeliveries(tenant, kudos.id), other)).toEqual([])
  expect(await within((tenant) => store.listGiven(tenant, kudos.giver, 5), other)).toEqual([])
  expect(await within((tenant) => store.listReceived(tenant, 'U01ANN', 5), other)).toEqual([])
  expect(await within((tenant) => store.holdKudos(tenant, kudos.id), other)).toBe('unknown')
})
