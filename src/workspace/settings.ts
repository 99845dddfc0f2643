import { z } from 'zod'

/** Everything a workspace can decide, with the shape of each value. Step by step these get a place in Slack. */
const SETTINGS = {
  /** The public channel where kudos from private places may be shown, or none. */
  'kudos.channel': z
    .string()
    .regex(/^C[A-Z0-9]{2,}$/, 'must be the id of a public channel, such as C0123ABCD')
    .nullable(),
} as const

export type SettingKey = keyof typeof SETTINGS
export type SettingValue<K extends SettingKey> = z.infer<(typeof SETTINGS)[K]>

const DEFAULTS: { [K in SettingKey]: SettingValue<K> } = {
  'kudos.channel': null,
}

export type ParsedSetting = { ok: true; key: SettingKey; value: unknown } | { ok: false; problem: string }

/** A setting as an operator types it: 'none' empties it. */
export function parseSetting(key: string, text: string): ParsedSetting {
  if (!Object.hasOwn(SETTINGS, key)) {
    return { ok: false, problem: `There is no setting "${key}". There are: ${Object.keys(SETTINGS).join(', ')}.` }
  }
  const known = key as SettingKey
  const parsed = SETTINGS[known].safeParse(text === 'none' ? null : text)
  return parsed.success
    ? { ok: true, key: known, value: parsed.data }
    : { ok: false, problem: `${key} ${parsed.error.issues.map((issue) => issue.message).join(', ')}.` }
}

/** A stored value, or the default where nothing (or nothing valid any more) is stored. */
export function readSetting<K extends SettingKey>(key: K, stored: unknown): SettingValue<K> {
  const parsed = SETTINGS[key].safeParse(stored)
  return stored !== undefined && parsed.success ? (parsed.data as SettingValue<K>) : DEFAULTS[key]
}
