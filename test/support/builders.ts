import type { NewKudos } from '../../src/kudos/giving-store.ts'
import type { Kudos } from '../../src/kudos/store.ts'
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

/** A kudos that is about to be stored. */
export function aKudos(over: Partial<NewKudos> = {}): NewKudos {
  const id = over.id ?? naturalId('kudos', 'test', '1')
  const recipients = over.recipients ?? ['U01ANN']
  return {
    id,
    giver: 'U02RAJ',
    recipients,
    keptPrivate: [],
    reason: 'staying late',
    isPrivate: false,
    value: null,
    passedOnFrom: null,
    saidIn: 'C01GENERAL',
    threadTs: null,
    about: null,
    likeness: 'alike',
    givenAt: new Date('2026-03-02T10:00:00Z'),
    unlessLikeSince: null,
    dailyLimit: null,
    dayStart: new Date('2026-03-02T00:00:00Z'),
    toPost: { responseUrl: null },
    ...over,
  }
}

/** A kudos as it is read. */
export const aStoredKudos = (over: Partial<Kudos> = {}): Kudos => ({
  id: '5d0c5c8e-6d1f-5c4e-9d0e-2f7f0f3c1a11',
  giver: 'U0GIVER',
  recipients: ['U01ANN'],
  keptPrivate: [],
  reason: 'staying late',
  isPrivate: false,
  value: null,
  passedOnFrom: null,
  saidIn: 'C01GENERAL',
  threadTs: null,
  about: null,
  permalink: null,
  givenAt: new Date('2026-03-02T10:00:00Z'),
  withdrawn: false,
  removed: null,
  ...over,
})
