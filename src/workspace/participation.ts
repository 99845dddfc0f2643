import type { Member } from './member.ts'
import type { Team } from './team.ts'

/** A moment to come, or for as long as nothing else is said. */
export type Until = Date | 'until I say so'

/** Who takes part in check-ins: nobody but those who said so themselves. */
export interface Participation {
  joined: boolean
  /** Until when nothing is to come. */
  pausedUntil: Until | null
  skipsNext: boolean
  hours: WorkingHours
  /** A status in Slack that says "away" counts as a pause. */
  readsStatus: boolean
  /** What that status said when it was last looked at; null for all who did not ask for it. */
  awayUntil: Until | null
}

export interface WorkingHours {
  /** 1 (Monday) to 7, in order. */
  days: number[]
  /** Minutes from midnight, local time; from < until. */
  from: number
  until: number
}

export const USUAL_HOURS: WorkingHours = { days: [1, 2, 3, 4, 5], from: 9 * 60, until: 17 * 60 }

export const NOT_TAKING_PART: Participation = {
  joined: false,
  pausedUntil: null,
  skipsNext: false,
  hours: USUAL_HOURS,
  readsStatus: false,
  awayUntil: null,
}

export type Standing = 'not joined' | 'paused' | 'joined'

/** How somebody stands at a moment: a pause that is over is none. */
export function standing({ joined, pausedUntil }: Participation, now: Date): Standing {
  if (!joined) return 'not joined'
  return isAhead(pausedUntil, now) ? 'paused' : 'joined'
}

/** Whether a pause, or being away, still lasts at a moment. */
export const isAhead = (until: Until | null, now: Date): boolean =>
  until === 'until I say so' || (until !== null && until > now)

/** Somebody as check-ins know them. */
export interface Participant extends Pick<Member, 'id' | 'kind' | 'tz' | 'locale'> {
  /** What the strongest source says; null when none knows. */
  team: Team | null
  participation: Participation
}

/** Why somebody is not written to about check-ins. */
export type NotNow = 'gone' | 'guest' | 'not joined' | 'paused' | 'away' | 'skips'

/**
 * Whether somebody may be written to about check-ins at a moment: null, or why not. `guests` is the setting
 * 'check-ins.guests'; guests of a single channel never take part. Skipping is about a round that begins: what somebody
 * is in already, such as the question how it went, goes on with `begins` false. Nobody but the person is told why.
 */
export function notNow(
  { kind, participation }: Pick<Participant, 'kind' | 'participation'>,
  at: { now: Date; guests: boolean; begins: boolean },
): NotNow | null {
  if (kind !== 'member' && kind !== 'guest') return kind === 'single-channel guest' ? 'guest' : 'gone'
  if (kind === 'guest' && !at.guests) return 'guest'
  if (!participation.joined) return 'not joined'
  if (isAhead(participation.pausedUntil, at.now)) return 'paused'
  if (participation.readsStatus && isAhead(participation.awayUntil, at.now)) return 'away'
  return at.begins && participation.skipsNext ? 'skips' : null
}
