import { describe, expect, it } from 'vitest'
import * as modals from '../../src/kudos/modals.ts'
import { modalView } from '../../src/platform/slack.ts'
import { checkView } from '../../src/sandbox/slack/block-kit/check.ts'
import { aStoredKudos } from '../support/builders.ts'

describe('the forms', () => {
  const context = { channel: 'C1', responseUrl: 'https://x', passedOnFrom: null, threadTs: null, about: null }
  it('are ones that Slack takes', () => {
    const values = Array.from({ length: 20 }, (_, index) => `${'x'.repeat(28)}${index}`)
    const all = [
      modals.giveForm({ context, person: null, values: [], card: null, passedOn: null }),
      modals.giveForm({ context, person: 'U01ANN', values, card: 'C1', passedOn: aStoredKudos() }),
      modals.reportForm(aStoredKudos().id, true, 'https://x'),
      modals.reportForm(aStoredKudos().id, false, null),
    ]
    for (const form of all) expect(checkView(modalView(form), 'modal')).toEqual([])
  })

  it('say under their fields what was wrong, in words that name nobody', () => {
    const because = ['self', 'app', 'bot', 'deactivated', 'outside', 'unknown'] as const
    const errors = modals.formErrors({ kind: 'refused', refused: because.map((one) => ({ id: 'U1', because: one })) })
    expect(Object.keys(errors ?? {})).toEqual(['people'])
    expect(errors?.people).not.toMatch(/[<>@]/)
    expect(modals.formErrors({ kind: 'over the limit', limit: 2 })?.people).toContain('2 kudos a day')
    expect(modals.formErrors({ kind: 'too many', count: 11 })).toHaveProperty('people')
    const kudosId = aStoredKudos().id
    expect(
      modals.formErrors({
        kind: 'given',
        kudosId,
        recipients: ['U01ANN'],
        refused: [],
        isPrivate: false,
        onlyMe: [],
        card: null,
        offer: 'C02KUDOS',
      }),
    ).toBeNull()
  })
})
