import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse, stringify } from 'yaml'

/** The manifest of this app. */
export const OURS = path.resolve(import.meta.dirname, '../../manifest.yml')

/** Our manifest with something changed, as a file. */
// biome-ignore lint/suspicious/noExplicitAny: a manifest is changed wherever a test likes
export function changedManifest(change: (manifest: any) => void): string {
  const manifest = parse(readFileSync(OURS, 'utf8'))
  change(manifest)
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'manifest-')), 'manifest.yml')
  writeFileSync(file, stringify(manifest))
  return file
}

interface More {
  scopes?: string[]
  /** Scopes that whoever installs the app may refuse. */
  optional?: string[]
  events?: string[]
}

/** Our manifest with these scopes and events as well. */
export const manifestWith = ({ scopes = [], optional = [], events = [] }: More): string =>
  changedManifest((m) => {
    m.oauth_config.scopes.bot.push(...scopes)
    m.oauth_config.scopes.bot_optional = [...(m.oauth_config.scopes.bot_optional ?? []), ...optional]
    m.settings.event_subscriptions.bot_events.push(...events)
  })
