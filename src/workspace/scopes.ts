/** What the app asks Slack for and can't do without (manifest.yml), with the reason as the page tells it. */
export const NEEDED_SCOPES: readonly { scope: string; why: string }[] = [
  { scope: 'commands', why: 'to answer /kudos and /smallacts' },
  {
    scope: 'chat:write',
    why: 'to show cards in the channels it was invited to, and to write notes to the people thanked',
  },
  { scope: 'im:write', why: 'to open the direct message in which a note is written' },
  { scope: 'mpim:write', why: 'to open the group message in which two coworkers are introduced, after both said yes' },
  { scope: 'users:read', why: 'to know who is a person, a bot or a guest, who has left, and who is an admin' },
  { scope: 'usergroups:read', why: 'to thank a whole user group, and to know teams by their user groups' },
  { scope: 'channels:read', why: 'to know which public channels it is in' },
]

/** Scopes that whoever installs the app may refuse (bot_optional in the manifest), and what each of them would add. */
export interface OptionalScope {
  scope: string
  /** As the end of "With it, …". */
  adds: string
}

export const PROFILES = 'users.profile:read'
export const FILES = 'files:write'

export const OPTIONAL_SCOPES: readonly OptionalScope[] = [
  { scope: PROFILES, adds: 'people’s teams can come from a field of their profiles' },
  { scope: FILES, adds: '*Export* under a digest gives its figures as a file' },
]
