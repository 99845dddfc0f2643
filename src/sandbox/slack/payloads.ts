import type { SlackChannel, SlackPerson } from './state.ts'
import { payloadName, type World } from './world.ts'

/** What every interaction says about the app, the workspace and the person. */
export function interactionBase({ state }: World, type: string, { id, name, teamId }: SlackPerson) {
  const { app, team } = state
  return {
    type,
    user: { id, username: name, name, team_id: teamId },
    api_app_id: app.id,
    token: app.verificationToken,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  }
}

/** What a slash command sends, field by field as a form. */
export function commandForm(
  { state }: World,
  person: SlackPerson,
  channel: SlackChannel,
  typed: { command: string; text: string; responseUrl: string; triggerId: string },
): string {
  const { app, team } = state
  return new URLSearchParams({
    token: app.verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: payloadName(channel),
    user_id: person.id,
    user_name: person.name,
    command: typed.command,
    text: typed.text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: typed.responseUrl,
    trigger_id: typed.triggerId,
  }).toString()
}
