import type { App, BlockButtonAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { Message } from '../platform/slack.ts'
import { postCard, UNDO_MINUTES, withdraw } from './acts.ts'
import { type KudosCommand, parseKudos } from './command.ts'
import { createGive, type Giving, giveAgain } from './giving.ts'
import * as messages from './messages.ts'
import { listGiven, saveNotes } from './store.ts'

const GIVEN_SHOWN = 5

type Give = ReturnType<typeof createGive>

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
  const { db, log, background } = platform
  const give = createGive(platform)

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
    await ack({ response_type: 'ephemeral', ...message })
  })

  /** A button of ours: `act` says what to show, instead of the message it stands in or beside it. */
  const onButton = (actionId: string, act: (click: Click) => Promise<Message>, replaceOriginal = true) => {
    app.action<BlockButtonAction>(actionId, async ({ ack, body, action, context }) => {
      const click = readClick(body, action, context.teamId)
      const message = await act(click)
      log.info({ workspace: click.workspaceId }, actionId)
      // Before the ack, which fails when it comes too late: what was done is told all the same.
      background.run(`${actionId}.unanswered`, () =>
        platform.slackOf(click.workspaceId).answer(click.responseUrl, { ...message, replaceOriginal }),
      )
      await ack()
    })
  }

  onButton('kudos.undo', async ({ workspaceId, userId, value }) =>
    messages.withdrawn(
      await inWorkspace(db, workspaceId, (tenant) =>
        withdraw(tenant, platform, { kudosId: value, giver: userId, withinMinutes: UNDO_MINUTES }),
      ),
    ),
  )

  onButton('kudos.withdraw', async ({ workspaceId, userId, value }) =>
    messages.withdrawn(
      await inWorkspace(db, workspaceId, (tenant) =>
        withdraw(tenant, platform, { kudosId: value, giver: userId, withinMinutes: null }),
      ),
    ),
  )

  onButton('kudos.again', async ({ workspaceId, userId, value, responseUrl }) => {
    const [kudosId = '', channel = '', trigger = ''] = value.split(' ')
    // The question's own trigger makes a second click on it the same request.
    const request = `again ${trigger}`
    const given = await inWorkspace(db, workspaceId, (tenant) =>
      giveAgain(tenant, platform, { kudosId, request, channel, giver: userId, responseUrl }),
    )
    return given ? messages.confirmation(given) : messages.gone()
  })

  onButton('kudos.dismiss', async () => messages.dismissed())

  onButton('kudos.post', async ({ workspaceId, userId, value, responseUrl }) =>
    messages.posted(
      await inWorkspace(db, workspaceId, (tenant) =>
        postCard(tenant, platform, { kudosId: value, giver: userId, responseUrl }),
      ),
      value,
    ),
  )

  const stopNotes = async ({ workspaceId, userId }: Click) => {
    await inWorkspace(db, workspaceId, (tenant) => saveNotes(tenant, userId, false, instant(platform.clock)))
    return messages.notes(false)
  }
  // The note itself stays: it is theirs.
  onButton('kudos.notes-off', stopNotes, false)
}

interface Click {
  workspaceId: string
  userId: string
  value: string
  responseUrl: string
}

type ClickBody = SlackActionMiddlewareArgs<BlockButtonAction>['body']

function readClick(body: ClickBody, action: ButtonAction, teamId: string | undefined): Click {
  return {
    workspaceId: body.team?.id ?? teamId ?? '',
    userId: body.user.id,
    value: action.value ?? '',
    responseUrl: body.response_url,
  }
}

/** Carries out what was said and finds the words for it. */
async function answer(platform: Platform, give: Give, command: KudosCommand, said: Said): Promise<Message> {
  const { db, clock } = platform
  switch (command.kind) {
    case 'help':
      return messages.help()
    case 'refused':
      return messages.problem(command.problem)
    case 'notes':
      await inWorkspace(db, said.workspaceId, (tenant) => saveNotes(tenant, said.userId, command.on, instant(clock)))
      return messages.notes(command.on)
    case 'given':
      return messages.given(
        await inWorkspace(db, said.workspaceId, (tenant) => listGiven(tenant, said.userId, GIVEN_SHOWN)),
      )
    case 'give':
      return await answerGiving(platform, give, command, said)
  }
}

async function answerGiving(
  platform: Platform,
  give: Give,
  { people, groups, reason }: Extract<KudosCommand, { kind: 'give' }>,
  said: Said,
): Promise<Message> {
  const giving: Giving = {
    request: said.trigger,
    giver: said.userId,
    app: said.app,
    people,
    groups,
    reason,
    channel: said.channel,
    responseUrl: said.responseUrl,
    lookedUp: false,
  }
  const result = await give(said.workspaceId, giving)
  platform.log.info({ workspace: said.workspaceId, outcome: result.kind }, 'kudos.give')
  return messages.outcome(result)
}
