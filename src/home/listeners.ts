import type { App, BlockAction } from '@slack/bolt'
import { GIVE_FORM } from '../kudos/modals.ts'
import { savePreference } from '../kudos/preference-store.ts'
import { inWorkspace } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { Message } from '../platform/slack.ts'
import { CHANNEL_FORM, CHANNEL_LIST } from '../prompts/channel-forms.ts'
import { type Click, readClick, tellInModal } from '../workspace/button-listeners.ts'
import { claimGreeting } from '../workspace/channel-store.ts'
import { beginnings } from './beginnings.ts'
import * as checkIns from './check-in-listeners.ts'
import * as commands from './command-listeners.ts'
import { readHome } from './home-store.ts'
import { GREET } from './jobs.ts'
import { home, SHOWN } from './messages.ts'
import * as settings from './settings-listeners.ts'

/** Forms of other features, and a list whose menus change what they are about. */
const isShownOnHome = ({ type, view }: { type?: string; view?: { callback_id?: string } }): boolean =>
  type === 'view_submission'
    ? [GIVE_FORM, CHANNEL_FORM].includes(view?.callback_id ?? '')
    : view?.callback_id === CHANNEL_LIST

/** Listens to a button on the Home tab. What it answers opens as a modal; the tab is drawn anew. */
export interface OnHome {
  (actionId: string, act: (click: Click) => Promise<Message | null>): void
  /** Draws somebody's Home tab anew, soon. */
  redraw(workspaceId: string, userId: string): void
}

export function register(app: App, platform: Platform): void {
  const { db, background, log } = platform

  const publish = async (workspaceId: string, userId: string) => {
    const now = instant(platform.clock)
    const data = await inWorkspace(db, workspaceId, (tenant) => readHome(tenant, userId, beginnings(now), SHOWN, now))
    await platform.slackOf(workspaceId).publishHome(userId, home(data, now))
  }
  /** One drawing at a time for each person, and once more after it when something changed: the last one shown is the newest. */
  const drawing = new Map<string, { again: boolean }>()
  const redraw = (workspaceId: string, userId: string): void => {
    const key = `${workspaceId} ${userId}`
    const under = drawing.get(key)
    if (under) {
      under.again = true
      return
    }
    const turn = { again: false }
    drawing.set(key, turn)
    background.run('home.publish', () =>
      publish(workspaceId, userId).finally(() => {
        drawing.delete(key)
        if (turn.again) redraw(workspaceId, userId)
      }),
    )
  }

  const onHome: OnHome = Object.assign(
    (actionId: string, act: (click: Click) => Promise<Message | null>) => {
      app.action<BlockAction>(actionId, async ({ ack, body, action, context }) => {
        const click = readClick(body, action, context)
        const message = await act(click)
        log.info({ workspace: click.workspaceId }, actionId)
        if (message) tellInModal(platform, click, message)
        redraw(click.workspaceId, click.userId)
        await ack()
      })
    },
    { redraw },
  )

  // What is decided in these forms shows on the tab that they were opened from.
  app.use(async ({ body, context, next }) => {
    await next()
    const { user } = body as { user?: { id?: string } }
    if (user?.id && isShownOnHome(body as object)) redraw(context.teamId ?? '', user.id)
  })

  app.event('app_home_opened', async ({ event, context }) => {
    if (event.tab === 'home') redraw(context.teamId ?? '', event.user)
  })

  // The directory's own listener learns the channel; this one says hello there. Stored before Slack hears "received".
  app.event('member_joined_channel', async ({ event, body, context }) => {
    if (event.user !== context.botUserId) return
    const workspaceId = context.teamId ?? ''
    const data = { workspaceId, channel: event.channel }
    await inWorkspace(db, workspaceId, async (tenant) => {
      if (!(await claimGreeting(tenant, event.channel, instant(platform.clock)))) return
      await platform.queue.enqueue(tenant, GREET, [{ id: naturalId(GREET, workspaceId, body.event_id), data }])
    })
  })

  const onSwitch = (actionId: string, changeTo: (on: boolean) => Parameters<typeof savePreference>[2]) =>
    onHome(actionId, async ({ workspaceId, userId, value }) => {
      const change = changeTo(value === 'on')
      await inWorkspace(db, workspaceId, (tenant) => savePreference(tenant, userId, change, instant(platform.clock)))
      return null
    })
  onSwitch('home.notes', (notes) => ({ notes }))
  onSwitch('home.only-me', (onlyMe) => ({ onlyMe }))

  checkIns.register(app, platform, onHome)
  settings.register(app, platform, onHome)
  commands.register(app, platform, onHome)
}
