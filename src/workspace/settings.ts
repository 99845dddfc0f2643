import { IANAZone } from 'luxon'
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

const memberId = z.string().regex(/^[UW][A-Z0-9]{2,20}$/, 'must be ids of members, such as U0123ABCD')
const channelId = z.string().regex(/^C[A-Z0-9]{2,20}$/, 'must be the id of a public channel, such as C0123ABCD')
const ids = (text: string) => text.split(/[\s,]+/).filter((id) => id !== '')
const listOf = (item: z.ZodType<string>, most: number) =>
  z
    .array(item)
    .max(most, `has at most ${most}`)
    .nullable()
    .transform((list) => [...new Set(list ?? [])])

/** When check-ins go out: in the workspace's zone, on a weekday from 1 (Monday) to 5. */
const rhythm = z.object({
  every: z.enum(['week', 'two weeks', 'month']),
  weekday: z.number().int().min(1).max(5),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must have a time such as 10:00'),
  /** How long people may think about a proposal. */
  answerHours: z.number().int().min(4).max(168),
})
export type Rhythm = z.infer<typeof rhythm>
const USUAL_RHYTHM: Rhythm = { every: 'two weeks', weekday: 1, time: '10:00', answerHours: 48 }

export const USUAL_KEEP_DAYS = 30

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Everything a workspace can decide, with the shape of each value. Step by step these get a place in Slack. */
const SETTINGS = {
  /** The zone in which days, weeks and months of the workspace begin. */
  'workspace.zone': setting(
    z
      .string()
      .refine((zone) => IANAZone.isValidZone(zone), 'must be a zone such as Europe/Berlin')
      .nullable()
      .transform((zone) => zone ?? 'UTC'),
    'UTC',
    (text) => text,
  ),
  /** Who may decide for the workspace beside Slack's own admins and owners. */
  admins: setting(listOf(memberId, 20), [], ids),
  /** So many days after the app was removed everything about the workspace is deleted. */
  'workspace.keep-days': setting(
    z
      .number('must be a whole number of days from 1 to 365')
      .int('must be a whole number of days')
      .min(1, 'must be 1 or more')
      .max(365, 'must be 365 or less')
      .nullable()
      .transform((days) => days ?? USUAL_KEEP_DAYS),
    USUAL_KEEP_DAYS,
    readJson,
  ),
  /** An admin has looked at the setup, and is done with it. */
  'setup.done': setting(
    z
      .boolean('must be true or false')
      .nullable()
      .transform((done) => done ?? false),
    false,
    readJson,
  ),
  /** The user groups that are teams. Whoever is in several is on the team of the first one. */
  'teams.groups': setting(
    listOf(z.string().regex(/^S[A-Z0-9]{2,20}$/, 'must be ids of user groups, such as S0123ABCD'), 50),
    [],
    ids,
  ),
  /** The field of people's profiles that names their team, or none. Asked of those alone who joined check-ins. */
  'teams.field': setting(
    z
      .string()
      .regex(/^X[A-Za-z0-9]{2,20}$/, 'must be the id of a profile field, such as Xf0123ABCD')
      .nullable(),
    null,
    (text) => text,
  ),
  'check-ins.rhythm': setting(
    rhythm.nullable().transform((value) => value ?? USUAL_RHYTHM),
    USUAL_RHYTHM,
    readJson,
  ),
  /** Guests may join check-ins; those of a single channel never do. */
  'check-ins.guests': setting(
    z
      .boolean('must be true or false')
      .nullable()
      .transform((guests) => guests ?? false),
    false,
    readJson,
  ),
  /** So many days after an introduction people are asked how it went. */
  'check-ins.follow-up-days': setting(
    z
      .number('must be a whole number of days from 1 to 30')
      .int('must be a whole number of days')
      .min(1, 'must be 1 or more')
      .max(30, 'must be 30 or less')
      .nullable()
      .transform((days) => days ?? 7),
    7,
    readJson,
  ),
  /** Who gets the monthly digest: people, each in a message of their own, or a channel. */
  'digest.people': setting(listOf(memberId, 20), [], ids),
  'digest.channel': setting(channelId.nullable(), null, (text) => text),
  /** The public channel where kudos from private places may be shown, or none. */
  'kudos.channel': setting(channelId.nullable(), null, (text) => text),
  /** What this workspace cares for, as tags without their #: a kudos may carry one of them. */
  'kudos.values': setting(
    z
      .array(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,29}$/u, 'must be single words, such as teamwork, craft'))
      .max(MOST_VALUES, `has at most ${MOST_VALUES} words`)
      .nullable()
      .transform((values) => [...new Set((values ?? []).map((value) => value.toLowerCase()))]),
    [],
    // With commas, blanks do not part them: "hard work, craft" is one word too many, and not three.
    (text) =>
      text
        .trim()
        .split(/,/.test(text) ? /\s*,\s*/ : /\s+/)
        .flatMap((word) => word.replace(/^#/, '') || []),
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
  /** After so many months the words of kudos are forgotten, or never. */
  'kudos.keep-words-months': setting(
    z
      .number('must be a whole number of months from 1 to 120')
      .int('must be a whole number of months')
      .min(1, 'must be 1 or more')
      .max(120, 'must be 120 or less')
      .nullable(),
    null,
    (text) => (/^\d+$/.test(text) ? Number(text) : text),
  ),
} as const

export type SettingKey = keyof typeof SETTINGS
export type SettingValue<K extends SettingKey> = (typeof SETTINGS)[K] extends Setting<infer T> ? T : never

export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[]

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
