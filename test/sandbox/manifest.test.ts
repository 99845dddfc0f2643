import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { readManifest } from '../../src/sandbox/slack/manifest.ts'
import { actions, button, startWithTinyApp } from './tiny-app.ts'

const OURS = path.resolve(import.meta.dirname, '../../manifest.yml')

/** Our manifest with one thing changed, as a file. */
// biome-ignore lint/suspicious/noExplicitAny: a manifest is changed wherever a test likes
function changed(change: (manifest: any) => void): string {
  const manifest = parse(readFileSync(OURS, 'utf8'))
  change(manifest)
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'manifest-')), 'manifest.yml')
  writeFileSync(file, stringify(manifest))
  return file
}

const withoutScope = (scope: string) =>
  changed((m) => {
    m.oauth_config.scopes.bot = m.oauth_config.scopes.bot.filter((other: string) => other !== scope)
  })

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
    ['a long name', changed((m) => Object.assign(m.display_information, { name: 'x'.repeat(36) })), 'name'],
  ])('%s is refused', (_, file, problem) => {
    expect(() => readManifest(file)).toThrow(problem)
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
