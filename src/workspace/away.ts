import type { Until } from './participation.ts'

/** What somebody's status in Slack says about themselves, as in the profile of Slack's user object. */
export interface SlackStatus {
  status_emoji?: string
  status_text?: string
  /** Seconds since the epoch; 0 for a status that stays. */
  status_expiration?: number
}

/** Emoji that people use when they are not at work: Slack's own suggestions, and their nearest relatives. */
const AWAY_EMOJI = new Set([
  'palm_tree',
  'desert_island',
  'beach_with_umbrella',
  'umbrella_on_ground',
  'airplane',
  'luggage',
  'camping',
  'mountain',
  'face_with_thermometer',
  'face_with_head_bandage',
  'mask',
  'sneezing_face',
  'nauseated_face',
  'thermometer',
  'hospital',
  'baby',
  'baby_bottle',
])

const AWAY_WORDS =
  /\b(vacation(ing)?|holidays?|sick|ill|unwell|ooo|out|out of (the )?office|off( work)?|day off|away|pto|(annual|parental|maternity|paternity|family|medical) leave|on leave|sabbatical|travell?ing|urlaub|krank|abwesend|elternzeit|vacaciones|vacances|ferie|ferien)\b/i

/** These say the opposite with the same words. */
const HERE_WORDS =
  /\b(back (from|in)|not (away|out|off|sick)|no longer|(out|off) (and about|the hook)|head(s|ed|ing)? out)\b/i

/**
 * Until when a status says that somebody is away; null when it does not say so, or is over. Meetings, commutes and
 * working from somewhere else are not being away.
 */
export function awayUntil(status: SlackStatus, now: Date): Until | null {
  const text = status.status_text ?? ''
  const emoji = (status.status_emoji ?? '').replaceAll(':', '').replace(/skin-tone-\d$/, '')
  if (HERE_WORDS.test(text)) return null
  if (!AWAY_EMOJI.has(emoji) && !AWAY_WORDS.test(text)) return null
  const seconds = status.status_expiration ?? 0
  if (seconds === 0) return 'until I say so'
  const end = new Date(seconds * 1000)
  return end > now ? end : null
}
