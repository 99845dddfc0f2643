import { z } from 'zod'
import type { SecretKey } from './platform/secrets.ts'

/** How Slack reaches the app. */
export type SlackConfig =
  /** `folder` keeps the sandbox's workspace. */
  | { mode: 'sandbox'; folder: string }
  | { mode: 'socket'; apiUrl: string; botToken: string; appToken: string }
  /** At least one of `botToken` (of one workspace) and `install` (for any number of them) is there. */
  | { mode: 'http'; apiUrl: string; signingSecret: string; botToken?: string; install?: InstallConfig }

/** For "Add to Slack". */
export interface InstallConfig {
  clientId: string
  clientSecret: string
  stateSecret: string
  /** Where browsers reach the app, without a slash at the end. */
  publicUrl: string
  /** At least one; the first encrypts. */
  keys: SecretKey[]
}

export type DatabaseConfig = { kind: 'server'; url: string } | { kind: 'embedded'; folder: string }

export interface Config {
  slack: SlackConfig
  /** How much of Slack's published rate limits the app allows itself: 1 is all of it. */
  slackRate: number
  database: DatabaseConfig
  host: string
  port: number
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Whoever shows it may read /metrics; without one there is no such page. */
  metricsToken?: string
  production: boolean
}

/** Thrown by readConfig with one sentence per problem. */
export class ConfigError extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const absent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(absent, schema.optional())

const isUrl = (value: string, ...protocols: string[]) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol)

/** Cookies and codes go there, so it is https, or this very machine. */
function isPublicUrl(value: string): boolean {
  if (!isUrl(value, 'https:', 'http:')) return false
  const { protocol, hostname, origin } = new URL(value)
  return value === origin && (protocol === 'https:' || ['127.0.0.1', 'localhost'].includes(hostname))
}

const KEY_BYTES = 32

/** `name:base64,…`; null when any of it is something else, or a name comes twice. */
function readKeys(text: string): SecretKey[] | null {
  const keys = text.split(',').map((entry) => {
    const [, id = '', base64 = ''] = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/=_-]+)\s*$/.exec(entry) ?? []
    return { id, key: Buffer.from(base64, 'base64') }
  })
  const isWhole = keys.every(({ id, key }) => id !== '' && key.length === KEY_BYTES)
  return isWhole && new Set(keys.map(({ id }) => id)).size === keys.length ? keys : null
}

const INSTALLING = [
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'SLACK_STATE_SECRET',
  'PUBLIC_URL',
  'TOKEN_ENCRYPTION_KEYS',
] as const

const environment = z.object({
  SLACK_BOT_TOKEN: optional(z.string().startsWith('xoxb-', 'must be a bot token, which starts with xoxb-')),
  SLACK_APP_TOKEN: optional(z.string().startsWith('xapp-', 'must be an app-level token, which starts with xapp-')),
  SLACK_SIGNING_SECRET: optional(
    z.string().regex(/^[0-9a-f]{32,64}$/i, 'must be the hexadecimal signing secret from "Basic Information"'),
  ),
  SLACK_CLIENT_ID: optional(
    z.string().regex(/^\d+\.\d+$/, 'must be the client ID from "Basic Information", such as 123.456'),
  ),
  SLACK_CLIENT_SECRET: optional(
    z.string().regex(/^[0-9a-f]{32,64}$/i, 'must be the hexadecimal client secret from "Basic Information"'),
  ),
  SLACK_STATE_SECRET: optional(z.string().min(32, 'must have 32 characters or more: `openssl rand -hex 32` makes one')),
  PUBLIC_URL: optional(
    z
      .string()
      .transform((value) => value.replace(/\/+$/, ''))
      .refine(
        isPublicUrl,
        'must be an address such as https://acts.example.com, without a path (http only for 127.0.0.1)',
      ),
  ),
  TOKEN_ENCRYPTION_KEYS: optional(
    z
      .string()
      .transform(readKeys)
      .refine(
        (keys) => keys !== null,
        'must be names with keys of 32 bytes in base64, such as 2026:…,2025:…; `openssl rand -base64 32` makes a key',
      )
      .transform((keys) => keys as SecretKey[]),
  ),
  SLACK_API_URL: optional(
    z.string().refine((value) => isUrl(value, 'https:', 'http:'), 'must be a URL such as https://slack.com/api/'),
  ),
  SLACK_RATE: optional(
    z
      .string()
      .regex(/^\d{1,4}(\.\d{1,2})?$/, 'must be a number such as 1 or 0.5')
      .transform(Number)
      .refine((rate) => rate > 0, 'must be more than 0'),
  ),
  DATABASE_URL: optional(
    z
      .string()
      .refine(
        (value) => isUrl(value, 'postgres:', 'postgresql:'),
        'must be a URL such as postgres://user:password@host:5432/small_acts',
      ),
  ),
  DATA_DIR: optional(z.string()),
  PORT: optional(
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be at most 65535'),
  ),
  HOST: optional(z.string()),
  LOG_LEVEL: optional(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, silent',
    }),
  ),
  METRICS_TOKEN: optional(z.string().min(16, 'must be at least 16 characters, for instance of: openssl rand -hex 24')),
  NODE_ENV: optional(
    z.enum(['production', 'development', 'test'], { error: 'must be production, development or test' }),
  ),
})

/** Everything that is read from the environment. */
export const VARIABLES: string[] = Object.keys(environment.shape)

/**
 * Reads and validates everything the process takes from outside. Reading is here alone; nobody else looks at the
 * environment. Throws ConfigError naming every problem at once; a value is never repeated, for it may be a secret.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env)
  // Absence is judged on the raw values, so that a malformed one is not also called missing.
  const given = (name: keyof z.infer<typeof environment>) => absent(env[name]) !== undefined
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`)

  const production = env.NODE_ENV === 'production'
  const installing = INSTALLING.some(given)
  const anySlack = installing || given('SLACK_BOT_TOKEN') || given('SLACK_APP_TOKEN') || given('SLACK_SIGNING_SECRET')
  if (anySlack && !installing && !given('SLACK_BOT_TOKEN')) {
    problems.push(
      'SLACK_BOT_TOKEN is missing: copy it from "OAuth & Permissions" of your Slack app. (For many workspaces set SLACK_CLIENT_ID and its kin instead.)',
    )
  }
  if (installing) {
    const missing = [...INSTALLING, 'SLACK_SIGNING_SECRET' as const].filter((name) => !given(name))
    if (missing.length > 0) {
      problems.push(
        `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing: "Add to Slack" needs all of them.`,
      )
    }
    if (given('SLACK_APP_TOKEN')) {
      problems.push('SLACK_APP_TOKEN must be empty: "Add to Slack" works over HTTP, not in Socket Mode.')
    }
  }
  if (given('SLACK_BOT_TOKEN') && !given('SLACK_APP_TOKEN') && !given('SLACK_SIGNING_SECRET')) {
    problems.push('SLACK_SIGNING_SECRET (for HTTP) or SLACK_APP_TOKEN (for Socket Mode) is missing: set one of them.')
  }
  if (!anySlack && env.PORT?.trim() === '65535') {
    problems.push('PORT must be at most 65534 here: the sandbox takes the next one as well.')
  }
  if (production && !anySlack) {
    problems.push(
      'SLACK_BOT_TOKEN is missing: with NODE_ENV=production the sandbox is off, so Slack credentials are needed.',
    )
  }
  if (production && !given('DATABASE_URL')) {
    problems.push('DATABASE_URL is missing: with NODE_ENV=production a PostgreSQL server is needed.')
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)

  const e = parsed.data
  const apiUrl = (e.SLACK_API_URL ?? 'https://slack.com/api/').replace(/\/*$/, '/')
  return {
    slack: slackConfig(e, apiUrl),
    // The sandbox has no limits, but on request.
    slackRate: e.SLACK_RATE ?? (anySlack ? 1 : 60),
    database: e.DATABASE_URL ? { kind: 'server', url: e.DATABASE_URL } : { kind: 'embedded', folder: dataDir(e) },
    // Without Slack credentials nothing outside this machine has any business here.
    host: e.HOST ?? (anySlack ? '0.0.0.0' : '127.0.0.1'),
    port: e.PORT ?? 3000,
    // Whoever tries the sandbox wants to see its address, not our log.
    logLevel: e.LOG_LEVEL ?? (anySlack ? 'info' : 'warn'),
    ...(e.METRICS_TOKEN ? { metricsToken: e.METRICS_TOKEN } : {}),
    production,
  }
}

const dataDir = (e: z.infer<typeof environment>) => e.DATA_DIR ?? '.data'

function slackConfig(e: z.infer<typeof environment>, apiUrl: string): SlackConfig {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = e
  const install = installConfig(e)
  if (botToken === undefined && !install) return { mode: 'sandbox', folder: dataDir(e) }
  if (botToken !== undefined && appToken !== undefined) return { mode: 'socket', apiUrl, botToken, appToken }
  return {
    mode: 'http',
    apiUrl,
    // The checks above leave nothing out.
    signingSecret: e.SLACK_SIGNING_SECRET ?? '',
    ...(botToken === undefined ? {} : { botToken }),
    ...(install ? { install } : {}),
  }
}

function installConfig(e: z.infer<typeof environment>): InstallConfig | null {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = e
  const { PUBLIC_URL: publicUrl, TOKEN_ENCRYPTION_KEYS: keys } = e
  return clientId && clientSecret && stateSecret && publicUrl && keys
    ? { clientId, clientSecret, stateSecret, publicUrl, keys }
    : null
}
