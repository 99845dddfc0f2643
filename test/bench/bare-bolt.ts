/**
 * What the app is measured against: Bolt with the same settings, that acks and does nothing else. Given a database it
 * stores each command first, as one row by one statement: as little as an answer can cost that is not to be lost.
 */
import { createServer } from 'node:http'
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt'
import pg from 'pg'

const { DATABASE_URL, PORT = '', SLACK_API_URL = '', SLACK_BOT_TOKEN = '', SLACK_SIGNING_SECRET = '' } = process.env
const silent = () => {}
const logger: Logger = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  setLevel: silent,
  getLevel: () => LogLevel.INFO,
  setName: silent,
}
const receiver = new HTTPReceiver({ signingSecret: SLACK_SIGNING_SECRET, processBeforeResponse: true, logger })
const app = new App({
  receiver,
  logger,
  convoStore: false,
  clientOptions: { slackApiUrl: SLACK_API_URL, timeout: 10_000, retryConfig: { retries: 0 } },
  authorize: async ({ teamId }) => ({
    teamId: teamId ?? '',
    botId: 'B0BENCH',
    botUserId: 'U0BENCHAPP',
    botToken: SLACK_BOT_TOKEN,
  }),
})
const pool = DATABASE_URL ? new pg.Pool({ connectionString: DATABASE_URL, max: 10 }) : null
await pool?.query('create table floor (trigger_id text primary key, giver text not null, reason text not null)')
app.command('/kudos', async ({ ack, command }) => {
  const values = [command.trigger_id, command.user_id, command.text]
  await pool?.query({ name: 'store', text: 'insert into floor values ($1, $2, $3)', values })
  await ack()
})

createServer((request, response) => {
  if (request.url === '/slack/events') return receiver.requestListener(request, response)
  response.writeHead(404).end()
}).listen(Number(PORT), '127.0.0.1')
