/** manifest.yml against the code: every command, event and scope in use is declared, and nothing more. */
import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { REDIRECT_PATH } from '../src/workspace/install-listeners.ts'
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../src/workspace/scopes.ts'

interface Manifest {
  display_information: { name: string; description: string }
  features: {
    app_home: { home_tab_enabled: boolean; messages_tab_enabled: boolean }
    slash_commands: { command: string; url: string; should_escape: boolean; usage_hint?: string }[]
    shortcuts?: { callback_id: string }[]
  }
  oauth_config: { redirect_urls: string[]; scopes: { bot: string[]; bot_optional: string[] } }
  settings: {
    event_subscriptions: { request_url: string; bot_events: string[] }
    interactivity: { is_enabled: boolean; request_url: string }
  }
}

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as Manifest
const listeners = globSync('src/*/*listeners.ts').map((file) => readFileSync(file, 'utf8'))
const gateway = readFileSync('src/platform/slack-client.ts', 'utf8')
const found = (pattern: RegExp, sources: string[]) =>
  [...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1] ?? '')))].sort()

/** The scope each Web API method asks for, from Slack's reference. */
const SCOPES: Record<string, string | null> = {
  'auth.test': null,
  'auth.revoke': null,
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'chat.getPermalink': null,
  'conversations.open': 'mpim:write',
  'users.info': 'users:read',
  'users.list': 'users:read',
  'usergroups.list': 'usergroups:read',
  'users.profile.get': 'users.profile:read',
  'team.profile.get': 'users.profile:read',
  'users.conversations': 'channels:read',
  'conversations.info': 'channels:read',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'views.open': null,
  'views.publish': null,
  'views.update': null,
}
/** The scope each event asks for, from Slack's reference. */
const EVENT_SCOPES: Record<string, string | null> = {
  app_home_opened: null,
  app_uninstalled: null,
  tokens_revoked: null,
  team_join: 'users:read',
  user_change: 'users:read',
  subteam_created: 'usergroups:read',
  subteam_updated: 'usergroups:read',
  subteam_members_changed: 'usergroups:read',
  member_joined_channel: 'channels:read',
  member_left_channel: 'channels:read',
  channel_archive: 'channels:read',
  channel_unarchive: 'channels:read',
  channel_deleted: 'channels:read',
  channel_shared: 'channels:read',
  channel_unshared: 'channels:read',
}

it('declares the commands we listen to', () => {
  const declared = manifest.features.slash_commands.map(({ command }) => command).sort()
  expect(declared).toEqual(found(/\.command\('([^']+)'/g, listeners))
  // Names are not unique, and can be changed: mentions must come as ids.
  for (const command of manifest.features.slash_commands) expect(command.should_escape).toBe(true)
})

it('declares the shortcuts we listen to', () => {
  const declared = (manifest.features.shortcuts ?? []).map(({ callback_id }) => callback_id).sort()
  expect(declared).toEqual(found(/\.shortcut\('([^']+)'/g, listeners))
})

it('declares the events we listen to', () => {
  expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(found(/\.event\('([^']+)'/g, listeners))
})

it('declares the scopes our calls, commands and events need', () => {
  const methods = found(/(?:call(?:<.*>)?|page)\(\s*'([a-zA-Z.]+)'/g, [gateway])
  expect(methods).toEqual(Object.keys(SCOPES).sort())
  const events = manifest.settings.event_subscriptions.bot_events
  expect(events.filter((event) => !(event in EVENT_SCOPES))).toEqual([])
  const needed = [
    'commands',
    // chat.postMessage to a person's id opens the direct message.
    'im:write',
    ...methods.map((method) => SCOPES[method]),
    ...events.map((event) => EVENT_SCOPES[event]),
  ]
  const scopes = [...new Set(needed.filter((scope) => typeof scope === 'string'))].sort()
  const { bot, bot_optional: optional } = manifest.oauth_config.scopes
  expect([...bot, ...optional].sort()).toEqual(scopes)
  // What the page says it asks for.
  expect(bot).toEqual(NEEDED_SCOPES.map(({ scope }) => scope))
  expect([...optional].sort()).toEqual(OPTIONAL_SCOPES.map(({ scope }) => scope).sort())
})

it('gives every scope its reason, and Slack one address', () => {
  const text = readFileSync('manifest.yml', 'utf8')
  const { bot, bot_optional: optional } = manifest.oauth_config.scopes
  for (const scope of [...bot, ...optional]) expect(text).toMatch(new RegExp(`- ${scope} # \\S`))
  const { event_subscriptions, interactivity } = manifest.settings
  const urls = [...manifest.features.slash_commands.map(({ url }) => url), interactivity.request_url]
  for (const url of urls) expect(url).toBe(event_subscriptions.request_url)
  const redirect = new URL(REDIRECT_PATH, event_subscriptions.request_url).href
  expect(manifest.oauth_config.redirect_urls).toEqual([redirect])
  expect(new URL(event_subscriptions.request_url).pathname).toBe('/slack/events')
  expect(interactivity.is_enabled).toBe(true)
})

it('keeps to Slack’s limits, and lets the app write to people', () => {
  expect(manifest.display_information.name.length).toBeLessThanOrEqual(35)
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140)
  expect(manifest.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true })
})
