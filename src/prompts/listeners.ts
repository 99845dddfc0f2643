/** What people do with a prompt. */
import type { App } from '@slack/bolt'
import * as kudosAnswers from '../kudos/answers.ts'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import type { FormState } from '../platform/form.ts'
import type { Platform } from '../platform/platform.ts'
import { type Message, modalView } from '../platform/slack.ts'
import { type Click, createOnButton, openModal } from '../workspace/button-listeners.ts'
import { answerModal } from '../workspace/messages.ts'
import * as acts from './acts.ts'
import * as admins from './admin-listeners.ts'
import { ANSWER_FORM, answerForm, readAnswerForm, standingAnswer } from './answer-forms.ts'
import { type Answer, findAnswerOf } from './answer-store.ts'
import * as answers from './answers.ts'
import { type KudosOutcome, makeKudos, thankable } from './kudos-acts.ts'
import { why } from './messages.ts'
import { findPost } from './post-store.ts'

export function register(app: App, platform: Platform): void {
  const { db, log } = platform
  const onButton = createOnButton(app, platform)
  const act = <T>(click: Click, work: (tenant: Tenant) => Promise<T>) => inWorkspace(db, click.workspaceId, work)
  const remove = (click: Click, postId: string) =>
    act(click, (tenant) => acts.removeMine(tenant, platform, postId, click.userId))

  onButton(
    'prompts.answer',
    async (click) => {
      const form = await act(click, async (tenant) => {
        const post = await acts.postClickedOn(tenant, platform, click.value, click.place)
        if (!post?.place || !post.words) return null
        const standing = await findAnswerOf(tenant, post.id, click.userId)
        return standing ? answerModal(await shownAnswer(tenant, standing)) : answerForm({ ...post, words: post.words })
      })
      if (!form) return answers.notThere()
      openModal(platform, click, form)
      return null
    },
    'beside',
  )

  onButton(
    'prompts.done',
    async (click) => {
      const outcome = await act(click, async (tenant) => {
        const post = await acts.postClickedOn(tenant, platform, click.value, click.place)
        return await acts.done(tenant, platform, post, click.userId)
      })
      return answers.done(outcome, click.value)
    },
    'beside',
  )

  onButton(
    'prompts.more',
    async (click) => {
      const [choice, postId = ''] = click.value.split(' ')
      if (choice === 'remove') return answers.removed(await remove(click, postId))
      const post = await act(click, (tenant) => findPost(tenant, postId))
      return post?.words ? why(post.words) : answers.notThere()
    },
    'beside',
  )

  // In what only its writer sees, which it takes the place of.
  onButton('prompts.remove', async (click) => answers.removed(await remove(click, click.value)))
  onButton('prompts.kudos', async (click) => {
    const { userId: giver, value: answerId, app: ownUser, responseUrl } = click
    const outcome = await act(click, (tenant) =>
      makeKudos(tenant, platform, { answerId, giver, app: ownUser, responseUrl }),
    )
    return kudosAnswer(outcome)
  })

  app.view(ANSWER_FORM, async ({ ack, body, view, context }) => {
    const workspaceId = context.teamId ?? ''
    const filled = readAnswerForm(view.state.values as FormState)
    if ('errors' in filled) return await ack({ response_action: 'errors', errors: filled.errors })
    const given = { ...filled, request: view.id, postId: view.private_metadata, member: body.user.id }
    const { outcome, standing } = await inWorkspace(db, workspaceId, async (tenant) => {
      const result = await acts.answer(tenant, platform, given)
      const stands = await findAnswerOf(tenant, given.postId, given.member)
      return { outcome: result, standing: stands && (await shownAnswer(tenant, stands)) }
    })
    log.info({ workspace: workspaceId, outcome: outcome.kind }, ANSWER_FORM)
    const errors = answers.answerErrors(outcome)
    if (errors) return await ack({ response_action: 'errors', errors })
    await ack({ response_action: 'update', view: modalView(answerModal(standing ?? answers.notThere())) })
  })

  admins.register(app, platform, onButton)
}

/** Somebody's own answer, with what it could become. */
async function shownAnswer(tenant: Tenant, answer: Answer): Promise<Message> {
  const post = await findPost(tenant, answer.postId)
  return post ? standingAnswer(answer, post, thankable(answer, post.words?.kind ?? '')) : answers.notThere()
}

function kudosAnswer(outcome: KudosOutcome): Message {
  switch (outcome.kind) {
    case 'gone':
      return answers.kudosGone()
    case 'given before':
      return answers.kudosGivenBefore()
    default:
      return kudosAnswers.outcome(outcome)
  }
}
