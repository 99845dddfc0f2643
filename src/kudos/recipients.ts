import type { MemberKind } from '../workspace/member.ts'
import { MAX_RECIPIENTS } from './command.ts'

export type RefusedBecause = 'self' | 'app' | 'bot' | 'deactivated' | 'outside' | 'unknown'

export interface Refused {
  id: string
  because: RefusedBecause
}

export type Chosen =
  | { kind: 'chosen'; recipients: string[]; refused: Refused[] }
  | { kind: 'too many'; count: number }
  /** These ids are not in the directory: somebody may have joined a moment ago. */
  | { kind: 'unknown'; ids: string[] }

export interface Candidates {
  giver: string
  /** The app's own user. */
  app: string
  /** Named one by one. */
  people: string[]
  /** Members of the groups named who can be thanked; the giver among them is left out without a word. */
  fromGroups: string[]
  kinds: Map<string, MemberKind>
  /** Slack was asked already: who is still not known does not exist here. */
  lookedUp: boolean
}

/** Who of the people named receives the kudos, and why the others don't. */
export function chooseRecipients(candidates: Candidates): Chosen {
  const { people, fromGroups, kinds, lookedUp } = candidates
  const unknown = people.filter((id) => id !== candidates.app && id !== candidates.giver && !kinds.has(id))
  const refused: Refused[] = []
  const recipients = new Set<string>()
  for (const id of people) {
    const because = reasonAgainst(id, candidates)
    if (because === null) recipients.add(id)
    else refused.push({ id, because })
  }
  for (const id of fromGroups) {
    if (id !== candidates.giver && id !== candidates.app) recipients.add(id)
  }
  // Counted before anything is looked up: a hundred unknown people are too many whoever they are.
  const count = recipients.size + (lookedUp ? 0 : unknown.length)
  if (count > MAX_RECIPIENTS) return { kind: 'too many', count }
  if (!lookedUp && unknown.length > 0) return { kind: 'unknown', ids: unknown }
  return { kind: 'chosen', recipients: [...recipients], refused }
}

function reasonAgainst(id: string, { giver, app, kinds }: Candidates): RefusedBecause | null {
  if (id === giver) return 'self'
  if (id === app) return 'app'
  switch (kinds.get(id)) {
    case undefined:
      return 'unknown'
    case 'bot':
      return 'bot'
    case 'deactivated':
      return 'deactivated'
    case 'stranger':
      return 'outside'
    case 'member':
    case 'guest':
    case 'single-channel guest':
      return null
  }
}
