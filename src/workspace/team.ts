/** Where a team is known from, the strongest first: what an admin set holds against everything else. */
export const TEAM_SOURCES = ['admin', 'group', 'field', 'self'] as const
export type TeamSource = (typeof TEAM_SOURCES)[number]

export interface Team {
  name: string
  source: TeamSource
}

export const MAX_TEAM_NAME = 60

/** A team's name as it is kept: without spaces around and between that nobody sees; null for an empty one. Throws nothing. */
export function teamName(raw: string): string | null {
  const name = raw
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .toWellFormed()
  return name === '' ? null : [...name].slice(0, MAX_TEAM_NAME).join('').trim()
}
