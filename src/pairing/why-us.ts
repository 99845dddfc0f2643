/** Why these people: a sentence from teams and from whom one has met, and from nothing else. */

export interface Acquaintance {
  /** null when no team is known. */
  team: string | null
  otherTeam: string | null
  /** When the two last met, or null. */
  metAt: Date | null
}

/** Seen by one person about another. */
export function whyUs({ team, otherTeam, metAt }: Acquaintance, month: (at: Date) => string): string {
  const met = metAt ? `last met in ${month(metAt)}` : 'have not met in a check-in yet'
  if (team === null || otherTeam === null) return `You ${met}.`
  return team === otherTeam ? `You are on the same team and ${met}.` : `You are on different teams and ${met}.`
}
