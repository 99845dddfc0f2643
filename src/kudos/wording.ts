import type { Tenant } from '../platform/database.ts'
import type { Message } from '../platform/slack.ts'
import type { Delivery } from './delivery-store.ts'
import * as messages from './messages.ts'
import { readNotes } from './preference-store.ts'
import { findReport } from './report-store.ts'
import { isOpen } from './reporting.ts'
import type { Kudos } from './store.ts'

/** A message, or why there is nothing to say (any more). */
export type Wording = { message: Message } | { message: null; why: 'withdrawn' | 'private' | 'notes off' | 'unknown' }

/** What a delivery says as things stand right now. */
export async function wordsFor(
  tenant: Tenant,
  kudos: Kudos,
  { id, kind, target, state, reportId }: Pick<Delivery, 'id' | 'kind' | 'target' | 'state' | 'reportId'>,
): Promise<Wording> {
  const nothing = (why: 'withdrawn' | 'private' | 'notes off' | 'unknown') => ({ message: null, why })
  switch (kind) {
    case 'card': {
      if (kudos.withdrawn) return nothing('withdrawn')
      const message = messages.card(kudos)
      return message ? { message } : nothing('private')
    }
    case 'note': {
      if (kudos.withdrawn) return nothing('withdrawn')
      const isSent = state === 'sent'
      const notes = await readNotes(tenant, target, isSent ? id : null)
      // Who wants no more of them keeps those that have come.
      return notes.wanted || isSent ? { message: messages.note(kudos, target, notes.first) } : nothing('notes off')
    }
    case 'report': {
      const report = reportId === null ? null : await findReport(tenant, reportId)
      return report
        ? { message: messages.reportMessage(report, kudos, await isOpen(tenant, kudos)) }
        : nothing('unknown')
    }
    case 'verdict':
      return { message: messages.verdict(kudos) }
  }
}
