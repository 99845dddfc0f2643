import { createHmac, randomUUID } from 'node:crypto'
import { systemClock } from '../../src/platform/clock.ts'
import { BENCH_TEAM } from './stand-in-slack.ts'

export interface SignedRequest {
  headers: Record<string, string>
  body: string
}

/**
 * So many `/kudos`, each its own, from fifty people to fifty others in one public channel. Signed in advance: signing
 * would slow down the one who measures. Good for five minutes.
 */
export function signKudos(
  count: number,
  { reason, responseUrl }: { reason: string; responseUrl: string },
): SignedRequest[] {
  const batch = randomUUID()
  return Array.from({ length: count }, (_, index) => signOne(index, { reason: `${reason} ${batch}`, responseUrl }))
}

/** One `/kudos`, signed right now; another one for each index. */
export function signOne(
  index: number,
  { reason, responseUrl, team = BENCH_TEAM.id }: { reason: string; responseUrl: string; team?: string },
): SignedRequest {
  const timestamp = String(Math.floor(systemClock.now() / 1_000))
  const giver = index % 50
  const recipient = 50 + ((index * 7) % 50)
  const body = new URLSearchParams({
    token: 'unused',
    team_id: team,
    team_domain: 'bench',
    channel_id: BENCH_TEAM.channel,
    channel_name: 'general',
    user_id: BENCH_TEAM.person(giver),
    user_name: `person${giver}`,
    command: '/kudos',
    text: `<@${BENCH_TEAM.person(recipient)}|person${recipient}> for ${reason} ${index}`,
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: `${index}.${randomUUID()}`,
  }).toString()
  const signature = createHmac('sha256', BENCH_TEAM.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      accept: 'application/json,*/*',
      'x-slack-signature': `v0=${signature}`,
      'x-slack-request-timestamp': timestamp,
    },
  }
}
