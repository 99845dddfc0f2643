/** What has to be so before the app can start; if it is not, the operator reads what to mend. */
import type { Db } from './platform/database.ts'
import type { Log } from './platform/log.ts'
import { keyIdOf, type Secrets } from './platform/secrets.ts'
import type { SlackIdentity } from './platform/slack.ts'
import { SlackFailure } from './platform/slack-failure.ts'
import { listTokens } from './workspace/installation-store.ts'

/** Shown to the operator as it is: something outside must be mended before the app can start. */
export class StartError extends Error {}

/** Slack does not know the environment's token. */
export class TokenRefused extends StartError {}

/** Slack is asked this often who we are, a little later each time, before the app gives up starting. */
const IDENTIFY_TRIES = 6
const IDENTIFY_WAIT_SECONDS = 60
/** Read at a time. */
const TOKENS = 500
/** Throws why the database can't be used, in words, or what it is that nobody has words for. */
export function refuse(why: string | null, error: unknown): never {
  throw why ? new StartError(why, { cause: error }) : error
}

/** A key that went missing would be found out at the first message to somebody. */
export async function refuseLostKeys(db: Db, secrets: Secrets): Promise<void> {
  const lost = new Set<string>()
  let page = await listTokens(db, '', TOKENS)
  for (; page.length > 0; page = await listTokens(db, page.at(-1)?.id ?? '', TOKENS)) {
    for (const { token } of page) if (!secrets.hasKeyFor(token)) lost.add(keyIdOf(token))
  }
  if (lost.size > 0) {
    throw new StartError(
      `TOKEN_ENCRYPTION_KEYS lacks ${[...lost].join(', ')}: tokens in the database are encrypted with it. Add it after the first key, and run "npm run ops -- rotate-keys" before you take it away.`,
    )
  }
}

/** Who we are in Slack. Waits out a Slack that stutters; throws StartError when it says no, or nothing for long. */
export async function identify(ask: () => Promise<SlackIdentity>, log: Log): Promise<SlackIdentity> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error
      log.warn({ err: error }, 'slack.identify-failed')
      if (error.kind === 'ours' || error.kind === 'gone' || error.kind === 'revoked') {
        throw new TokenRefused(
          `Slack does not accept SLACK_BOT_TOKEN (${error.code}). Copy it anew from "OAuth & Permissions".`,
        )
      }
      if (tried === IDENTIFY_TRIES) {
        throw new StartError(
          `Slack could not be reached (${error.code}). Check SLACK_API_URL and this machine's network.`,
        )
      }
      const seconds = Math.min(error.retryAfterSeconds ?? 2 ** (tried - 1) / 2, IDENTIFY_WAIT_SECONDS)
      await new Promise((done) => setTimeout(done, seconds * 1_000))
    }
  }
}
