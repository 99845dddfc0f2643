import type { Conversation, Person } from '../contract.ts'
import { PEOPLE, PROFILE_FIELDS } from './people.ts'
import { CHANNELS, DIRECT_MESSAGES, GROUPS } from './places.ts'

/** A workspace as it is before anybody has touched it. People are named by their handles. */
export interface Company {
  name: string
  domain: string
  /** The labels of what stands in profiles beside name and title. */
  profileFields: string[]
  people: CompanyPerson[]
  groups: { handle: string; name: string; people: string[] }[]
  channels: CompanyChannel[]
  directMessages: { people: string[]; messages: OpeningMessage[] }[]
}

export interface CompanyPerson {
  handle: string
  realName: string
  title: string
  team: string
  /** An IANA time zone. */
  tz: string
  kind?: Person['kind']
  isAdmin?: boolean
  isOwner?: boolean
  status?: { emoji: string; text: string; forHours: number }
  /** What stands in the profile, by the field's label. */
  fields?: Record<string, string>
}

interface CompanyChannel {
  name: string
  kind: Exclude<Conversation['kind'], 'im' | 'mpim'>
  topic: string
  people: string[]
  /** True where the app was invited. */
  hasApp?: boolean
  archived?: boolean
  messages?: OpeningMessage[]
}

export interface OpeningMessage {
  from: string
  text: string
  /** How long before the workspace opens it was written. */
  hoursAgo: number
  reactions?: { name: string; people: string[] }[]
  /** What was replied in its thread, oldest first. */
  replies?: OpeningMessage[]
}

/** Some forty people in six teams and four time zones, so that the place looks alive from the first minute. */
export const demoCompany: Company = {
  name: 'Fernhill',
  domain: 'fernhill',
  profileFields: PROFILE_FIELDS,
  people: PEOPLE,
  groups: GROUPS,
  channels: CHANNELS,
  directMessages: DIRECT_MESSAGES,
}
