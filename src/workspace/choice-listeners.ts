/** What an admin chooses in a form, told at once so that the form can say what is found about it. */
import type { App, BlockAction, BlockElementAction } from '@slack/bolt'
import { inWorkspace } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { Modal, Slack } from '../platform/slack.ts'
import { isGone } from '../platform/slack-failure.ts'
import { isAdmin } from './admin-store.ts'
import { type Click, readClick } from './button-listeners.ts'

/**
 * Draws the form anew with what was found about the choice, unless it shows something else by then: it was saved meanwhile,
 * or another choice was made in it. Choices of others are taken, and nothing comes of them.
 */
export function onChosen(
  app: App,
  platform: Platform,
  callbackId: string,
  name: string,
  draw: (click: Click, chosen: string[]) => Promise<Modal>,
): void {
  const forms = new Map<string, DrawnForm>()
  app.action<BlockAction>({ callback_id: callbackId, action_id: name }, async ({ ack, body, action, context }) => {
    const click = readClick(body, action, context)
    const chosen = chosenIn(action)
    const allowed = await inWorkspace(platform.db, click.workspaceId, (tenant) => isAdmin(tenant, click.userId))
    const { viewId } = click
    const seen = body.view?.hash
    const madeAt = action.action_ts
    if (allowed && chosen.length > 0 && viewId && seen) {
      const form = forms.get(viewId) ?? { latest: madeAt, hashes: [], drawn: Promise.resolve() }
      // Two choices in a row may come in, and be looked at, in either order.
      if (madeAt > form.latest) form.latest = madeAt
      remember(forms, viewId, form)
      const work = async () => {
        const modal = await draw(click, chosen)
        await form.drawn
        if (form.latest !== madeAt) return
        const drawing = drawOver(platform.slackOf(click.workspaceId), viewId, modal, form, seen)
        form.drawn = drawing.catch(() => {})
        await drawing
      }
      platform.background.run(`${callbackId}.not-drawn`, work)
    }
    await ack()
  })
}

/** A form that is open, and what we did to it. */
interface DrawnForm {
  /** When its latest choice was made, by Slack's clock: seconds with six decimals, which sort as text. */
  latest: string
  /** Those it had before and after each drawing, the latest at the end. */
  hashes: string[]
  /** Fulfilled once the drawing under way, or the last one, is done or has failed. */
  drawn: Promise<void>
}

/** `seen` is the form as somebody chose in it: we may have drawn it anew since. */
async function drawOver(slack: Slack, viewId: string, modal: Modal, form: DrawnForm, seen: string): Promise<void> {
  const current = form.hashes.includes(seen) ? form.hashes.at(-1) : seen
  try {
    const hash = await slack.updateModal(viewId, modal, current)
    form.hashes = [...new Set([...form.hashes, seen, hash])]
  } catch (error) {
    if (!isGone(error, 'hash_conflict')) throw error
  }
}

/** Nobody says when a form is closed: the longest known makes room. */
const MOST_FORMS = 1_000

function remember(forms: Map<string, DrawnForm>, viewId: string, form: DrawnForm): void {
  forms.delete(viewId)
  forms.set(viewId, form)
  const [longest] = forms.keys()
  if (forms.size > MOST_FORMS && longest !== undefined) forms.delete(longest)
}

function chosenIn(action: BlockElementAction): string[] {
  if (action.type === 'channels_select') return action.selected_channel ? [action.selected_channel] : []
  return action.type === 'multi_users_select' ? (action.selected_users ?? []) : []
}
