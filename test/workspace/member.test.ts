import { expect, it } from 'vitest'
import { memberOf } from '../../src/workspace/member.ts'

const user = { id: 'U1', team_id: 'T1', updated: 7 }

it.each([
  ['member', {}],
  ['guest', { is_restricted: true }],
  ['single-channel guest', { is_restricted: true, is_ultra_restricted: true }],
  ['bot', { is_bot: true }],
  ['bot', { is_app_user: true }],
  ['bot', { is_workflow_bot: true }],
  ['bot', { is_connector_bot: true }],
  ['bot', { id: 'USLACKBOT' }],
  ['stranger', { is_stranger: true }],
  ['stranger', { is_invited_user: true }],
  ['stranger', { team_id: 'T2' }],
  ['deactivated', { deleted: true }],
  ['deactivated', { deleted: true, is_bot: true }],
])('is a %s with %j', (kind, over) => {
  expect(memberOf({ ...user, ...over }, 'T1').kind).toBe(kind)
})

it('keeps no name, address or picture', () => {
  const full = {
    ...user,
    name: 'ann',
    real_name: 'Ann',
    profile: { status_text: 'Sick', email: 'ann@example.com' },
    tz: 'Europe/Berlin',
    locale: 'de-DE',
  }
  expect(memberOf(full, 'T1')).toEqual({
    id: 'U1',
    kind: 'member',
    isAdmin: false,
    isOwner: false,
    tz: 'Europe/Berlin',
    locale: 'de-DE',
    version: 7,
  })
})
