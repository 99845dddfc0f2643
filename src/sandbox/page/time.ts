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

/** The same, but "Today" and "Yesterday" where that is what it is. */
export function dayName(millis: number, now: number, zone: string): string {
  const near = nearDay(millis, now, zone)
  return near && near !== 'tomorrow' ? `${near[0]?.toUpperCase()}${near.slice(1)}` : dayOf(millis, zone)
}

/** "Mon, Nov 24, 4:05 PM", for the workspace's clock. */
export function clockTime(millis: number, zone: string): string {
  return format(millis, zone, { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' })
}

/** "4:05:09 PM", for a log. */
export function secondsOfDay(millis: number, zone: string): string {
  return format(millis, zone, { timeStyle: 'medium' })
}

/** How long ago something was, in Slack's words: "just now", "2 hours ago". */
export function ago(millis: number, now: number): string {
  const minutes = Math.floor((now - millis) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`
  if (minutes < 24 * 60) return `${counted(Math.floor(minutes / 60), 'hour')} ago`
  const days = Math.floor(minutes / (24 * 60))
  return days < 31 ? `${counted(days, 'day')} ago` : `${counted(Math.floor(days / 30.5), 'month')} ago`
}

/** How far a clock is ahead, as near as one cares to know: "2 days", "5 hours", "1 hour 30 minutes". */
export function span(millis: number): string {
  const minutes = Math.round(millis / 60_000)
  if (minutes >= 1440) return counted(Math.round(minutes / 1440), 'day')
  const hours = Math.floor(minutes / 60)
  const parts = [hours > 0 && counted(hours, 'hour'), minutes % 60 > 0 && counted(minutes % 60, 'minute')]
  return parts.filter(Boolean).join(' ')
}

/** "1 reply", "2 replies". */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
}

/** "Nov 24, 2025 at 4:05:09 PM", for a tooltip. */
export function exactTime(millis: number, zone: string): string {
  return format(millis, zone, { dateStyle: 'medium', timeStyle: 'medium' })
}

/**
 * Slack's `<!date^...>` and the rich_text date: tokens in braces become the reader's own time.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function slackDate(seconds: number, pattern: string, fallback: string, zone: string, now: number): string {
  if (!Number.isFinite(seconds)) return fallback
  let known = true
  const text = pattern.replace(/\{(\w+)\}/g, (whole, token: string) => {
    const near = token.endsWith('_pretty') ? nearDay(seconds * 1000, now, zone) : null
    const drawn = near ?? drawToken(token, seconds * 1000, zone)
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

/** "today" and its neighbours, which Slack's "pretty" dates say instead of a date; null for other days. */
function nearDay(millis: number, now: number, zone: string): string | null {
  const day = (at: number) => Date.parse(format(at, zone, { dateStyle: 'short' })) / 86_400_000
  const away = Math.round(day(millis) - day(now))
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[away] ?? null
}

/** Making a format takes longer than using it, and a conversation uses each of them hundreds of times. */
const formats = new Map<string, Intl.DateTimeFormat>()

function format(millis: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
  formats.set(key, known)
  // Between time and AM stands a narrow space that no keyboard can type and no test would look for.
  return known.format(millis).replaceAll('\u202f', ' ')
}

function ordinal(day: number): string {
  if (day % 100 >= 11 && day % 100 <= 13) return 'th'
  return { 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th'
}
