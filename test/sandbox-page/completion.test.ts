import { describe, expect, it } from 'vitest'
import type { PageState, Person } from '../../src/sandbox/contract.ts'
import { complete, completionsFor, triggerAt } from '../../src/sandbox/page/completion.ts'

const person = (name: string, realName: string, kind: Person['kind'] = 'member'): Person => ({
  id: `U-${name}`,
  name,
  realName,
  title: '',
  team: '',
  tz: 'UTC',
  kind,
  isAdmin: false,
  hue: 0,
  status: { emoji: '', text: '' },
})

const state: PageState = {
  version: 1,
  workspace: { id: 'T1', name: 'Fernwood', domain: 'fernwood' },
  viewer: 'U-ann',
  people: [
    person('annika', 'Annika Berg'),
    person('ann', 'Ann Lindqvist'),
    person('jo', 'Jo Anders'),
    person('anna', 'Anna Gone', 'deactivated'),
  ],
  groups: [{ id: 'S1', handle: 'design', name: 'Design team', users: ['U-ann'] }],
  commands: [{ command: '/kudos', description: 'Thank a coworker', usageHint: '@ann for the release' }],
  shortcuts: [
    { callbackId: 'kudos.give', type: 'global', name: 'Give kudos', description: 'Thank a coworker' },
    { callbackId: 'kudos.about', type: 'message', name: 'Give kudos for this', description: 'Thank whoever wrote it' },
  ],
  conversations: [],
  modal: null,
  home: { app: 'UA', view: null },
  clock: { now: 0, ahead: 0 },
  rateLimits: false,
  installation: { installed: true, page: null },
  optionalScopes: [],
}

const offered = (text: string) => {
  const trigger = triggerAt(text, text.length)
  return trigger ? completionsFor(trigger, state).map((completion) => completion.text) : null
}

describe('completion in the composer', () => {
  it('offers commands at the beginning of the line only', () => {
    expect(offered('/kudos')).toEqual(['/kudos', '/Give kudos'])
    expect(offered('/kudos ')).toBeNull()
    expect(offered('see /ku')).toBeNull()
  })

  it('offers the shortcuts that need no message along with the commands, and without them in a thread', () => {
    expect(offered('/')).toEqual(['/kudos', '/Give kudos'])
    expect(offered('/giv')).toEqual(['/Give kudos'])
    const trigger = triggerAt('/', 1)
    expect(trigger && completionsFor(trigger, state, true).map(({ shortcut }) => shortcut)).toEqual(['kudos.give'])
  })

  it('offers people by handle, then by any of their names, and nobody who left', () => {
    expect(offered('/kudos @ann')).toEqual(['@ann', '@annika'])
    expect(offered('(@and')).toEqual(['@jo'])
    expect(offered('@lind')).toEqual(['@ann'])
  })

  it('offers user groups', () => {
    expect(offered('thanks @des')).toEqual(['@design'])
  })

  it('offers nothing inside an address', () => {
    expect(offered('ann@exa')).toBeNull()
  })

  it('replaces what was typed, leaves the rest, and puts one space between', () => {
    const text = '/kudos @an for the release'
    const trigger = triggerAt(text, '/kudos @an'.length)
    const ann = trigger && completionsFor(trigger, state).find((completion) => completion.text === '@ann')
    expect(trigger && ann && complete(text, trigger, ann)).toEqual({
      text: '/kudos @ann for the release',
      caret: '/kudos @ann '.length,
    })
  })
})
