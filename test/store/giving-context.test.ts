import { describe, expect, it } from 'vitest'
import * as giving from '../../src/kudos/giving-store.ts'
import * as preferences from '../../src/kudos/preference-store.ts'
import * as store from '../../src/kudos/store.ts'
import type { Tenant } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { forgetChannel, saveChannel, updateChannel } from '../../src/workspace/channel-store.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { saveMembers, saveUserGroup } from '../../src/workspace/store.ts'
import { aKudos, aMember } from '../support/builders.ts'
import { twoWorkspaces } from '../support/two-workspaces.ts'

const NOON = new Date('2026-03-02T12:00:00Z')
const workspaces = twoWorkspaces(NOON)
const { within } = workspaces

describe('what giving goes by', () => {
  it('is read at once', async () => {
    await within(async (tenant) => {
      await saveMembers(tenant, [aMember(), aMember({ id: 'U03LEE', kind: 'deactivated' }), aMember({ id: 'U04KIM' })])
      await saveUserGroup(tenant, { id: 'S01', name: 'Design', members: ['U03LEE', 'U04KIM', 'U05NEW'], version: 1 })
      await saveChannel(tenant, { id: 'C01GENERAL', isShared: false, isArchived: false })
      await saveChannel(tenant, { id: 'C02SHARED', isShared: true, isArchived: false })
      await saveSettings(tenant, { 'kudos.channel': 'C01GENERAL', 'kudos.daily-limit': 3 }, null, NOON)
      await preferences.savePreference(tenant, 'U01ANN', { onlyMe: true }, NOON)
    })
    const context = await within((tenant) => giving.readGivingContext(tenant, 10))
    const zone = aMember().tz
    expect(context).toEqual({
      version: expect.stringMatching(/^\d+$/),
      kinds: new Map([
        ['U01ANN', 'member'],
        ['U03LEE', 'deactivated'],
        ['U04KIM', 'member'],
      ]),
      zones: new Map(['U01ANN', 'U03LEE', 'U04KIM'].map((id) => [id, zone])),
      groups: new Map([['S01', ['U04KIM']]]),
      onlyMe: new Set(['U01ANN']),
      cardChannels: new Set(['C01GENERAL']),
      kudosChannel: 'C01GENERAL',
      values: [],
      dailyLimit: 3,
    })
    await within((tenant) => saveChannel(tenant, { id: 'C01GENERAL', isShared: true, isArchived: false }))
    expect(await within((tenant) => giving.readGivingContext(tenant, 10))).toMatchObject({
      cardChannels: new Set(),
      kudosChannel: null,
    })
    const elsewhere = await within((tenant) => giving.readGivingContext(tenant, 10), workspaces.other)
    expect(elsewhere).toMatchObject({ kinds: new Map(), groups: new Map(), cardChannels: new Set(), dailyLimit: null })
  })

  it('is found to have changed by every change of it, and by no other', async () => {
    await within((tenant) => saveMembers(tenant, [aMember({ tz: 'Europe/Berlin', version: 1 })]))
    await within((tenant) => saveUserGroup(tenant, { id: 'S01', name: 'Design', members: ['U01ANN'], version: 1 }))
    await within((tenant) => saveChannel(tenant, { id: 'C1', isShared: false, isArchived: false }))
    let number = 0
    const isOutdatedBy = async (change: (tenant: Tenant) => Promise<unknown>, where = workspaces.id) => {
      const { version } = await within((tenant) => giving.readGivingContext(tenant, 10))
      await within(change, where)
      number += 1
      const kudos = aKudos({ id: naturalId('kudos', 'outdated', String(number)) })
      const stored = await within((tenant) => giving.insertKudos(tenant, [kudos], version))
      expect((await within((tenant) => store.findKudos(tenant, kudos.id))) === null).toBe(stored.outdated)
      return stored.outdated
    }
    const changes: Record<string, (tenant: Tenant) => Promise<unknown>> = {
      somebody: (tenant) => saveMembers(tenant, [aMember({ id: 'U09NEW' })]),
      deactivated: (tenant) => saveMembers(tenant, [aMember({ kind: 'deactivated', version: 2 })]),
      moved: (tenant) => saveMembers(tenant, [aMember({ kind: 'deactivated', tz: 'Asia/Tokyo', version: 3 })]),
      group: (tenant) => saveUserGroup(tenant, { id: 'S01', name: 'Design', members: [], version: 2 }),
      channel: (tenant) => saveChannel(tenant, { id: 'C2', isShared: false, isArchived: false }),
      archived: (tenant) => updateChannel(tenant, 'C1', { isArchived: true }),
      left: (tenant) => forgetChannel(tenant, 'C2'),
      setting: (tenant) => saveSettings(tenant, { 'kudos.values': ['craft'] }, null, NOON),
      preference: (tenant) => preferences.savePreference(tenant, 'U01ANN', { onlyMe: true }, NOON),
    }
    for (const [name, change] of Object.entries(changes))
      expect([name, await isOutdatedBy(change)]).toEqual([name, true])
    const same = aMember({ kind: 'deactivated', tz: 'Asia/Tokyo', version: 9, locale: 'ja-JP', isAdmin: true })
    expect(await isOutdatedBy((tenant) => saveMembers(tenant, [same]))).toBe(false)
    expect(await isOutdatedBy((tenant) => updateChannel(tenant, 'C1', { isArchived: true }))).toBe(false)
    expect(await isOutdatedBy((tenant) => saveMembers(tenant, [aMember()]), workspaces.other)).toBe(false)
  })
})
