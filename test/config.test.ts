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
