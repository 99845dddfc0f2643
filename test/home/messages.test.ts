import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginnings } from '../../src/home/beginnings.ts'
import * as forms from '../../src/home/check-in-forms.ts'
import type { HomeData, HomePerson } from '../../src/home/home-store.ts'
import { home } from '../../src/home/messages.ts'
import { readSection, SECTIONS, sectionForm } from '../../src/home/settings-forms.ts'
import { modalView } from '../../src/platform/slack.ts'
import { checkView } from '../../src/sandbox/slack/block-kit/check.ts'
import { NOT_TAKING_PART } from '../../src/workspace/participation.ts'
import { readSetting, SETTING_KEYS } from '../../src/workspace/settings.ts'
import type { Settings } from '../../src/workspace/settings-store.ts'
import { aStoredKudos } from '../support/builders.ts'

const NOW = new Date('2026-03-20T12:00:00Z')
const defaults = Object.fromEntries(
  SETTING_KEYS.map((key) => [key, readSetting(key, undefined)]),
) as unknown as Settings
const ids = (count: number, prefix = 'U0PERSON') => Array.from({ length: count }, (_, index) => `${prefix}${index}`)
const person = (over: Partial<HomePerson> = {}): HomePerson => ({
  id: 'U01ANN',
  kind: 'member',
  zone: 'Europe/Berlin',
  isAdmin: false,
  team: null,
  notes: true,
  onlyMe: false,
  participation: NOT_TAKING_PART,
  avoids: 0,
  settings: defaults,
  changes: [],
  channels: 0,
  prompts: { channels: 0, next: null },
  scopes: [],
  readAt: null,
  ...over,
})
const data = (over: Partial<HomeData> = {}): HomeData => ({
  person: person(),
  received: [],
  given: [],
  month: { kudos: 0, givers: 0, receivers: 0, members: 0, keepsake: null },
  checkIn: [],
  outlook: [],
  ...over,
})
const drawn = (one: HomeData) => home(one, NOW)

describe('Home', () => {
  it('is one that Slack takes, whatever there is to show', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1_000 }).filter((text) => text.trim() !== '')
    const settings: Settings = {
      ...defaults,
      'digest.people': ids(20),
      admins: ids(20),
      'kudos.values': ids(20, 'x'.repeat(20)),
      'digest.channel': 'C0DIGEST',
    }
    const change = { key: 'digest.people', previous: ids(20), value: ids(20), by: 'U01ANN', at: NOW }
    fc.assert(
      fc.property(words, fc.boolean(), fc.constantFrom('joined', 'paused', 'not'), (reason, isAdmin, standing) => {
        const kudos = aStoredKudos({ reason, recipients: ids(10) })
        const busy = data({
          person: person({
            isAdmin,
            settings,
            team: { name: 'x'.repeat(60), source: 'field' },
            avoids: 50,
            changes: Array.from({ length: 5 }, () => change),
            channels: 1,
            prompts: { channels: 200, next: { channel: 'C0CHANNEL', at: NOW } },
            participation: {
              ...NOT_TAKING_PART,
              joined: standing !== 'not',
              pausedUntil: standing === 'paused' ? 'until I say so' : null,
            },
          }),
          received: [kudos, kudos, kudos, kudos],
          given: [kudos, kudos, kudos, kudos],
          month: {
            kudos: 12_345,
            givers: 4_000,
            receivers: 4_500,
            members: 5_000,
            keepsake: { kudosId: kudos.id, giver: 'U0GIVER', reason, givenAt: NOW },
          },
        })
        const blocks = drawn(busy)
        expect(checkView({ type: 'home', blocks }, 'home')).toEqual([])
        expect(blocks.length).toBeLessThanOrEqual(100)
      }),
    )
    expect(checkView({ type: 'home', blocks: drawn(data()) }, 'home')).toEqual([])
  })

  it('keeps to the rule of five', () => {
    const month = { kudos: 44, givers: 5, receivers: 9, members: 20, keepsake: null }
    const shown = (over: Partial<HomeData['month']>) => JSON.stringify(drawn(data({ month: { ...month, ...over } })))
    expect(shown({})).toContain('40+ kudos, given by 5+ people to 5+.')
    for (const few of [{ givers: 4 }, { receivers: 4 }, { kudos: 4 }])
      expect(shown(few)).toContain('The first few kudos')
    for (const members of [9, 13]) expect(shown({ members })).toContain('40+ kudos so far.')
  })

  it('shows settings and the setup to admins alone', () => {
    expect(JSON.stringify(drawn(data()))).not.toContain('settings.')
    const admin = JSON.stringify(drawn(data({ person: person({ isAdmin: true }) })))
    expect(admin).toContain('Set up Small Acts')
    expect(admin).toContain('settings.kudos')
  })
})

describe('every form', () => {
  it('is one that Slack takes', () => {
    const team = { name: 'x'.repeat(60), source: 'self' as const }
    const all = [
      forms.joinForm('U01ANN', 'U02RAJ', null),
      forms.joinForm('U01ANN', null, team),
      ...([team, { ...team, source: 'admin' }, { ...team, source: 'group' }, null] as const).map(forms.teamForm),
      forms.pauseForm(),
      forms.hoursForm(NOT_TAKING_PART),
      forms.hoursForm({ ...NOT_TAKING_PART, hours: { days: [7], from: 0, until: 1_439 }, readsStatus: true }),
      forms.avoidForm([]),
      forms.avoidForm(ids(50)),
      forms.feedbackForm(),
      ...SECTIONS.map((name) => sectionForm(name, defaults, { zones: [], groups: [], fields: null })),
      ...SECTIONS.map((name) =>
        sectionForm(
          name,
          {
            ...defaults,
            admins: ids(20),
            'teams.groups': ['S05', 'S07'],
            'digest.people': ids(20),
          },
          {
            zones: ids(100, 'Zone/'),
            groups: ids(100, 'S0').map((id) => ({ id, name: 'x'.repeat(60) })),
            fields: ids(99, 'Xf').map((id) => ({ id, label: 'x'.repeat(90) })),
          },
        ),
      ),
    ]
    for (const form of all) expect(checkView(modalView(form), 'modal')).toEqual([])
  })

  it('of hours asks for a day, and for an end after the beginning', () => {
    const state = (days: string[], from: string, until: string) => ({
      days: { days: { selected_options: days.map((value) => ({ value })) } },
      from: { from: { selected_time: from } },
      until: { until: { selected_time: until } },
      status: { status: { selected_options: [] } },
    })
    expect(forms.readHoursForm(state(['3', '1'], '09:30', '17:00'))).toEqual({
      hours: { days: [1, 3], from: 570, until: 1_020 },
      readsStatus: false,
    })
    for (const wrong of [state([], '09:00', '17:00'), state(['1'], '17:00', '09:00'), state(['1'], '09:00', '09:30')]) {
      expect(forms.readHoursForm(wrong)).toHaveProperty('errors')
    }
  })

  it('of settings takes back what it shows', () => {
    const state = { channel: { channel: { selected_channel: 'C0KUDOS' } }, values: { values: { value: 'a, b' } } }
    expect(readSection('kudos', state)).toEqual({
      values: { 'kudos.channel': 'C0KUDOS', 'kudos.values': ['a', 'b'], 'kudos.daily-limit': null },
      channels: { channel: ['C0KUDOS'] },
    })
  })
})

describe('the beginnings that count', () => {
  it('are those of the workspace’s zone', () => {
    const at = (iso: string, zone: string) =>
      beginnings(new Date(iso))({ settings: { ...defaults, 'workspace.zone': zone } })
    expect(at('2026-03-31T22:30:00Z', 'Europe/Berlin').month).toEqual(new Date('2026-03-31T22:00:00Z'))
    expect(at('2026-03-31T22:30:00Z', 'America/New_York').month).toEqual(new Date('2026-03-01T05:00:00Z'))
    // Three months before the week began, all week long.
    for (const iso of ['2026-06-01T00:00:00Z', '2026-06-07T23:59:59Z']) {
      expect(at(iso, 'UTC').longAgo).toEqual(new Date('2026-03-01T00:00:00Z'))
    }
  })

  it('count each week once', () => {
    const week = (iso: string) =>
      beginnings(new Date(iso))({ settings: { ...defaults, 'workspace.zone': 'Europe/Berlin' } }).week
    expect(week('2026-03-29T23:00:00Z')).toBe(week('2026-03-29T10:00:00Z') + 1)
    expect(week('2026-03-30T10:00:00Z')).toBe(week('2026-04-05T10:00:00Z'))
    expect(week('2027-01-03T10:00:00Z')).toBe(week('2026-12-29T10:00:00Z'))
  })
})
