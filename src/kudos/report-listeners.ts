/** Reporting a kudos, and what admins decide about it. */
import type { App } from '@slack/bolt'
import { z } from 'zod'
import { sentence } from '../platform/blocks.ts'
import { inWorkspace } from '../platform/database.ts'
import { type FormState, isTicked } from '../platform/form.ts'
import type { Platform } from '../platform/platform.ts'
import { modalView } from '../platform/slack.ts'
import { type Click, type OnButton, openModal } from '../workspace/button-listeners.ts'
import { answerModal } from '../workspace/messages.ts'
import * as answers from './answers.ts'
import { readReason } from './form.ts'
import { REMOVE_FORM, REPORT_FORM, removeForm, reportForm } from './modals.ts'
import * as reporting from './reporting.ts'
import { findKudos } from './store.ts'

const reportContext = z.object({ kudosId: z.string(), responseUrl: z.string().nullable() })
const removeContext = z.object({ reportId: z.string() })

/** Opens the form with which somebody reports a kudos, or says why they can't. */
export async function openReportForm(platform: Platform, click: Click, kudosId: string) {
  const may = await inWorkspace(platform.db, click.workspaceId, (tenant) =>
    reporting.reportable(tenant, kudosId, click.userId),
  )
  if (may.kind !== 'reportable') return answers.reported(may.kind)
  openModal(platform, click, reportForm(kudosId, may.isOpen, click.responseUrl))
  return null
}

export function register(app: App, platform: Platform, onButton: OnButton): void {
  const { db, log } = platform

  app.view(REPORT_FORM, async ({ ack, body, view, context }) => {
    const workspaceId = context.teamId ?? ''
    const state = view.state.values as FormState
    const { kudosId, responseUrl } = reportContext.parse(JSON.parse(view.private_metadata))
    const reporter = body.user.id
    const complaint = readReason(state, 'complaint').markup
    const showText = isTicked(state, 'show-text')
    const result = await inWorkspace(db, workspaceId, (tenant) =>
      reporting.report(tenant, platform, { kudosId, reporter, complaint, showText, responseUrl }),
    )
    log.info({ workspace: workspaceId, outcome: result }, REPORT_FORM)
    await ack({ response_action: 'update', view: modalView(answerModal(answers.reported(result))) })
  })

  onButton(
    'kudos.remove',
    async (click) => {
      const { may, kudos } = await inWorkspace(db, click.workspaceId, async (tenant) => {
        const may = await reporting.decidable(tenant, click.value, click.userId)
        return { may, kudos: may.kind === 'decidable' ? await findKudos(tenant, may.kudosId) : null }
      })
      if (may.kind !== 'decidable' || !kudos) return sentence(answers.decided(may, ''))
      openModal(platform, click, removeForm(click.value, kudos))
      return null
    },
    'beside',
  )

  app.view(REMOVE_FORM, async ({ ack, body, view, context }) => {
    const workspaceId = context.teamId ?? ''
    const { reportId } = removeContext.parse(JSON.parse(view.private_metadata))
    const reason = readReason(view.state.values as FormState, 'reason')
    if (reason.problem) return await ack({ response_action: 'errors', errors: { reason: reason.problem } })
    const result = await inWorkspace(db, workspaceId, (tenant) =>
      reporting.remove(tenant, platform, { reportId, admin: body.user.id, reason: reason.markup }),
    )
    log.info({ workspace: workspaceId, outcome: result.kind }, REMOVE_FORM)
    if (result.kind === 'decidable') return await ack()
    await ack({ response_action: 'update', view: modalView(answerModal(sentence(answers.decided(result, '')))) })
  })

  onButton(
    'kudos.leave',
    async (click) => {
      const result = await inWorkspace(db, click.workspaceId, (tenant) =>
        reporting.leave(tenant, platform, { reportId: click.value, admin: click.userId }),
      )
      // The report itself is drawn anew, for all the admins who have it.
      return result.kind === 'decidable' ? null : sentence(answers.decided(result, ''))
    },
    'beside',
  )
}
