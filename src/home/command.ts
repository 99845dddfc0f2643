/** Reads what follows `/smallacts`. */
import { DateTime } from 'luxon'
import { clean, plainText, readMarkup } from '../platform/markup.ts'
import { teamName } from '../workspace/team.ts'

export type HomeCommand =
  | { kind: 'help' | 'join' | 'leave' | 'resume' | 'skip' | 'settings' | 'feedback?' | 'export' | 'forget' }
  /** 'until I say so', or so many days from now, or the first moment of a day (YYYY-MM-DD) in the person's zone. */
  | { kind: 'pause'; until: PauseUntil }
  | { kind: 'avoid'; people: string[] }
  | { kind: 'team'; name: string | null }
  | { kind: 'feedback'; text: string }
  /** Of a month as it is written, or of the last one. */
  | { kind: 'digest'; month: string | null }
  /** Not understood. */
  | { kind: 'unknown' }

export type PauseUntil = 'until I say so' | { days: number } | { date: string }

const MENTION = /<@([UW][A-Z0-9]{2,20})(?:\|[^<>]{0,200})?>/g
const MAX_COMMAND = 6_000
/** Longer than anybody plans: what is meant then is "until I say so". */
const MAX_DAYS = 366
const DAYS = { day: 1, week: 7, month: 30 } as const

/** Never throws; whatever it is given, the answer is one of the kinds. */
export function parseHomeCommand(raw: string): HomeCommand {
  if (raw.length > MAX_COMMAND) return { kind: 'unknown' }
  const text = clean(raw)
  const [word = '', ...rest] = text.split(/\s+/)
  const argument = text.slice(word.length).trim()
  switch (word.toLowerCase()) {
    case '':
    case 'help':
      return { kind: 'help' }
    case 'join':
    case 'leave':
    case 'resume':
    case 'skip':
    case 'settings':
    case 'export':
      return rest.length === 0 ? { kind: word.toLowerCase() as 'join' } : { kind: 'unknown' }
    case 'forget':
      return /^(me)?$/i.test(argument) ? { kind: 'forget' } : { kind: 'unknown' }
    case 'pause': {
      const until = readPause(argument.toLowerCase())
      return until ? { kind: 'pause', until } : { kind: 'unknown' }
    }
    case 'avoid':
      return { kind: 'avoid', people: [...new Set([...argument.matchAll(MENTION)].map((match) => match[1] ?? ''))] }
    case 'team':
      return { kind: 'team', name: teamName(plainName(argument)) }
    case 'digest':
      return { kind: 'digest', month: argument === '' ? null : argument }
    case 'feedback':
      return argument === '' ? { kind: 'feedback?' } : { kind: 'feedback', text: argument }
    default:
      return { kind: 'unknown' }
  }
}

/** `2 weeks`, `for 10 days`, `until 2026-12-24`, or nothing. */
export function readPause(text: string): PauseUntil | null {
  if (text === '' || text === 'until i say so') return 'until I say so'
  const span = /^(?:for\s+)?(\d{1,3}|an?|one|two|three)\s+(day|week|month)s?$/.exec(text)
  if (span) {
    const words: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3 }
    const days = (words[span[1] ?? ''] ?? Number(span[1])) * DAYS[span[2] as keyof typeof DAYS]
    return days >= 1 && days <= MAX_DAYS ? { days } : null
  }
  const date = /^until\s+(\d{4}-\d{2}-\d{2})$/.exec(text)?.[1]
  return date && DateTime.fromISO(date).isValid ? { date } : null
}

/** When a pause ends: at the beginning of a day where the person is. null for a date that is over. */
export function pauseEnd(until: PauseUntil, now: Date, zone: string | null): Date | 'until I say so' | null {
  if (until === 'until I say so') return until
  const here = DateTime.fromJSDate(now, { zone: zone ?? 'utc' })
  const today = here.isValid ? here.startOf('day') : DateTime.fromJSDate(now, { zone: 'utc' }).startOf('day')
  const end = 'days' in until ? today.plus({ days: until.days }) : DateTime.fromISO(until.date, { zone: today.zone })
  if (!end.isValid || end <= today) return null
  return end > today.plus({ days: MAX_DAYS }) ? 'until I say so' : end.toJSDate()
}

/** What a reader sees of it: a channel or group of that name comes as a mention. */
const plainName = (text: string) => plainText(readMarkup(text)).replace(/^[#@]/, '')
