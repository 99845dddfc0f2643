import { DateTime } from 'luxon'
import type { HomePerson } from './home-store.ts'

/** How long ago a kudos must be to come back as a keepsake. */
const KEEPSAKE_MONTHS = 3
const WEEK_MS = 7 * 24 * 3_600_000

/** The beginnings that count on a Home tab: of the month in the workspace's zone, and the number of the week since 1970. */
export const beginnings =
  (now: Date) =>
  ({ settings }: Pick<HomePerson, 'settings'>): { month: Date; longAgo: Date; week: number } => {
    const there = DateTime.fromJSDate(now, { zone: settings['workspace.zone'] })
    // Monday, 5 January 1970 began the first whole week.
    const monday = there.startOf('week').toMillis()
    return {
      month: there.startOf('month').toJSDate(),
      // The same all week, so that what comes back is the same all week.
      longAgo: there.startOf('week').minus({ months: KEEPSAKE_MONTHS }).toJSDate(),
      week: Math.round((monday - 4 * 24 * 3_600_000) / WEEK_MS),
    }
  }
