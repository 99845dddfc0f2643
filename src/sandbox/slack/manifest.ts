import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Shortcut } from '../contract.ts'

const shortcut = z.object({
  name: z.string().min(1).max(24),
  type: z.enum(['global', 'message']),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
})

const manifest = z.object({
  display_information: z.object({ name: z.string().max(35), description: z.string().max(140).optional() }),
  features: z.object({
    app_home: z
      .object({
        home_tab_enabled: z.boolean().default(false),
        messages_tab_enabled: z.boolean().default(false),
        messages_tab_read_only_enabled: z.boolean().default(true),
      })
      .prefault({}),
    slash_commands: z
      .array(
        z.object({
          command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().max(1000).default(''),
          should_escape: z.boolean().default(false),
        }),
      )
      .default([]),
    shortcuts: z.array(shortcut).max(10).default([]),
  }),
  oauth_config: z.object({
    redirect_urls: z.array(z.url()).max(10).default([]),
    scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()).default([]) }),
  }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }).optional(),
    interactivity: z.object({ is_enabled: z.boolean() }).optional(),
  }),
})

export interface Manifest {
  name: string
  commands: { command: string; description: string; usageHint: string; escapes: boolean }[]
  shortcuts: Shortcut[]
  /** What the app has without asking. */
  scopes: string[]
  /** What whoever installs the app may refuse. */
  optionalScopes: string[]
  /** Where browsers may come back from Slack's page; of the manifest's addresses, the paths. */
  redirectPaths: string[]
  events: string[]
  interactive: boolean
  homeTab: boolean
  messagesTab: boolean
  /** People can't write to the app, and so can't type a command there either. */
  messagesReadOnly: boolean
}

/** Slack refuses a manifest that subscribes to what its scopes don't cover. Events that are not here need none. */
export const SCOPE_OF_EVENT: Record<string, string> = {
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
  channel_created: 'channels:read',
  channel_rename: 'channels:read',
  channel_shared: 'channels:read',
  channel_unshared: 'channels:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
}

/** Reads the app's manifest as Slack would. Throws a sentence about what Slack would refuse. */
export function readManifest(file: string | URL): Manifest {
  const parsed = manifest.safeParse(parse(readFileSync(file, 'utf8')))
  if (!parsed.success) throw new Error(`Slack would refuse the manifest: ${z.prettifyError(parsed.error)}`)
  const { features, oauth_config, settings, display_information } = parsed.data
  const { bot, bot_optional: optionalScopes } = oauth_config.scopes
  const scopes = bot.filter((scope) => !optionalScopes.includes(scope))
  const events = settings.event_subscriptions?.bot_events ?? []
  for (const event of events) {
    const needed = SCOPE_OF_EVENT[event]
    if (needed && !scopes.includes(needed) && !optionalScopes.includes(needed)) {
      throw new Error(`Slack would refuse the manifest: the event ${event} needs the scope ${needed}.`)
    }
  }
  if (features.slash_commands.length > 0 && !scopes.includes('commands')) {
    throw new Error('Slack would refuse the manifest: slash commands need the scope commands.')
  }
  refuseShortcuts(features.shortcuts, scopes)
  return {
    name: display_information.name,
    commands: features.slash_commands.map((c) => ({
      command: c.command,
      description: c.description,
      usageHint: c.usage_hint,
      escapes: c.should_escape,
    })),
    shortcuts: features.shortcuts.map(({ callback_id, ...rest }) => ({ callbackId: callback_id, ...rest })),
    scopes,
    optionalScopes,
    redirectPaths: oauth_config.redirect_urls.map((url) => new URL(url).pathname),
    events,
    interactive: settings.interactivity?.is_enabled ?? false,
    homeTab: features.app_home.home_tab_enabled,
    messagesTab: features.app_home.messages_tab_enabled,
    messagesReadOnly: features.app_home.messages_tab_read_only_enabled,
  }
}

const MOST_OF_A_TYPE = 5

function refuseShortcuts(shortcuts: z.infer<typeof shortcut>[], scopes: string[]): void {
  if (shortcuts.length > 0 && !scopes.includes('commands')) {
    throw new Error('Slack would refuse the manifest: shortcuts need the scope commands.')
  }
  for (const type of ['global', 'message']) {
    if (shortcuts.filter((one) => one.type === type).length > MOST_OF_A_TYPE) {
      throw new Error(`Slack would refuse the manifest: there are more than ${MOST_OF_A_TYPE} ${type} shortcuts.`)
    }
  }
  const ids = shortcuts.map(({ callback_id: id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice) throw new Error(`Slack would refuse the manifest: two shortcuts have the callback_id ${twice}.`)
}
