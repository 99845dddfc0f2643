import { expect, it } from 'vitest'
import { isWhole } from '../src/request-shapes.ts'

const click = {
  type: 'block_actions',
  user: { id: 'U1', team_id: 'T1' },
  team: { id: 'T1' },
  trigger_id: '1.2.3',
  actions: [{ type: 'button', action_id: 'a', block_id: 'b', value: '' }],
}

it('is loose about what nobody reads, and strict about what somebody would stumble over', () => {
  expect(isWhole(click)).toBe(true)
  expect(isWhole({ ...click, new_field: [null], enterprise: null, team: null })).toBe(true)
  expect(isWhole({ ...click, response_urls: [{ response_url: 'https://hooks.slack.com/x', block_id: 'b' }] })).toBe(
    true,
  )
  // Found by 20,000 mutated requests: Bolt itself looks into it.
  for (const response_urls of [null, [null], 'x']) expect(isWhole({ ...click, response_urls })).toBe(false)
  expect(isWhole({ ...click, actions: [{ ...click.actions[0], type: 'overflow' }] })).toBe(false)
  for (const user of [{}, { id: 'x' }, { id: 'C1' }]) expect(isWhole({ ...click, user })).toBe(false)
  for (const nothing of [null, 5, 'x', [], {}]) expect(isWhole(nothing)).toBe(false)
})
