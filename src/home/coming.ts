/** What goes out next by itself, and when. */
import { dueAt, monthAt, monthBefore } from '../digest/month.ts'
import { nextOpening } from '../pairing/schedule.ts'
import { moment } from '../platform/blocks.ts'
import type { HomePerson } from './home-store.ts'

interface Coming {
  what: string
  /** null for what nobody has chosen. */
  at: Date | null
}

/** The next one of each kind: the soonest first, and last what does not come. */
export function coming({ settings, prompts }: Pick<HomePerson, 'settings' | 'prompts'>, now: Date): Coming[] {
  const zone = settings['workspace.zone']
  const hasDigest = settings['digest.people'].length > 0 || settings['digest.channel'] !== null
  const all: Coming[] = [
    { what: 'Check-ins', at: nextOpening(settings['check-ins.rhythm'], zone, now).at },
    {
      what: prompts.next ? `Weekly prompt in <#${prompts.next.channel}>` : 'Weekly prompt',
      at: prompts.next?.at ?? null,
    },
    { what: 'Monthly digest', at: hasDigest ? nextDigest(zone, now) : null },
  ]
  return all.sort((a, b) => (a.at?.getTime() ?? Infinity) - (b.at?.getTime() ?? Infinity))
}

function nextDigest(zone: string, now: Date): Date {
  const month = monthAt(now, zone)
  const last = dueAt(monthBefore(month))
  return last > now ? last : dueAt(month)
}

/** As lines of a message. */
export const comingText = (all: Coming[]): string =>
  [
    '*What goes out next*',
    ...all.map(({ what, at }) => `• ${what}: ${at ? moment(at, '{date_long_pretty} at {time}') : 'not chosen yet'}`),
  ].join('\n')
