/** All that ever happened in a workspace, as far as the digest counts it. */
export interface Happened {
  people: { id: string; here: boolean }[]
  claims: {
    member: string
    source: 'admin' | 'group' | 'field' | 'self'
    team: string
    since: Date
    until: Date | null
  }[]
  kudos: {
    id: string
    giver: string
    recipients: string[]
    keptPrivate: string[]
    isPrivate: boolean
    passedOnFrom: string | null
    givenAt: Date
    withdrawn: boolean
  }[]
  rounds: {
    openedAt: Date
    gap: { expected: number; was: number } | null
    pairings: {
      shown: boolean
      introducedAt: Date | null
      people: {
        id: string
        answer: 'yes' | 'no' | 'open'
        outcome: 'met' | 'planned' | 'not yet' | 'no' | null
      }[]
    }[]
  }[]
  posts: { prompt: string; dueAt: Date; answered: string[]; removed: string[]; done: string[] }[]
}

const STRENGTH = ['admin', 'group', 'field', 'self']

export const teamOf = ({ claims }: Happened, member: string, at: Date): string | null =>
  claims
    .filter((one) => one.member === member && one.since <= at && (one.until === null || one.until > at))
    .sort((a, b) => STRENGTH.indexOf(a.source) - STRENGTH.indexOf(b.source))[0]?.team ?? null

export const pair = (a: string, b: string): string => [a, b].sort().join(' ')
