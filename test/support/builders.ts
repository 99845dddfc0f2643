import type { NewKudos } from '../../src/kudos/giving-store.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import type { Member } from '../../src/workspace/member.ts'

/** One of each noun, complete and plain; a test says only what matters to it. */

export const aMember = (over: Partial<Member> = {}): Member => ({
  id: 'U01ANN',
  kind: 'member',
  isAdmin: false,
  isOwner: false,
  tz: 'Europe/Berlin',
  locale: 'en-US',
  version: 1,
  ...over,
})

export function aKudos(over: Partial<NewKudos> = {}): NewKudos {
  const id = over.id ?? naturalId('kudos', 'test', '1')
  const recipients = over.recipients ?? ['U01ANN']
  return {
    id,
    giver: 'U02RAJ',
    recipients,
    reason: 'staying late',
    saidIn: 'C01GENERAL',
    likeness: 'alike',
    givenAt: new Date('2026-03-02T10:00:00Z'),
    deliveries: recipients.map((target) => ({ id: naturalId('note', id, target), kind: 'note', target })),
    ...over,
  }
}
