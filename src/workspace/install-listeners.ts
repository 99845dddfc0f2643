/** Add to Slack, and away again: what Bolt's own installer does in a browser, and what Slack tells when the app is removed. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type App, HTTPReceiver, type HTTPReceiverOptions, type Installation, type Logger } from '@slack/bolt'
import { instant, type Platform } from '../platform/platform.ts'
import { freshSeed } from '../platform/random.ts'
import type { Secrets } from '../platform/secrets.ts'
import { createSlack } from '../platform/slack-client.ts'
import { sendPage } from '../platform/web-page.ts'
import { installed, type NotInstalled, notInstalled } from './install-pages.ts'
import { readTicket, TICKET_MINUTES, writeTicket } from './install-ticket.ts'
import { takeTicket } from './installation-store.ts'
import type { Installations } from './installations.ts'
import { storeInstallation } from './installing.ts'
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from './scopes.ts'

export const INSTALL_PATH = '/slack/install'
export const REDIRECT_PATH = '/slack/oauth_redirect'

export interface InstallOptions {
  clientId: string
  clientSecret: string
  stateSecret: string
  /** Without a slash at the end. */
  publicUrl: string
  apiUrl: string
  secrets: Secrets
}

/** Why nothing was installed, from inside Bolt's installer to the page that says so. */
class Refused extends Error {
  readonly code = 'small_acts_refused'
  readonly why: NotInstalled
  constructor(why: NotInstalled) {
    super(`not installed: ${why}`)
    this.why = why
  }
}

/**
 * Serves `INSTALL_PATH` and `REDIRECT_PATH`. A receiver of its own: Bolt does not let an app authorize by itself whose
 * receiver installs. Nothing else ever reaches this one, so its signing secret is nobody's.
 */
export function createInstaller(platform: Platform, options: InstallOptions, logger: Logger): RequestListener {
  return new HTTPReceiver({ ...installerOptions(platform, options), signingSecret: freshSeed(), logger })
    .requestListener
}

function installerOptions(platform: Platform, options: InstallOptions): Partial<HTTPReceiverOptions> {
  const { clientId, clientSecret, stateSecret, publicUrl, apiUrl, secrets } = options
  const scopes = [...NEEDED_SCOPES, ...OPTIONAL_SCOPES].map(({ scope }) => scope)
  const redirectUri = `${publicUrl}${REDIRECT_PATH}`
  const now = () => instant(platform.clock)
  return {
    clientId,
    clientSecret,
    scopes,
    redirectUri,
    installationStore: {
      async storeInstallation(installation) {
        const { team, enterprise, bot, user } = installation
        // Asked again in afterInstallation, before there is anything to store.
        if (!team || !bot) throw new Refused('failed')
        const outcome = await storeInstallation(platform, secrets, {
          workspaceId: team.id,
          enterpriseId: enterprise?.id ?? null,
          botUserId: bot.userId,
          botId: bot.id,
          scopes: bot.scopes,
          token: bot.token,
          installer: user.id,
        })
        if (outcome === 'being deleted') throw new Refused('being deleted')
      },
      fetchInstallation: () => Promise.reject(new Error('Bolt is not asked for tokens')),
    },
    installerOptions: {
      directInstall: true,
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      stateCookieName: '__Host-small-acts-install',
      stateCookieExpirationSeconds: TICKET_MINUTES * 60,
      authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
      clientOptions: { slackApiUrl: apiUrl, timeout: 10_000, retryConfig: { retries: 0 } },
      stateStore: {
        generateStateParam: async () => writeTicket(stateSecret, freshSeed(), now()),
        async verifyStateParam(_, state) {
          const ticket = readTicket(stateSecret, state, now())
          if (!ticket || !(await takeTicket(platform.db, ticket.id, ticket.expiresAt, now())))
            throw new Refused('stale')
          return { scopes, redirectUri }
        },
      },
      callbackOptions: {
        async afterInstallation(installation, _options, _request, response) {
          if (!installation.isEnterpriseInstall) return true
          await giveBack(platform, apiUrl, installation.bot?.token)
          sendPage(response, notInstalled('organisation'))
          return false
        },
        success: (
          { team, appId }: Installation,
          _options: unknown,
          _request: IncomingMessage,
          response: ServerResponse,
        ) => sendPage(response, installed(team?.name ?? '', openInSlack(apiUrl, team?.id ?? '', appId ?? ''))),
        failure(error, _options, _request, response) {
          const why = whyNot(error)
          if (why === 'failed') platform.log.error({ err: error }, 'workspace.not-installed')
          sendPage(response, notInstalled(why))
        },
      },
    },
  }
}

/** A token that we do not want to have. */
async function giveBack(platform: Platform, apiUrl: string, token: string | undefined): Promise<void> {
  if (token === undefined) return
  await createSlack({ apiUrl, token })
    .revoke()
    .catch((error: unknown) => platform.log.warn({ err: error }, 'workspace.token-not-given-back'))
}

const openInSlack = (apiUrl: string, team: string, app: string): string =>
  new URL(`/app_redirect?${new URLSearchParams({ app, team })}`, apiUrl).href

const STALE = ['slack_oauth_invalid_state', 'slack_oauth_missing_state', 'slack_oauth_missing_code']
const CODES = ['invalid_code', 'code_already_used', 'code_expired']

function whyNot(error: Error & { code?: string; data?: { error?: string } }): NotInstalled {
  if (error instanceof Refused) return error.why
  const { code = '', data } = error
  if (code === 'slack_oauth_installer_authorization_error') return 'cancelled'
  if (STALE.includes(code)) return 'stale'
  if (data?.error === 'cannot_install_an_org_installed_app') return 'organisation'
  if (CODES.includes(data?.error ?? '')) return 'code refused'
  return code === 'slack_webapi_request_error' ? 'no answer' : 'failed'
}

/** Removed in Slack. Both events come without a token, so Bolt authorizes nobody for them. */
export function register(app: App, installations: Pick<Installations, 'stop'>): void {
  app.event('app_uninstalled', async ({ body }) => {
    const told = new Date(body.event_time * 1_000)
    await installations.stop(body.team_id, { state: 'uninstalled', because: 'app_uninstalled', told })
  })
  // Tokens of people are none of ours: we have the bot's alone.
  app.event('tokens_revoked', async ({ body, event }) => {
    if ((event.tokens.bot ?? []).length === 0) return
    const told = new Date(body.event_time * 1_000)
    await installations.stop(body.team_id, { state: 'revoked', because: 'tokens_revoked', told })
  })
}
