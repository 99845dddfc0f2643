/** A check-in on the Home tab: what the messages say, with buttons that draw the tab anew. */
import type { KnownBlock } from '@slack/types'
import { context, moment, section } from '../platform/blocks.ts'
import type { Tenant } from '../platform/database.ts'
import { downToFive, shownPeople } from '../workspace/rule-of-five.ts'
import { viewFollowUp, viewProposal } from './composing.ts'
import { followUp } from './follow-up-messages.ts'
import type { Outlook } from './history-store.ts'
import { sightOf } from './lifecycle.ts'
import { proposal } from './messages.ts'
import { findLatest } from './seen-store.ts'

const DAY_MS = 24 * 3_600_000
/** So long a check-in stays on the tab after it was proposed or introduced. */
const SHOWN_DAYS = 21

/** What is open for somebody, as blocks; none when nothing is. */
export async function readOpenCheckIn(tenant: Tenant, member: string, now: Date): Promise<KnownBlock[]> {
  const pairing = await findLatest(tenant, member, new Date(now.getTime() - SHOWN_DAYS * DAY_MS), now)
  if (!pairing) return []
  const { own } = pairing
  const view = viewProposal(pairing)
  const sight = sightOf(pairing, own.answer)
  if (sight === 'missed' || sight === 'declined for good') return []
  if (sight === 'does not fit' && !view.lookingUntil) return []
  const { blocks } = proposal(view)
  if (sight !== 'introduced') return blocks.map(onTab)
  if (own.outcome === 'no' || own.rating !== null) return []
  return [...blocks, ...followUp(viewFollowUp(pairing, own, false)).blocks].map(onTab)
}

/** The same action under another name: a listener of the tab's own draws it anew. */
export const onTabId = (actionId: string): string => `home.${actionId}`

function onTab(block: KnownBlock): KnownBlock {
  const renamed = <T extends object>(element: T): T =>
    'action_id' in element ? { ...element, action_id: onTabId(String(element.action_id)) } : element
  if (block.type === 'actions') return { ...block, elements: block.elements.map(renamed) }
  if (block.type === 'section' && block.accessory) return { ...block, accessory: renamed(block.accessory) }
  return block
}

/** For an admin, what to expect of the next round, the day before. Nothing in it depends on who avoids whom. */
export function outlookBlocks(outlook: Outlook, at: Date): KnownBlock[] {
  const people = shownPeople(outlook.people, outlook.members)
  const when = moment(at, '{date_short_pretty} at {time}')
  if (people === null)
    return [
      context(`The next round opens ${when}. How many will take part is not told: it would say too much of a few.`),
    ]
  const pairs = (count: number) => (count < 5 ? 'fewer than five' : `${downToFive(count)} or more`)
  return [
    section(`*The round of ${when}:* ${people} or more people will take part.`),
    context(
      `To expect: ${pairs(outlook.repeats)} pairs who were paired before, ${pairs(outlook.sameTeam)} of one team.`,
    ),
  ]
}
