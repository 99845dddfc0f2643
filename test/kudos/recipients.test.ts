import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candidates, chooseRecipients } from '../../src/kudos/recipients.ts'
import type { MemberKind } from '../../src/workspace/member.ts'

const candidates = (over: Partial<Candidates>): Candidates => ({
  giver: 'U0GIVER',
  app: 'U0APP',
  people: [],
  fromGroups: [],
  kinds: new Map(),
  lookedUp: false,
  ...over,
})
const people = (count: number) => Array.from({ length: count }, (_, number) => `U${number}`)
const all = (ids: string[], kind: MemberKind = 'member') => new Map(ids.map((id) => [id, kind]))

describe('who receives a kudos', () => {
  it('is whoever is a person here; the others are refused, each for a reason', () => {
    const kinds = new Map<string, MemberKind>([
      ['U1', 'member'],
      ['U2', 'guest'],
      ['U3', 'single-channel guest'],
      ['U4', 'bot'],
      ['U5', 'deactivated'],
      ['U6', 'stranger'],
    ])
    const named = ['U0GIVER', 'U0APP', ...kinds.keys()]
    expect(chooseRecipients(candidates({ people: named, kinds }))).toEqual({
      kind: 'chosen',
      recipients: ['U1', 'U2', 'U3'],
      refused: [
        { id: 'U0GIVER', because: 'self' },
        { id: 'U0APP', because: 'app' },
        { id: 'U4', because: 'bot' },
        { id: 'U5', because: 'deactivated' },
        { id: 'U6', because: 'outside' },
      ],
    })
  })

  it('is looked up when not known, and refused when Slack does not know either', () => {
    const asked = candidates({ people: ['U1', 'U9'], kinds: all(['U1']) })
    expect(chooseRecipients(asked)).toEqual({ kind: 'unknown', ids: ['U9'] })
    expect(chooseRecipients({ ...asked, lookedUp: true })).toEqual({
      kind: 'chosen',
      recipients: ['U1'],
      refused: [{ id: 'U9', because: 'unknown' }],
    })
  })

  it('is ten people at most, doubles and the giver not counted', () => {
    const ten = people(10)
    const chosen = chooseRecipients(candidates({ people: ten, fromGroups: [...ten, 'U0GIVER'], kinds: all(ten) }))
    expect(chosen).toMatchObject({ kind: 'chosen', recipients: ten, refused: [] })
    const eleven = people(11)
    expect(chooseRecipients(candidates({ people: eleven, kinds: all(eleven) }))).toEqual({
      kind: 'too many',
      count: 11,
    })
    // Whoever they are: nobody has us look up a crowd.
    expect(chooseRecipients(candidates({ people: eleven }))).toEqual({ kind: 'too many', count: 11 })
  })

  it('never is the giver, the app, somebody twice, or more than ten', () => {
    const id = fc.constantFrom('U0GIVER', 'U0APP', ...people(14))
    const kind = fc.constantFrom<MemberKind>('member', 'guest', 'bot', 'deactivated', 'stranger')
    const kinds = fc.dictionary(id, kind).map((known) => new Map(Object.entries(known)))
    fc.assert(
      fc.property(fc.array(id), fc.array(id), kinds, fc.boolean(), (named, inGroups, known, lookedUp) => {
        const fromGroups = inGroups.filter((member) => /member|guest/.test(known.get(member) ?? ''))
        const chosen = chooseRecipients(candidates({ people: [...new Set(named)], fromGroups, kinds: known, lookedUp }))
        if (chosen.kind !== 'chosen') return
        expect(chosen.recipients.length).toBeLessThanOrEqual(10)
        expect(new Set(chosen.recipients).size).toBe(chosen.recipients.length)
        expect(chosen.recipients).not.toContain('U0GIVER')
        for (const { id: refused } of chosen.refused) expect(chosen.recipients).not.toContain(refused)
      }),
    )
  })
})
