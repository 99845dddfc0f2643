import type { KnownBlock } from '@slack/types'
import { describe, expect, it } from 'vitest'
import { collectValues, keepHeld } from '../../src/sandbox/page/element-values.ts'

const label = { type: 'plain_text', text: 'Label' } as const
const blocks: KnownBlock[] = [
  {
    type: 'input',
    block_id: 'why',
    label,
    element: { type: 'plain_text_input', action_id: 'why', initial_value: 'as it came' },
  },
  { type: 'input', block_id: 'who', label, element: { type: 'multi_users_select', action_id: 'who' } },
  {
    type: 'section',
    block_id: 'often',
    text: label,
    accessory: {
      type: 'static_select',
      action_id: 'often',
      initial_option: { text: label, value: 'weekly' },
      options: [{ text: label, value: 'weekly' }],
    },
  },
  {
    type: 'actions',
    block_id: 'deeds',
    elements: [{ type: 'button', action_id: 'go', text: label }],
  },
]

describe('what is set in a form', () => {
  it('is what the elements came with until somebody sets them, and never a button', () => {
    expect(collectValues(blocks, {})).toEqual({
      why: { why: { type: 'text', value: 'as it came' } },
      often: { often: { type: 'option', value: 'weekly' } },
    })
  })

  it('tells what was emptied from what was never set', () => {
    const held = { why: { why: { type: 'text', value: '' } as const }, often: { often: null } }
    expect(collectValues(blocks, held)).toEqual({ why: { why: { type: 'text', value: '' } } })
  })

  it('is forgotten with its element, and kept with every other', () => {
    const held = {
      why: { why: { type: 'text', value: 'typed' } as const, other: { type: 'text', value: 'gone' } as const },
      gone: { gone: null },
    }
    expect(keepHeld(held, blocks)).toEqual({ why: { why: { type: 'text', value: 'typed' } } })
    const all = { why: { why: null } }
    expect(keepHeld(all, blocks)).toBe(all)
  })
})
