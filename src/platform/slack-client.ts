/** Slack's Web API as the product uses it (slack.ts), by Slack's own client. */
import { type Logger, LogLevel, WebClient } from '@slack/web-api'
import {
  type MessagePlace,
  modalView,
  type Page,
  type ProfileField,
  type Slack,
  type SlackChannel,
  type SlackUser,
  type SlackUserGroup,
} from './slack.ts'
import type { SlackBudget } from './slack-budget.ts'
import { classify, isGone, SlackFailure } from './slack-failure.ts'

const TIMEOUT_MS = 10_000
const PAGE = 200

/** The client puts there what the header x-oauth-scopes says. */
type AuthTest = { team_id: string; user_id: string; bot_id: string; response_metadata?: { scopes?: string[] } }

export function createSlack(options: {
  apiUrl: string
  token: string
  /** Asked before every call, and told what became of it; identify() at the start has none yet. */
  budget?: SlackBudget
  /** Hears of each call that failed. */
  onFailure?: (failure: SlackFailure) => void
}): Slack {
  const { budget } = options
  const client = new WebClient(options.token, {
    slackApiUrl: options.apiUrl,
    timeout: TIMEOUT_MS,
    // The client's own retries would post a message again after an answer that got lost, and would wait in memory.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  })

  async function call<T>(method: string, args: Record<string, unknown>): Promise<T> {
    const channel = typeof args.channel === 'string' ? args.channel : undefined
    await budget?.turn(method, channel)
    try {
      const answer = (await client.apiCall(method, args)) as T
      await budget?.note(method, channel, null)
      return answer
    } catch (error) {
      const failure = classify(method, error)
      options.onFailure?.(failure)
      await budget?.note(method, channel, failure)
      throw failure
    }
  }

  /** One page of a method that lists. `field` is where its answer keeps the items. */
  async function page<T>(
    method: string,
    field: string,
    args: Record<string, unknown>,
    cursor: string | null,
  ): Promise<Page<T>> {
    const response = await call<Record<string, unknown>>(method, {
      ...args,
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    })
    const { next_cursor } = (response.response_metadata ?? {}) as { next_cursor?: string }
    return { items: (response[field] ?? []) as T[], next: next_cursor || null }
  }

  return {
    async identify() {
      const r = await call<AuthTest>('auth.test', {})
      const scopes = r.response_metadata?.scopes ?? []
      return { workspaceId: r.team_id, botUserId: r.user_id, botId: r.bot_id, scopes }
    },
    async revoke() {
      await call('auth.revoke', {})
    },
    async post(channel, message, threadTs = null) {
      const r = await call<MessagePlace>('chat.postMessage', {
        channel,
        ...message,
        ...(threadTs ? { thread_ts: threadTs } : {}),
        unfurl_links: false,
        unfurl_media: false,
      })
      return { channel: r.channel, ts: r.ts }
    },
    async openGroup(people) {
      return (await call<{ channel: { id: string } }>('conversations.open', { users: people.join(',') })).channel.id
    },
    async permalink({ channel, ts }) {
      return (await call<{ permalink: string }>('chat.getPermalink', { channel, message_ts: ts })).permalink
    },
    async remove(place) {
      try {
        await call('chat.delete', { ...place })
      } catch (error) {
        if (!isGone(error, 'message_not_found')) throw error
      }
    },
    async update(place, message) {
      await call('chat.update', { ...place, ...message })
    },
    async openModal(trigger, modal) {
      await call('views.open', { trigger_id: trigger, view: modalView(modal) })
    },
    async updateModal(viewId, modal, hash) {
      const { view } = await call<{ view: { hash: string } }>('views.update', {
        view_id: viewId,
        view: modalView(modal),
        ...(hash ? { hash } : {}),
      })
      return view.hash
    },
    async publishHome(userId, blocks) {
      await call('views.publish', { user_id: userId, view: { type: 'home', blocks } })
    },
    async answer(responseUrl, { replaceOriginal, ...message }) {
      const body = { response_type: 'ephemeral', replace_original: replaceOriginal ?? false, ...message }
      await send('response_url', responseUrl, 'application/json', JSON.stringify(body))
    },
    async upload(channel, { name, title, content }) {
      const body = Buffer.from(content)
      const { upload_url, file_id } = await call<{ upload_url: string; file_id: string }>(
        'files.getUploadURLExternal',
        { filename: name, length: body.length },
      )
      await send('upload_url', upload_url, 'application/octet-stream', body)
      await call('files.completeUploadExternal', { files: [{ id: file_id, title }], channel_id: channel })
    },
    async user(id) {
      return (await call<{ user: SlackUser }>('users.info', { user: id, include_locale: true })).user
    },
    users: (cursor) => page('users.list', 'members', { include_locale: true }, cursor),
    async profileFields() {
      const r = await call<{ profile: { fields?: ProfileField[] } }>('team.profile.get', {})
      return (r.profile.fields ?? []).map(({ id, label }) => ({ id, label }))
    },
    async profileField(userId, fieldId) {
      const r = await call<{ profile: { fields?: Record<string, { value?: string }> | null } }>('users.profile.get', {
        user: userId,
      })
      return r.profile.fields?.[fieldId]?.value ?? ''
    },
    async userGroups() {
      const r = await call<{ usergroups?: SlackUserGroup[] }>('usergroups.list', {
        include_users: true,
        include_disabled: true,
      })
      return r.usergroups ?? []
    },
    async channel(id) {
      return (await call<{ channel: SlackChannel }>('conversations.info', { channel: id })).channel
    },
    channels: (cursor) =>
      page('users.conversations', 'channels', { types: 'public_channel', exclude_archived: true }, cursor),
  }
}

/** Posts to an address that Slack gave us; `method` is what it is called in failures. */
async function send(method: string, url: string, type: string, body: string | Buffer<ArrayBuffer>): Promise<void> {
  let response: Response
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    // Read to the end, or the connection is never free for another.
    await response.text()
  } catch (error) {
    throw new SlackFailure({ kind: 'transient', method, code: 'request_failed', cause: error })
  }
  if (response.ok) return
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after')) || 1
    throw new SlackFailure({ kind: 'rate limited', method, code: 'ratelimited', retryAfterSeconds: seconds })
  }
  if (response.status >= 500) throw new SlackFailure({ kind: 'transient', method, code: `http_${response.status}` })
  throw new SlackFailure({ kind: 'gone', method, code: 'expired_url' })
}

/** The client's own lines repeat what SlackFailure says, and at times what somebody wrote. */
const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
}
