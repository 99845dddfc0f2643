/** Settings, by admins alone: whoever the request is from, and however it came to be. */
import type { App } from '@slack/bolt'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import type { FormState } from '../platform/form.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { type Message, modalView } from '../platform/slack.ts'
import { isAdmin } from '../workspace/admin-store.ts'
import { type Click, openModal } from '../workspace/button-listeners.ts'
import { answerModal, onlyAdmins } from '../workspace/messages.ts'
import { SETTING_KEYS } from '../workspace/settings.ts'
import { getSettings, saveSettings } from '../workspace/settings-store.ts'
import { canShowCards, listUserGroups, listZones } from '../workspace/store.ts'
import { renewTeams } from '../workspace/teams.ts'
import type { OnHome } from './listeners.ts'
import { readSection, SECTIONS, type Section, sectionForm, settingsForm } from './settings-forms.ts'

type Opener = Pick<Click, 'workspaceId' | 'userId' | 'trigger' | 'responseUrl'>

/** Opens a section of the settings for an admin; says to everybody else whom it is for. */
export async function openSettings(
  platform: Platform,
  who: Opener,
  name: Section = 'workspace',
): Promise<Message | null> {
  const form = await inWorkspace(platform.db, who.workspaceId, async (tenant) =>
    (await isAdmin(tenant, who.userId))
      ? sectionForm(name, await getSettings(tenant, SETTING_KEYS), {
          zones: await listZones(tenant),
          groups: await listUserGroups(tenant),
        })
      : null,
  )
  if (!form) return onlyAdmins()
  openModal(platform, who, form)
  return null
}

export function register(app: App, platform: Platform, onHome: OnHome): void {
  const { db, log } = platform

  onHome('settings.setup-done', async ({ workspaceId, userId }) =>
    inWorkspace(db, workspaceId, async (tenant) => {
      if (!(await isAdmin(tenant, userId))) return onlyAdmins()
      await saveSettings(tenant, { 'setup.done': true }, userId, instant(platform.clock))
      return null
    }),
  )

  for (const name of SECTIONS) {
    onHome(`settings.${name}`, (click) => openSettings(platform, click, name))

    app.view(settingsForm(name), async ({ ack, body, view, context }) => {
      const workspaceId = context.teamId ?? ''
      const userId = body.user.id
      const result = await inWorkspace(db, workspaceId, (tenant) =>
        save(tenant, platform, name, userId, view.state.values as FormState),
      )
      log.info({ workspace: workspaceId, section: name, outcome: result.kind }, 'settings.saved')
      onHome.redraw(workspaceId, userId)
      if (result.kind === 'saved') return await ack()
      if (result.kind === 'wrong') return await ack({ response_action: 'errors', errors: result.errors })
      await ack({ response_action: 'update', view: modalView(answerModal(onlyAdmins())) })
    })
  }
}

type Saved = { kind: 'saved' } | { kind: 'wrong'; errors: Record<string, string> } | { kind: 'no admin' }

async function save(
  tenant: Tenant,
  platform: Platform,
  name: Section,
  userId: string,
  state: FormState,
): Promise<Saved> {
  if (!(await isAdmin(tenant, userId))) return { kind: 'no admin' }
  const read = readSection(name, state)
  if ('errors' in read) return { kind: 'wrong', errors: read.errors }
  const errors: Record<string, string> = {}
  for (const [field, channels] of Object.entries(read.channels)) {
    for (const channel of channels) if (!(await canShowCards(tenant, channel))) errors[field] = NOT_THERE
  }
  if (Object.keys(errors).length > 0) return { kind: 'wrong', errors }
  const now = instant(platform.clock)
  const changed = await saveSettings(tenant, read.values, userId, now)
  if (changed.includes('teams.groups')) await renewTeams(tenant, now)
  return { kind: 'saved' }
}

const NOT_THERE =
  'Small Acts has to be in that channel, which must be public and of this workspace alone. Write /invite @Small Acts there, then save again.'
