import type { SlackUser, SlackUserGroup } from '../platform/slack.ts'
import { teamName } from './team.ts'

/** What somebody is to the workspace. Only 'member' and the guests are people one can thank. */
export type MemberKind = 'member' | 'guest' | 'single-channel guest' | 'bot' | 'stranger' | 'deactivated'

export interface Member {
  id: string
  kind: MemberKind
  isAdmin: boolean
  isOwner: boolean
  /** IANA zone, as Slack knows it. */
  tz: string | null
  locale: string | null
  /** Slack's time of the last change, in seconds: of two accounts of a person, the higher one counts. */
  version: number
}

export interface UserGroup {
  id: string
  /** What the group calls itself: a team's name, if an admin marks it as one. */
  name: string
  /** None once it is disabled. */
  members: string[]
  /** Slack's time of the last change, in seconds. */
  version: number
}

/** Who is nobody one could meet here, and why, as the end of a sentence. */
export const NO_PERSON: Partial<Record<MemberKind, string>> = {
  bot: 'is an app',
  deactivated: 'has left the workspace',
  stranger: 'belongs to another organisation',
}

const SLACKBOT = 'USLACKBOT'

/** Slack's user object as the product keeps it: no names, no addresses, no pictures. */
export function memberOf(user: SlackUser, workspaceId: string): Member {
  return {
    id: user.id,
    kind: kindOf(user, workspaceId),
    isAdmin: user.is_admin === true,
    isOwner: user.is_owner === true,
    tz: user.tz ?? null,
    locale: user.locale ?? null,
    version: user.updated ?? 0,
  }
}

function kindOf(user: SlackUser, workspaceId: string): MemberKind {
  if (user.deleted) return 'deactivated'
  const machine = user.is_bot || user.is_app_user || user.is_workflow_bot || user.is_connector_bot
  if (machine || user.id === SLACKBOT) return 'bot'
  // Somebody invited has not agreed to anything yet, and can't be written to.
  if (user.is_stranger || user.is_invited_user) return 'stranger'
  if (user.team_id !== undefined && user.team_id !== workspaceId) return 'stranger'
  if (user.is_ultra_restricted) return 'single-channel guest'
  return user.is_restricted ? 'guest' : 'member'
}

/** Slack's user group object as the product keeps it. */
export const userGroupOf = (group: SlackUserGroup): UserGroup => ({
  id: group.id,
  name: teamName(group.name ?? '') ?? '',
  members: group.date_delete ? [] : (group.users ?? []),
  version: group.date_update ?? 0,
})
