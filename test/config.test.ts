import { expect, it } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

const SECRET = '0123456789abcdef0123456789abcdef'

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

it('is the sandbox on the embedded database when nothing is set', () => {
  expect(readConfig({})).toEqual({
    slack: { mode: 'sandbox', folder: '.data' },
    slackRate: 60,
    database: { kind: 'embedded', folder: '.data' },
    host: '127.0.0.1',
    port: 3000,
    logLevel: 'warn',
    production: false,
  })
})

it('takes a token for the figures, and no short one', () => {
  expect(readConfig({ METRICS_TOKEN: 'sixteen letters.' }).metricsToken).toBe('sixteen letters.')
  expect(problemsOf({ METRICS_TOKEN: 'fifteen letters' })).toEqual([expect.stringContaining('METRICS_TOKEN must be')])
})

it('takes an empty value for none', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: '', PORT: ' ' }).slack.mode).toBe('sandbox')
})

it('prefers Socket Mode when it has the token for it', () => {
  const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: SECRET }
  expect(readConfig(http).slack).toEqual({
    mode: 'http',
    apiUrl: 'https://slack.com/api/',
    botToken: 'xoxb-1',
    signingSecret: SECRET,
  })
  expect(readConfig({ ...http, SLACK_APP_TOKEN: 'xapp-1' }).slack.mode).toBe('socket')
})

it('reports everything that is wrong at once, without repeating a value', () => {
  const problems = problemsOf({
    SLACK_BOT_TOKEN: 'hunter2-token',
    SLACK_SIGNING_SECRET: 'hunter2-secret',
    DATABASE_URL: 'mysql://hunter2@x/y',
    PORT: '99999',
    LOG_LEVEL: 'loud',
  })
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    'SLACK_BOT_TOKEN',
    'SLACK_SIGNING_SECRET',
    'DATABASE_URL',
    'PORT',
    'LOG_LEVEL',
  ])
  expect(problems.join()).not.toContain('hunter2')
})

it('says what is missing', () => {
  expect(problemsOf({ SLACK_SIGNING_SECRET: SECRET })).toEqual([expect.stringContaining('SLACK_BOT_TOKEN is missing')])
  expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([
    expect.stringContaining('SLACK_SIGNING_SECRET (for HTTP)'),
  ])
})

it('refuses the sandbox and the embedded database in production', () => {
  expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
    expect.stringContaining('SLACK_BOT_TOKEN'),
    expect.stringContaining('DATABASE_URL'),
  ])
})

const INSTALLING = {
  SLACK_SIGNING_SECRET: SECRET,
  SLACK_CLIENT_ID: '123.456',
  SLACK_CLIENT_SECRET: SECRET,
  SLACK_STATE_SECRET: SECRET,
  PUBLIC_URL: 'https://acts.example.com/',
  TOKEN_ENCRYPTION_KEYS: `2026:${Buffer.alloc(32, 1).toString('base64')}, 2025:${Buffer.alloc(32, 2).toString('base64')}`,
}

it('has "Add to Slack" when everything for it is there, beside a token or without one', () => {
  const { slack } = readConfig(INSTALLING)
  expect(slack).toEqual({
    mode: 'http',
    apiUrl: 'https://slack.com/api/',
    signingSecret: SECRET,
    install: {
      clientId: '123.456',
      clientSecret: SECRET,
      stateSecret: SECRET,
      publicUrl: 'https://acts.example.com',
      keys: [
        { id: '2026', key: Buffer.alloc(32, 1) },
        { id: '2025', key: Buffer.alloc(32, 2) },
      ],
    },
  })
  expect(readConfig({ ...INSTALLING, SLACK_BOT_TOKEN: 'xoxb-1' }).slack).toEqual({ ...slack, botToken: 'xoxb-1' })
})

it('says what "Add to Slack" lacks, and what does not go with it', () => {
  expect(problemsOf({ SLACK_CLIENT_ID: '123.456' })).toEqual([
    expect.stringMatching(
      /^SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, PUBLIC_URL, TOKEN_ENCRYPTION_KEYS, SLACK_SIGNING_SECRET are missing/,
    ),
  ])
  expect(problemsOf({ ...INSTALLING, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })).toEqual([
    expect.stringContaining('SLACK_APP_TOKEN must be empty'),
  ])
})

it.each([
  ['PUBLIC_URL', 'http://acts.example.org'],
  ['PUBLIC_URL', 'https://acts.example.org/small-acts'],
  ['PUBLIC_URL', 'acts.example.org'],
  ['SLACK_STATE_SECRET', 'short'],
  ['SLACK_CLIENT_ID', 'A0123'],
  ['TOKEN_ENCRYPTION_KEYS', 'hunter2'],
  ['TOKEN_ENCRYPTION_KEYS', `a:${Buffer.alloc(16).toString('base64')}`],
  ['TOKEN_ENCRYPTION_KEYS', `a.b:${Buffer.alloc(32).toString('base64')}`],
  ['TOKEN_ENCRYPTION_KEYS', [1, 2].map((byte) => `a:${Buffer.alloc(32, byte).toString('base64')}`).join()],
])('refuses %s=%s', (name, value) => {
  const problems = problemsOf({ ...INSTALLING, [name]: value })
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must`))])
  expect(problems.join()).not.toContain(value)
})
