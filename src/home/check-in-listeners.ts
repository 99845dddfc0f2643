/** Joining, pausing, leaving and what else people decide about their own part, by mouse. */
import type { App } from '@slack/bolt'
import { CLICKS } from '../pairing/clicks.ts'
import { onTabId } from '../pairing/on-home.ts'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { type FormErrors, type FormState, field } from '../platform/form.ts'
import { clean, typedMarkup } from '../platform/markup.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { type Message, type Modal, modalView } from '../platform/slack.ts'
import { type Click, openModal } from '../workspace/button-listeners.ts'
import { answerModal } from '../workspace/messages.ts'
import { listAvoided, readParticipation, saveAvoided } from '../workspace/participation-store.ts'
import { findTeam } from '../workspace/team-store.ts'
import * as acts from './acts.ts'
import * as answers from './answers.ts'
import * as forms from './check-in-forms.ts'
import { dismissKeepsake } from './keepsake-store.ts'
import type { OnHome } from './listeners.ts'

type Opener = Pick<Click, 'workspaceId' | 'userId' | 'trigger' | 'responseUrl'>

/** Opens the form of joining, or says why one can't. */
export async function openJoinForm(platform: Platform, who: Opener): Promise<Message | null> {
  const { workspaceId, userId } = who
  const { may, team } = await inWorkspace(platform.db, workspaceId, async (tenant) => ({
    may: await acts.mayJoin(tenant, userId),
    team: await findTeam(tenant, userId),
  }))
  if (may !== 'may join') return answers.joined(may)
  openModal(platform, who, forms.joinForm(userId, null, team))
  return null
}

export function register(app: App, platform: Platform, onHome: OnHome): void {
  const { db } = platform
  const act = <T>(click: Click, work: (tenant: Tenant) => Promise<T>) => inWorkspace(db, click.workspaceId, work)

  onHome('home.join', (click) => openJoinForm(platform, click))
  onHome('home.help', async () => answers.help())
  onHome('home.leave', async (click) => {
    await act(click, (tenant) => acts.leave(tenant, platform, click.userId))
    return null
  })
  onHome('home.resume', async (click) => {
    await act(click, (tenant) => acts.resume(tenant, platform, click.userId))
    return null
  })
  onHome('home.skip', async (click) => {
    await act(click, (tenant) => acts.skip(tenant, platform, click.userId, true))
    return null
  })
  onHome('home.keepsake-not-again', async (click) => {
    await act(click, (tenant) => dismissKeepsake(tenant, click.userId, click.value, instant(platform.clock)))
    return null
  })

  // The open check-in stands on the tab with the buttons of its messages.
  for (const [actionId, click] of Object.entries(CLICKS)) {
    onHome(onTabId(actionId), (used) => act(used, (tenant) => click(tenant, platform, used)))
  }

  const onForm = (actionId: string, form: (tenant: Tenant, userId: string) => Promise<Modal> | Modal) =>
    onHome(actionId, async (click) => {
      openModal(platform, click, await act(click, async (tenant) => form(tenant, click.userId)))
      return null
    })
  onForm('home.pause', () => forms.pauseForm())
  onForm('home.team', async (tenant, userId) => forms.teamForm(await findTeam(tenant, userId)))
  onForm('home.hours', async (tenant, userId) => forms.hoursForm(await readParticipation(tenant, userId)))
  onForm('home.avoid', async (tenant, userId) => forms.avoidForm(await listAvoided(tenant, userId)))
  onForm('home.feedback', () => forms.feedbackForm())

  registerForms(app, platform, onHome)
}

/** What a form comes to: errors under its fields, an answer in its place, or nothing more to say. */
type Submitted = { errors: FormErrors } | Message | null

function registerForms(app: App, platform: Platform, onHome: OnHome): void {
  const onSubmit = (
    callbackId: string,
    submit: (tenant: Tenant, userId: string, state: FormState, viewId: string) => Promise<Submitted>,
  ) =>
    app.view(callbackId, async ({ ack, body, view, context }) => {
      const workspaceId = context.teamId ?? ''
      const userId = body.user.id
      const result = await inWorkspace(platform.db, workspaceId, (tenant) =>
        submit(tenant, userId, view.state.values as FormState, view.id),
      )
      platform.log.info({ workspace: workspaceId }, callbackId)
      onHome.redraw(workspaceId, userId)
      if (result === null) return await ack()
      if ('errors' in result) return await ack({ response_action: 'errors', errors: result.errors })
      await ack({ response_action: 'update', view: modalView(answerModal(result)) })
    })

  onSubmit(forms.JOIN_FORM, async (tenant, userId, state) =>
    answers.joined(await acts.join(tenant, platform, userId, forms.readTeam(state))),
  )
  onSubmit(forms.PAUSE_FORM, async (tenant, userId, state) => {
    const until = forms.readPauseForm(state)
    if (typeof until === 'object' && 'errors' in until) return until
    const outcome = await acts.pause(tenant, platform, userId, until)
    if (outcome.kind === 'over') return { errors: { date: 'That day is over. Choose one to come.' } }
    return answers.paused(outcome)
  })
  onSubmit(forms.HOURS_FORM, async (tenant, userId, state) => {
    const read = forms.readHoursForm(state)
    if ('errors' in read) return read
    await acts.saveHours(tenant, platform, userId, read)
    return null
  })
  onSubmit(forms.AVOID_FORM, async (tenant, userId, state) => {
    const people = (field(state, 'people').selected_users ?? []).filter((id) => id !== userId)
    if (people.length > acts.MOST_AVOIDED) return { errors: { people: `Choose at most ${acts.MOST_AVOIDED} people.` } }
    await saveAvoided(tenant, userId, people, instant(platform.clock))
    return null
  })
  onSubmit(forms.TEAM_FORM, async (tenant, userId, state) => {
    const outcome = await acts.sayTeam(tenant, platform, userId, forms.readTeam(state))
    return outcome.kind === 'saved' ? null : answers.team(outcome)
  })
  onSubmit(forms.FEEDBACK_FORM, async (tenant, userId, state, viewId) => {
    const text = typedMarkup(clean(field(state, 'text').value ?? ''))
    if (text === '') return { errors: { text: 'Say a word or two.' } }
    return answers.feedbackGiven(await acts.giveFeedback(tenant, platform, { request: viewId, from: userId, text }))
  })
}
