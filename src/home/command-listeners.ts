/** `/smallacts`: everything in it is on the Home tab as well. */
import type { App } from '@slack/bolt'
import { askForDigest } from '../digest/acts.ts'
import { giveExport } from '../own-data/listeners.ts'
import { forgetForm } from '../own-data/messages.ts'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { Message } from '../platform/slack.ts'
import { isAdmin } from '../workspace/admin-store.ts'
import { openModal } from '../workspace/button-listeners.ts'
import { notOurs, onlyAdmins } from '../workspace/messages.ts'
import { findMember } from '../workspace/store.ts'
import { findTeam } from '../workspace/team-store.ts'
import * as acts from './acts.ts'
import * as answers from './answers.ts'
import { feedbackForm, teamForm } from './check-in-forms.ts'
import { openJoinForm } from './check-in-listeners.ts'
import { type HomeCommand, parseHomeCommand } from './command.ts'
import type { OnHome } from './listeners.ts'
import { openSettings } from './settings-listeners.ts'

interface Said {
  workspaceId: string
  userId: string
  trigger: string
  responseUrl: string
}

export function register(app: App, platform: Platform, onHome: OnHome): void {
  app.command('/smallacts', async ({ command, ack }) => {
    const said: Said = {
      workspaceId: command.team_id,
      userId: command.user_id,
      trigger: command.trigger_id,
      responseUrl: command.response_url,
    }
    const parsed = parseHomeCommand(command.text ?? '')
    const kind = await inWorkspace(platform.db, said.workspaceId, (tenant) => findMember(tenant, said.userId))
    if (kind?.kind === 'stranger') return await ack({ response_type: 'ephemeral', ...notOurs() })
    const message = await answer(platform, parsed, said)
    platform.log.info({ workspace: said.workspaceId, kind: parsed.kind }, 'home.command')
    await (message ? ack({ response_type: 'ephemeral', ...message }) : ack())
    onHome.redraw(said.workspaceId, said.userId)
  })
}

/** Carries out what was said and finds the words for it; null for a form, which speaks for itself. */
async function answer(platform: Platform, command: HomeCommand, said: Said): Promise<Message | null> {
  const { workspaceId, userId } = said
  const act = <T>(work: (tenant: Tenant) => Promise<T>) => inWorkspace(platform.db, workspaceId, work)
  switch (command.kind) {
    case 'help':
      return answers.help()
    case 'unknown':
      return answers.unknown()
    case 'join':
      return await openJoinForm(platform, said)
    case 'leave':
      return answers.left(await act((tenant) => acts.leave(tenant, platform, userId)))
    case 'resume':
      return answers.resumed(await act((tenant) => acts.resume(tenant, platform, userId)))
    case 'skip':
      return answers.skipped(await act((tenant) => acts.skip(tenant, platform, userId, true)))
    case 'pause':
      return answers.paused(await act((tenant) => acts.pause(tenant, platform, userId, command.until)))
    case 'avoid':
      return answers.avoided(await act((tenant) => acts.avoid(tenant, platform, userId, command.people)))
    case 'team': {
      const { name } = command
      if (name !== null) return answers.team(await act((tenant) => acts.sayTeam(tenant, platform, userId, name)))
      openModal(platform, said, teamForm(await act((tenant) => findTeam(tenant, userId))))
      return null
    }
    case 'feedback?':
      openModal(platform, said, feedbackForm())
      return null
    case 'feedback':
      return answers.feedbackGiven(
        await act((tenant) =>
          acts.giveFeedback(tenant, platform, { request: said.trigger, from: userId, text: command.text }),
        ),
      )
    case 'digest':
      return await act(async (tenant) =>
        (await isAdmin(tenant, userId))
          ? await askForDigest(tenant, platform, {
              request: said.trigger,
              to: userId,
              month: command.month,
              isTest: false,
            })
          : onlyAdmins(),
      )
    case 'export':
      return await giveExport(platform, said)
    case 'forget':
      openModal(platform, said, forgetForm())
      return null
    case 'settings':
      return await openSettings(platform, said)
  }
}
