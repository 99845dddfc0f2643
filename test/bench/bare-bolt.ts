/** What the app is measured against: Bolt with the same settings, that acks and does nothing else. */
import { createServer } from 'node:http'
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt'

const { PORT = '', SLACK_API_URL = '', SLACK_BOT_TOKEN = '', SLACK_SIGNING_SECRET = '' } = process.env
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
app.command('/kudos', async ({ ack }) => ack())

createServer((request, response) => {
  if (request.url === '/slack/events') return receiver.requestListener(request, response)
  response.writeHead(404).end()
}).listen(Number(PORT), '127.0.0.1')
