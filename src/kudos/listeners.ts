import type { App } from '@slack/bolt'
import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { Message } from '../platform/slack.ts'
import { isAdmin } from '../workspace/admin-store.ts'
import { type Click, createOnButton, type OnButton, openModal, tellInModal } from '../workspace/button-listeners.ts'
import { answerModal, onlyAdmins, testSent } from '../workspace/messages.ts'
import { keepPrivate, postCard, UNDO_MINUTES, withdraw } from './acts.ts'
import * as answers from './answers.ts'
import { type KudosCommand, parseKudos } from './command.ts'
import * as forms from './form-listeners.ts'
import { createGive, type Give, giveAgain } from './giving.ts'
import { type List, listMessage, PAGE, readCursor } from './lists.ts'
import { exampleNote } from './messages.ts'
import { savePreference } from './preference-store.ts'
import * as reports from './report-listeners.ts'
import { type Cursor, listGiven, listReceived } from './store.ts'

interface Said {
  workspaceId: string
  userId: string
  channel: string
  trigger: string
  responseUrl: string
  /** The app's own user. */
  app: string
}

export function register(app: App, platform: Platform): void {
  const give = createGive(platform)
  const onButton = createOnButton(app, platform)

  app.command('/kudos', async ({ command, ack, context }) => {
    const said: Said = {
      workspaceId: command.team_id,
      userId: command.user_id,
      channel: command.channel_id,
      trigger: command.trigger_id,
      responseUrl: command.response_url,
      app: context.botUserId ?? '',
    }
    const message = await answer(platform, give, parseKudos(command.text ?? ''), said)
    await (message ? ack({ response_type: 'ephemeral', ...message }) : ack())
  })

  registerGiversButtons(platform, give, onButton)
  registerReceiversButtons(platform, onButton)
  registerLists(platform, onButton)
  onButton('kudos.test', async (click) => {
    tellInModal(platform, click, await sendTest(platform, click))
    return null
  })
  forms.register(app, platform, give, onButton)
  reports.register(app, platform, onButton)
}

function registerGiversButtons(platform: Platform, give: Give, onButton: OnButton): void {
  const { db } = platform

  const takeBack = (actionId: string, withinMinutes: number | null) =>
    onButton(actionId, async ({ workspaceId, userId, value }) =>
      answers.withdrawn(
        await inWorkspace(db, workspaceId, (tenant) =>
          withdraw(tenant, platform, { kudosId: value, giver: userId, withinMinutes }),
        ),
      ),
    )
  takeBack('kudos.undo', UNDO_MINUTES)
  takeBack('kudos.withdraw', null)

  onButton('kudos.again', async ({ workspaceId, userId, value, responseUrl, app }) => {
    const [kudosId = '', channel = '', trigger = ''] = value.split(' ')
    // The question's own trigger makes a second click on it the same request.
    const request = `again ${trigger}`
    const again = { kudosId, request, channel, giver: userId, responseUrl, app }
    const result = await giveAgain(platform, give, workspaceId, again)
    return result ? answers.outcome(result) : answers.gone()
  })

  onButton('kudos.dismiss', async () => answers.dismissed())

  onButton('kudos.post', async ({ workspaceId, userId, value, responseUrl }) =>
    answers.posted(
      await inWorkspace(db, workspaceId, (tenant) =>
        postCard(tenant, platform, { kudosId: value, giver: userId, responseUrl }),
      ),
      value,
    ),
  )
}

function registerReceiversButtons(platform: Platform, onButton: OnButton): void {
  const { db } = platform

  // The card or note itself stays: others read it too, and the note is theirs.
  onButton(
    'kudos.more',
    async (click) => {
      const [choice, kudosId = ''] = click.value.split(' ')
      if (choice === 'report') return await reports.openReportForm(platform, click, kudosId)
      if (choice !== 'keep-private') return answers.gone()
      return answers.keptPrivate(
        await inWorkspace(db, click.workspaceId, (tenant) =>
          keepPrivate(tenant, platform, { kudosId, member: click.userId }),
        ),
      )
    },
    'beside',
  )

  onButton(
    'kudos.notes-off',
    async ({ workspaceId, userId }) => {
      const change = { notes: false }
      await inWorkspace(db, workspaceId, (tenant) => savePreference(tenant, userId, change, instant(platform.clock)))
      return answers.preference(change)
    },
    'beside',
  )
}

function registerLists(platform: Platform, onButton: OnButton): void {
  for (const list of ['mine', 'given'] as const) {
    onButton(`kudos.${list}-older`, ({ workspaceId, userId, value }) =>
      readList(platform, list, workspaceId, userId, readCursor(value)),
    )
    onButton(`kudos.${list}-newest`, ({ workspaceId, userId }) => readList(platform, list, workspaceId, userId, null))
    // From the Home tab, which has no conversation to answer in.
    onButton(`kudos.open-${list}`, async (click) => {
      openModal(platform, click, answerModal(await readList(platform, list, click.workspaceId, click.userId, null)))
      return null
    })
  }
}

/** Shows an admin what a kudos looks like, in their own direct message. */
async function sendTest(platform: Platform, { workspaceId, userId, app }: Click): Promise<Message> {
  if (!(await inWorkspace(platform.db, workspaceId, (tenant) => isAdmin(tenant, userId)))) return onlyAdmins()
  const { slackOf, background, clock } = platform
  background.run('kudos.test', () => slackOf(workspaceId).post(userId, exampleNote(app, userId, instant(clock))))
  return testSent()
}

async function readList(
  platform: Platform,
  list: List,
  workspaceId: string,
  member: string,
  after: Cursor | null,
): Promise<Message> {
  const read = list === 'mine' ? listReceived : listGiven
  const kudos = await inWorkspace(platform.db, workspaceId, (tenant) => read(tenant, member, PAGE + 1, after))
  return listMessage(list, member, { kudos: kudos.slice(0, PAGE), more: kudos.length > PAGE, first: after === null })
}

/** Carries out what was said and finds the words for it; null for a form, which speaks for itself. */
async function answer(platform: Platform, give: Give, command: KudosCommand, said: Said): Promise<Message | null> {
  const { db, clock } = platform
  const { workspaceId, userId, channel, responseUrl, app } = said
  switch (command.kind) {
    case 'help':
      return answers.help()
    case 'refused':
      return answers.problem(command.problem)
    case 'form': {
      const nothing = { person: null, about: null, threadTs: null, passOn: null }
      await forms.openGiveForm(platform, { ...said, ...nothing })
      return null
    }
    case 'prefer':
      await inWorkspace(db, workspaceId, (tenant) => savePreference(tenant, userId, command.change, instant(clock)))
      return answers.preference(command.change)
    case 'list':
      return await readList(platform, command.list, workspaceId, userId, null)
    case 'give': {
      const { people, groups, reason } = command
      const plain = { isPrivate: false, value: null, passedOnFrom: null, threadTs: null, about: null }
      const flags = { lookedUp: false, wholly: false, again: false }
      const what = { people, groups, reason, ...plain, ...flags }
      const result = await give(workspaceId, {
        ...what,
        request: said.trigger,
        giver: userId,
        app,
        channel,
        responseUrl,
      })
      platform.log.info({ workspace: workspaceId, outcome: result.kind }, 'kudos.give')
      return answers.outcome(result)
    }
  }
}
