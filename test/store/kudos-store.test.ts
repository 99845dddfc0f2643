import { describe, expect, it } from 'vitest'
import * as ledger from '../../src/kudos/delivery-store.ts'
import * as giving from '../../src/kudos/giving-store.ts'
import { deliveriesOf } from '../../src/kudos/new-kudos.ts'
import * as preferences from '../../src/kudos/preference-store.ts'
import * as store from '../../src/kudos/store.ts'
import * as writing from '../../src/kudos/writing-store.ts'
import type { Tenant } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { aKudos } from '../support/builders.ts'
import { twoWorkspaces } from '../support/two-workspaces.ts'

const NOON = new Date('2026-03-02T12:00:00Z')
const workspaces = twoWorkspaces(NOON)
const { within } = workspaces

describe('looking back', () => {
  it('pages through everything once, also what was given at the same moment', async () => {
    const ids = Array.from({ length: 7 }, (_, number) => naturalId('kudos', 'page', String(number)))
    const at = (index: number) => new Date(NOON.getTime() + Math.floor(index / 3) * 1_000)
    for (const [index, id] of ids.entries()) {
      await within((tenant) => giving.insertKudos(tenant, [aKudos({ id, likeness: id, givenAt: at(index) })]))
    }
    for (const list of [
      (tenant: Tenant, after: store.Cursor | null) => store.listGiven(tenant, 'U02RAJ', 2, after),
      (tenant: Tenant, after: store.Cursor | null) => store.listReceived(tenant, 'U01ANN', 2, after),
    ]) {
      const seen: store.Kudos[] = []
      for (let after: store.Cursor | null = null; ; ) {
        const page = await within((tenant) => list(tenant, after))
        const last = page.at(-1)
        if (!last) break
        seen.push(...page)
        after = last
      }
      expect(seen.map(({ id }) => id).sort()).toEqual([...ids].sort())
      expect(seen.map(({ givenAt }) => givenAt)).toEqual(
        [...seen].map(({ givenAt }) => givenAt).sort((a, b) => b.getTime() - a.getTime()),
      )
    }
  })

  it('goes on after what was withdrawn meanwhile', async () => {
    const [oldest, middle, newest] = [0, 1, 2].map((number) =>
      aKudos({
        id: naturalId('kudos', 'on', String(number)),
        likeness: String(number),
        givenAt: new Date(NOON.getTime() + number * 1_000),
      }),
    ) as [giving.NewKudos, giving.NewKudos, giving.NewKudos]
    await within((tenant) => giving.insertKudos(tenant, [oldest, middle, newest]))
    await within((tenant) => writing.markWithdrawn(tenant, middle.id, NOON))
    for (const list of [store.listGiven, store.listReceived]) {
      const of = list === store.listGiven ? 'U02RAJ' : 'U01ANN'
      const rest = (kudos: giving.NewKudos) => within((tenant) => list(tenant, of, 5, kudos))
      expect((await rest(middle)).map(({ id }) => id)).toEqual([oldest.id])
      expect((await rest(newest)).map(({ id }) => id)).toEqual([oldest.id])
      expect(await rest(oldest)).toEqual([])
    }
  })
})

describe('keeping private', () => {
  it('marks one recipient, once', async () => {
    const kudos = aKudos({ recipients: ['U01ANN', 'U03LEE'] })
    await within((tenant) => giving.insertKudos(tenant, [kudos]))
    expect(await within((tenant) => writing.markKeptPrivate(tenant, kudos.id, 'U01ANN'))).toBe(true)
    expect(await within((tenant) => writing.markKeptPrivate(tenant, kudos.id, 'U01ANN'))).toBe(false)
    expect(await within((tenant) => writing.markKeptPrivate(tenant, kudos.id, 'U03LEE'), workspaces.other)).toBe(false)
    expect((await within((tenant) => store.findKudos(tenant, kudos.id)))?.keptPrivate).toEqual(['U01ANN'])
  })

  it('follows what people prefer by then', async () => {
    const kudos = aKudos({ recipients: ['U01ANN', 'U03LEE'] })
    await within((tenant) => giving.insertKudos(tenant, [kudos]))
    await within((tenant) => preferences.savePreference(tenant, 'U03LEE', { onlyMe: true }, NOON))
    await within((tenant) => preferences.savePreference(tenant, 'U01ANN', { onlyMe: true }, NOON), workspaces.other)
    await within((tenant) => writing.keepPrivateAsPreferred(tenant, kudos.id))
    expect((await within((tenant) => store.findKudos(tenant, kudos.id)))?.keptPrivate).toEqual(['U03LEE'])
  })
})

describe('withdrawing', () => {
  it('is done once, and takes it from every list', async () => {
    const kudos = aKudos()
    await within((tenant) => giving.insertKudos(tenant, [kudos]))
    expect(await within((tenant) => store.listGiven(tenant, 'U02RAJ', 5))).toHaveLength(1)
    expect(await within((tenant) => store.listReceived(tenant, 'U01ANN', 5))).toHaveLength(1)
    expect(await within((tenant) => writing.markWithdrawn(tenant, kudos.id, NOON), workspaces.other)).toBe(false)
    expect(await within((tenant) => writing.markWithdrawn(tenant, kudos.id, NOON))).toBe(true)
    expect(await within((tenant) => writing.markWithdrawn(tenant, kudos.id, NOON))).toBe(false)
    expect(await within((tenant) => writing.holdKudos(tenant, kudos.id, 'post'))).toMatchObject({ withdrawn: true })
    expect(await within((tenant) => store.listGiven(tenant, 'U02RAJ', 5))).toEqual([])
    expect(await within((tenant) => store.listReceived(tenant, 'U01ANN', 5))).toEqual([])
  })
})

describe('notes', () => {
  it('are wanted until somebody says otherwise, and the first is the first that was sent', async () => {
    expect(await within((tenant) => preferences.readNotes(tenant, 'U01ANN', null))).toEqual({
      wanted: true,
      first: true,
    })
    const kudos = aKudos()
    await within((tenant) => giving.insertKudos(tenant, [kudos]))
    const [delivery] = deliveriesOf({ ...kudos, saidIn: null })
    await within((tenant) => ledger.insertDeliveries(tenant, delivery ? [delivery] : []))
    const settle = (state: ledger.DeliveryState) =>
      within((tenant) =>
        ledger.settleDelivery(tenant, delivery?.id ?? '', { state, place: { channel: 'D1', ts: '1.1' } }, NOON),
      )
    await settle('gone')
    expect(await within((tenant) => preferences.readNotes(tenant, 'U01ANN', null))).toEqual({
      wanted: true,
      first: true,
    })
    await settle('sent')
    await within((tenant) => preferences.savePreference(tenant, 'U01ANN', { notes: false }, NOON))
    expect(await within((tenant) => preferences.readNotes(tenant, 'U01ANN', null))).toEqual({
      wanted: false,
      first: false,
    })
    expect(await within((tenant) => preferences.readNotes(tenant, 'U01ANN', delivery?.id ?? ''))).toMatchObject({
      first: true,
    })
    expect(await within((tenant) => preferences.readNotes(tenant, 'U01ANN', null), workspaces.other)).toEqual({
      wanted: true,
      first: true,
    })
  })
})

it('keeps one workspace’s kudos from another', async () => {
  const kudos = aKudos()
  await within((tenant) => giving.insertKudos(tenant, [kudos]))
  expect(await within((tenant) => store.findKudos(tenant, kudos.id), workspaces.other)).toBeNull()
  expect(await within((tenant) => ledger.listDeliveries(tenant, kudos.id), workspaces.other)).toEqual([])
  expect(await within((tenant) => store.listGiven(tenant, kudos.giver, 5), workspaces.other)).toEqual([])
  expect(await within((tenant) => store.listReceived(tenant, 'U01ANN', 5), workspaces.other)).toEqual([])
  expect(await within((tenant) => writing.holdKudos(tenant, kudos.id, 'change'), workspaces.other)).toBeNull()
})
