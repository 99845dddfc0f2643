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
