import { z } from 'zod'

/** How Slack reaches the app. */
export type SlackConfig =
  /** `folder` keeps the sandbox's workspace. */
  | { mode: 'sandbox'; folder: string }
  | { mode: 'socket'; apiUrl: string; botToken: string; appToken: string }
  | { mode: 'http'; apiUrl: string; botToken: string; signingSecret: string }

export type DatabaseConfig = { kind: 'server'; url: string } | { kind: 'embedded'; folder: string }

export interface Config {
  slack: SlackConfig
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

const environment = z.object({
  SLACK_BOT_TOKEN: optional(z.string().startsWith('xoxb-', 'must be a bot token, which starts with xoxb-')),
  SLACK_APP_TOKEN: optional(z.string().startsWith('xapp-', 'must be an app-level token, which starts with xapp-')),
  SLACK_SIGNING_SECRET: optional(
    z.string().regex(/^[0-9a-f]{32,64}$/i, 'must be the hexadecimal signing secret from "Basic Information"'),
  ),
  SLACK_API_URL: optional(
    z.string().refine((value) => isUrl(value, 'https:', 'http:'), 'must be a URL such as https://slack.com/api/'),
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
  const anySlack = given('SLACK_BOT_TOKEN') || given('SLACK_APP_TOKEN') || given('SLACK_SIGNING_SECRET')
  if (anySlack && !given('SLACK_BOT_TOKEN')) {
    problems.push('SLACK_BOT_TOKEN is missing: copy it from "OAuth & Permissions" of your Slack app.')
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
  if (!e.SLACK_BOT_TOKEN) return { mode: 'sandbox', folder: dataDir(e) }
  // The checks above leave at least one of the two.
  return e.SLACK_APP_TOKEN
    ? { mode: 'socket', apiUrl, botToken: e.SLACK_BOT_TOKEN, appToken: e.SLACK_APP_TOKEN }
    : { mode: 'http', apiUrl, botToken: e.SLACK_BOT_TOKEN, signingSecret: e.SLACK_SIGNING_SECRET ?? '' }
}
