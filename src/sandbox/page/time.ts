const locale = 'en-US'

/** A message's `ts` ("1764000000.000100") as milliseconds. */
export function millisOf(ts: string): number {
  return Number(ts) * 1000
}

/** "4:05 PM" in the zone. */
export function timeOfDay(millis: number, zone: string): string {
  return format(millis, zone, { hour: 'numeric', minute: '2-digit' })
}

/** "Monday, November 24th": what stands between two days of messages. */
export function dayOf(millis: number, zone: string): string {
  const day = format(millis, zone, { weekday: 'long', month: 'long', day: 'numeric' })
  return `${day}${ordinal(Number(format(millis, zone, { day: 'numeric' })))}`
}

/** "Nov 24, 2025 at 4:05:09 PM", for a tooltip. */
export function exactTime(millis: number, zone: string): string {
  return format(millis, zone, { dateStyle: 'medium', timeStyle: 'medium' })
}

/**
 * Slack's `<!date^...>` and the rich_text date: tokens in braces become the reader's own time.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function slackDate(seconds: number, pattern: string, fallback: string, zone: string): string {
  if (!Number.isFinite(seconds)) return fallback
  let known = true
  const text = pattern.replace(/\{(\w+)\}/g, (whole, token: string) => {
    const drawn = drawToken(token, seconds * 1000, zone)
    if (drawn === null) known = false
    return drawn ?? whole
  })
  return known ? text : fallback
}

function drawToken(token: string, millis: number, zone: string): string | null {
  switch (token) {
    case 'date_num':
      return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(millis)
    case 'date_slash':
      return format(millis, zone, { dateStyle: 'short' })
    case 'date':
    case 'date_pretty':
      return format(millis, zone, { dateStyle: 'long' })
    case 'date_short':
    case 'date_short_pretty':
      return format(millis, zone, { dateStyle: 'medium' })
    case 'date_long':
    case 'date_long_pretty':
    case 'date_long_full':
      return format(millis, zone, { dateStyle: 'full' })
    case 'day_divider_pretty':
      return dayOf(millis, zone)
    case 'time':
      return timeOfDay(millis, zone)
    case 'time_secs':
      return format(millis, zone, { timeStyle: 'medium' })
    default:
      return null
  }
}

function format(millis: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  // Between time and AM stands a narrow space that no keyboard can type and no test would look for.
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(millis).replaceAll('\u202f', ' ')
}

function ordinal(day: number): string {
  if (day % 100 >= 11 && day % 100 <= 13) return 'th'
  return { 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th'
}
