import { describe, expect, test } from 'vitest'
import { readManifest } from '../../src/sandbox/slack/manifest.ts'
import { changedManifest as changed, OURS } from './changed-manifest.ts'
import { actions, button, startWithTinyApp } from './tiny-app.ts'

const withoutScope = (scope: string) =>
  changed((m) => {
    m.oauth_config.scopes.bot = m.oauth_config.scopes.bot.filter((other: string) => other !== scope)
  })

// biome-ignore lint/suspicious/noExplicitAny: as in changed-manifest.ts
const addReactionEvent = (m: any) => m.settings.event_subscriptions.bot_events.push('reaction_removed')

const shortcut = (more: object = {}) => ({
  name: 'Do it',
  type: 'global',
  callback_id: 'do',
  description: 'Does',
  ...more,
})
const withShortcuts = (...shortcuts: object[]) => changed((m) => Object.assign(m.features, { shortcuts }))
const many = (count: number, type: string) =>
  Array.from({ length: count }, (_, index) => shortcut({ type, callback_id: `${type}${index}` }))

describe('the manifest', () => {
  test('of this app would be taken', () => {
    expect(readManifest(OURS)).toMatchObject({
      name: 'Small Acts',
      interactive: true,
      homeTab: true,
      messagesTab: true,
    })
  })

  test.each([
    ['an event without its scope', withoutScope('users:read'), 'the event team_join needs the scope users:read'],
    ['a command without its scope', withoutScope('commands'), 'slash commands need the scope commands'],
    [
      'a reaction event without its scope',
      changed(addReactionEvent),
      'reaction_removed needs the scope reactions:read',
    ],
    [
      'a shortcut without its scope',
      changed((m) => {
        m.features.slash_commands = []
        m.oauth_config.scopes.bot = ['chat:write', 'users:read', 'usergroups:read', 'channels:read']
      }),
      'shortcuts need the scope commands',
    ],
    ['a long name of a shortcut', withShortcuts(shortcut({ name: 'x'.repeat(25) })), 'name'],
    ['a long description of a shortcut', withShortcuts(shortcut({ description: 'x'.repeat(151) })), 'description'],
    ['a shortcut of another type', withShortcuts(shortcut({ type: 'channel' })), 'type'],
    ['six global shortcuts', withShortcuts(...many(6, 'global')), 'more than 5 global shortcuts'],
    ['eleven shortcuts', withShortcuts(...many(6, 'global'), ...many(5, 'message')), 'shortcuts'],
    ['the same callback_id twice', withShortcuts(shortcut(), shortcut()), 'two shortcuts have the callback_id do'],
    ['a long name', changed((m) => Object.assign(m.display_information, { name: 'x'.repeat(36) })), 'name'],
  ])('%s is refused', (_, file, problem) => {
    expect(() => readManifest(file)).toThrow(problem)
  })

  test('may have five shortcuts of each type', () => {
    const { shortcuts } = readManifest(withShortcuts(...many(5, 'global'), ...many(5, 'message')))
    expect(shortcuts).toHaveLength(10)
    expect(shortcuts[5]).toEqual({ name: 'Do it', type: 'message', callbackId: 'message0', description: 'Does' })
  })

  test('decides what the app may do', async () => {
    const manifestPath = changed((m) => {
      m.features.app_home.messages_tab_enabled = false
      m.features.app_home.home_tab_enabled = false
      m.features.slash_commands[0].should_escape = false
      m.settings.interactivity.is_enabled = false
      m.settings.event_subscriptions.bot_events = []
    })
    const { sandbox, app } = await startWithTinyApp({ manifestPath })
    const user = sandbox.person('ann').id
    expect(await app.call('chat.postMessage', { channel: user, text: 'a' })).toMatchObject({
      error: 'messages_tab_disabled',
    })
    const view = { type: 'home', blocks: [{ type: 'divider' }] }
    expect(await app.call('views.publish', { user_id: user, view })).toMatchObject({ error: 'not_enabled' })
    expect(await sandbox.as('ann').openHome()).toMatchObject({ ok: false })
    await sandbox.changePerson('ann', { title: 'Pilot' })
    expect(app.received).toEqual([])
    await sandbox.as('ann').command('general', '/kudos', '@noor & co')
    expect(app.received[0]?.form.text).toBe('@noor & co')
    const channel = sandbox.channel('general').id
    await app.call('chat.postMessage', { channel, text: 'a', blocks: [actions(button('go'))] })
    const [card] = sandbox.messages('general', { app: true })
    expect(await sandbox.as('ann').click(card as NonNullable<typeof card>, 'go')).toMatchObject({
      ok: false,
      delivery: null,
    })
  })

  test('without im:write the app opens no direct message', async () => {
    const { sandbox, app } = await startWithTinyApp({ manifestPath: withoutScope('im:write') })
    const answer = await app.call('chat.postMessage', { channel: sandbox.person('ann').id, text: 'a' })
    expect(answer).toMatchObject({ error: 'missing_scope', needed: 'im:write' })
  })
})
