import { z } from 'zod'

interface Setting<T> {
  schema: z.ZodType<T>
  /** How an operator's text is read, before `schema` looks at it. 'none' is read as null before. */
  read(text: string): unknown
  initially: T
}

const setting = <T>(schema: z.ZodType<T>, initially: T, read: (text: string) => unknown): Setting<T> => ({
  schema,
  read,
  initially,
})

const MOST_VALUES = 20

/** Everything a workspace can decide, with the shape of each value. Step by step these get a place in Slack. */
const SETTINGS = {
  /** The public channel where kudos from private places may be shown, or none. */
  'kudos.channel': setting(
    z
      .string()
      .regex(/^C[A-Z0-9]{2,}$/, 'must be the id of a public channel, such as C0123ABCD')
      .nullable(),
    null,
    (text) => text,
  ),
  /** What this workspace cares for, as tags without their #: a kudos may carry one of them. */
  'kudos.values': setting(
    z
      .array(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,29}$/u, 'must be single words, such as teamwork, craft'))
      .max(MOST_VALUES, `has at most ${MOST_VALUES} words`)
      .nullable()
      .transform((values) => [...new Set((values ?? []).map((value) => value.toLowerCase()))]),
    [],
    (text) => text.split(/[\s,]+/).flatMap((word) => word.replace(/^#/, '') || []),
  ),
  /** How many kudos one person can give on one day, or as many as they like. */
  'kudos.daily-limit': setting(
    z
      .number('must be a whole number from 1 to 1000')
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(1000, 'must be 1000 or less')
      .nullable(),
    null,
    (text) => (/^\d+$/.test(text) ? Number(text) : text),
  ),
} as const

export type SettingKey = keyof typeof SETTINGS
export type SettingValue<K extends SettingKey> = (typeof SETTINGS)[K] extends Setting<infer T> ? T : never

export type ParsedSetting = { ok: true; key: SettingKey; value: unknown } | { ok: false; problem: string }

/** A setting as an operator types it: 'none' empties it. */
export function parseSetting(key: string, text: string): ParsedSetting {
  if (!Object.hasOwn(SETTINGS, key)) {
    return { ok: false, problem: `There is no setting "${key}". There are: ${Object.keys(SETTINGS).join(', ')}.` }
  }
  const known = key as SettingKey
  const { schema, read } = SETTINGS[known]
  const parsed = schema.safeParse(text === 'none' ? null : read(text))
  return parsed.success
    ? { ok: true, key: known, value: parsed.data }
    : { ok: false, problem: `${key} ${[...new Set(parsed.error.issues.map((issue) => issue.message))].join(', ')}.` }
}

/** A stored value, or the default where nothing (or nothing valid any more) is stored. */
export function readSetting<K extends SettingKey>(key: K, stored: unknown): SettingValue<K> {
  const { schema, initially } = SETTINGS[key]
  const parsed = schema.safeParse(stored)
  return (stored !== undefined && parsed.success ? parsed.data : initially) as SettingValue<K>
}
