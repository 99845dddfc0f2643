/** Settings, by admins alone: whoever the request is from, and however it came to be. */
import type { App } from '@slack/bolt'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import type { FormState } from '../platform/form.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { type Message, type Modal, modalView } from '../platform/slack.ts'
import { isAdmin } from '../workspace/admin-store.ts'
import { type Click, openModal } from '../workspace/button-listeners.ts'
import { CHANNEL, type Found, NOT_THERE } from '../workspace/channel-field.ts'
import { canShowCards, listOpenChannels } from '../workspace/channel-store.ts'
import { lookAtChannel } from '../workspace/channels.ts'
import { onChosen } from '../workspace/choice-listeners.ts'
import { answerModal, onlyAdmins, testSent } from '../workspace/messages.ts'
import { requestProfiles, syncGranted } from '../workspace/profile-jobs.ts'
import { listProfileFields, listScopes } from '../workspace/profile-store.ts'
import { PROFILES } from '../workspace/scopes.ts'
import { SETTING_KEYS } from '../workspace/settings.ts'
import { getSettings, listSettingChanges, saveSettings } from '../workspace/settings-store.ts'
import { listUserGroups, listZones } from '../workspace/store.ts'
import type { Team } from '../workspace/team.ts'
import { findTeam } from '../workspace/team-store.ts'
import { changeField, renewTeams, setTeam } from '../workspace/teams.ts'
import { CHANGES_LISTED, changesModal } from './change-messages.ts'
import { CHANNELS_LISTED, channelsModal } from './checklist.ts'
import { exampleProposal } from './example-messages.ts'
import type { OnHome } from './listeners.ts'
import { readSection, SECTIONS, type Section, sectionForm, settingsForm } from './settings-forms.ts'
import { MOST_PEOPLE, MOST_SHOWN, PEOPLE, PEOPLE_TEAM_FORM, peopleTeamForm, readPeopleTeam } from './team-forms.ts'

type Opener = Pick<Click, 'workspaceId' | 'userId' | 'trigger' | 'responseUrl'>

/** Opens a section of the settings for an admin; says to everybody else whom it is for. */
export async function openSettings(
  platform: Platform,
  who: Opener,
  name: Section = 'workspace',
): Promise<Message | null> {
  return await openForAdmin(platform, who, (tenant) => formOf(tenant, name))
}

/** Opens a form for an admin; says to everybody else whom it is for. */
async function openForAdmin(
  platform: Platform,
  who: Opener,
  form: (tenant: Tenant) => Promise<Modal>,
): Promise<Message | null> {
  const modal = await inWorkspace(platform.db, who.workspaceId, async (tenant) =>
    (await isAdmin(tenant, who.userId)) ? await form(tenant) : null,
  )
  if (!modal) return onlyAdmins()
  openModal(platform, who, modal)
  return null
}

async function formOf(tenant: Tenant, name: Section, found: Found | null = null): Promise<Modal> {
  const scopes = await listScopes(tenant)
  const choices = {
    zones: await listZones(tenant),
    groups: await listUserGroups(tenant),
    fields: scopes.includes(PROFILES) ? await listProfileFields(tenant) : null,
  }
  return sectionForm(name, await getSettings(tenant, SETTING_KEYS), choices, found)
}

export function register(app: App, platform: Platform, onHome: OnHome): void {
  const { db } = platform

  onHome('settings.setup-done', async ({ workspaceId, userId }) =>
    inWorkspace(db, workspaceId, async (tenant) => {
      if (!(await isAdmin(tenant, userId))) return onlyAdmins()
      await saveSettings(tenant, { 'setup.done': true }, userId, instant(platform.clock))
      return null
    }),
  )
  onHome('settings.changes', (click) =>
    openForAdmin(platform, click, async (tenant) => changesModal(await listSettingChanges(tenant, CHANGES_LISTED))),
  )
  onHome('settings.channels', (click) =>
    openForAdmin(platform, click, async (tenant) => channelsModal(await listOpenChannels(tenant, CHANNELS_LISTED))),
  )
  onHome('settings.person-team', (click) => openForAdmin(platform, click, async () => peopleTeamForm()))
  onHome('settings.look-again', async (click) => {
    const { workspaceId, userId } = click
    if (!(await inWorkspace(db, workspaceId, (tenant) => isAdmin(tenant, userId)))) return onlyAdmins()
    platform.background.run('settings.look-again', async () => {
      await syncGranted(platform, workspaceId, click.trigger)
      onHome.redraw(workspaceId, userId)
    })
    return null
  })

  onHome('check-ins.test', async ({ workspaceId, userId, app: other }) => {
    if (!(await inWorkspace(db, workspaceId, (tenant) => isAdmin(tenant, userId)))) return onlyAdmins()
    const message = exampleProposal(other, instant(platform.clock))
    platform.background.run('check-ins.test', () => platform.slackOf(workspaceId).post(userId, message))
    return testSent()
  })

  for (const name of SECTIONS) {
    onHome(`settings.${name}`, (click) => openSettings(platform, click, name))
    onChosen(app, platform, settingsForm(name), CHANNEL, async (click, [chosen = '']) => {
      const standing = await lookAtChannel(platform, click.workspaceId, chosen)
      return await inWorkspace(db, click.workspaceId, (tenant) => formOf(tenant, name, { channel: chosen, standing }))
    })
    onSubmitted(app, platform, onHome, settingsForm(name), (tenant, userId, state) =>
      save(tenant, platform, name, userId, state),
    )
  }

  onChosen(app, platform, PEOPLE_TEAM_FORM, PEOPLE, (click, chosen) =>
    inWorkspace(db, click.workspaceId, async (tenant) => {
      const known: { id: string; team: Team | null }[] = []
      for (const id of chosen.slice(0, MOST_SHOWN)) known.push({ id, team: await findTeam(tenant, id) })
      return peopleTeamForm(known, chosen.length - known.length)
    }),
  )
  onSubmitted(app, platform, onHome, PEOPLE_TEAM_FORM, async (tenant, userId, state) => {
    const { people, team } = readPeopleTeam(state)
    if (people.length > MOST_PEOPLE) return { kind: 'wrong', errors: { [PEOPLE]: TOO_MANY } }
    const outcome = await setTeam(tenant, { people, team, by: userId }, instant(platform.clock))
    if (outcome === 'set') return { kind: 'saved' }
    return { kind: 'wrong', errors: { [PEOPLE]: people.length > 1 ? ONE_IS_NOBODY : NOBODY } }
  })
}

/** Takes an admin's form; everybody else hears whom it is for. */
function onSubmitted(
  app: App,
  platform: Platform,
  onHome: OnHome,
  callbackId: string,
  submit: (tenant: Tenant, userId: string, state: FormState) => Promise<Saved>,
): void {
  app.view(callbackId, async ({ ack, body, view, context }) => {
    const workspaceId = context.teamId ?? ''
    const userId = body.user.id
    const result = await inWorkspace(platform.db, workspaceId, async (tenant): Promise<Saved> => {
      if (!(await isAdmin(tenant, userId))) return { kind: 'no admin' }
      return await submit(tenant, userId, view.state.values as FormState)
    })
    platform.log.info({ workspace: workspaceId, outcome: result.kind }, callbackId)
    onHome.redraw(workspaceId, userId)
    if (result.kind === 'saved') return await ack()
    if (result.kind === 'wrong') return await ack({ response_action: 'errors', errors: result.errors })
    await ack({ response_action: 'update', view: modalView(answerModal(onlyAdmins())) })
  })
}

type Saved = { kind: 'saved' } | { kind: 'wrong'; errors: Record<string, string> } | { kind: 'no admin' }

async function save(
  tenant: Tenant,
  platform: Platform,
  name: Section,
  userId: string,
  state: FormState,
): Promise<Saved> {
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
  if (changed.includes('teams.field')) {
    await changeField(tenant, now)
    await requestProfiles(platform, tenant, `setting ${now.toISOString()}`)
  }
  return { kind: 'saved' }
}

const NOBODY = 'Small Acts knows nobody here by that account who could be on a team.'
const ONE_IS_NOBODY =
  'One of them is nobody here who could be on a team: an app, or somebody who has left. Leave them out, then save again.'
const TOO_MANY = `At most ${MOST_PEOPLE} people at once. Save these in two goes.`
