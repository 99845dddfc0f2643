/** Who takes part in check-ins: nobody but those who said so themselves. */
export interface Participation {
  joined: boolean
  /** Until when nothing is to come; 'until I say so' is for ever. */
  pausedUntil: Date | 'until I say so' | null
  skipsNext: boolean
  hours: WorkingHours
  /** A status in Slack that says "away" counts as a pause. */
  readsStatus: boolean
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
}

export type Standing = 'not joined' | 'paused' | 'joined'

/** How somebody stands at a moment: a pause that is over is none. */
export function standing({ joined, pausedUntil }: Participation, now: Date): Standing {
  if (!joined) return 'not joined'
  return isPaused(pausedUntil, now) ? 'paused' : 'joined'
}

const isPaused = (until: Participation['pausedUntil'], now: Date) =>
  until === 'until I say so' || (until !== null && until > now)
