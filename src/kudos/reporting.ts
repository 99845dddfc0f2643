/** Reports: who may make one, which admins hear of it, and what an admin decides. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { isAdmin, listAdmins } from '../workspace/admin-store.ts'
import { deliver, redraw } from './acts.ts'
import { listDeliveries, type NewDelivery } from './delivery-store.ts'
import * as reports from './report-store.ts'
import { findKudos, type Kudos } from './store.ts'
import { shownRecipients } from './visibility.ts'
import { holdKudos, markWithdrawn } from './writing-store.ts'

/** Enough for one of them to be at work, and few enough for each to feel asked. */
const ADMINS_TOLD = 5

/** Whether everybody can read a kudos: a card of it is, or is about to be, in a channel. */
export async function isOpen(tenant: Tenant, kudos: Kudos): Promise<boolean> {
  if (kudos.withdrawn || shownRecipients(kudos).length === 0) return false
  const deliveries = await listDeliveries(tenant, kudos.id)
  return deliveries.some(({ kind, state }) => kind === 'card' && (state === 'sent' || state === 'due'))
}

export type Reportable =
  /** `isOpen`: everybody can read it, so an admin reads it as well. */
  { kind: 'reportable'; isOpen: boolean } | { kind: 'own' | 'gone' | 'not yours' }

/** Whether somebody may report a kudos: of one that is not open, only those who received it know. */
export async function reportable(tenant: Tenant, kudosId: string, reporter: string): Promise<Reportable> {
  const kudos = await findKudos(tenant, kudosId)
  if (!kudos || kudos.withdrawn) return { kind: 'gone' }
  if (kudos.giver === reporter) return { kind: 'own' }
  const open = await isOpen(tenant, kudos)
  if (!open && !kudos.recipients.includes(reporter)) return { kind: 'not yours' }
  return { kind: 'reportable', isOpen: open }
}

export type ReportOutcome = 'reported' | 'reported before' | 'nobody to tell' | 'own' | 'gone' | 'not yours'

/** Tells the admins of a kudos that somebody does not want to stand as it is. Once for each reporter. */
export async function report(
  tenant: Tenant,
  platform: Platform,
  request: { kudosId: string; reporter: string; complaint: string; showText: boolean; responseUrl: string | null },
): Promise<ReportOutcome> {
  const { kudosId, reporter, complaint, showText } = request
  const may = await reportable(tenant, kudosId, reporter)
  if (may.kind !== 'reportable') return may.kind
  const kudos = await findKudos(tenant, kudosId)
  // Nobody judges what they gave themselves.
  const admins = await listAdmins(tenant, [kudos?.giver ?? ''], ADMINS_TOLD)
  if (admins.length === 0) return 'nobody to tell'
  const id = naturalId('kudos.report', kudosId, reporter)
  const now = instant(platform.clock)
  if (!(await reports.insertReport(tenant, { id, kudosId, reporter, complaint, showText }, now))) {
    return 'reported before'
  }
  const messages = admins.map((target): NewDelivery => {
    return { id: naturalId('kudos.report', id, target), kind: 'report', target, kudosId, reportId: id }
  })
  await deliver(tenant, platform, kudosId, messages, request.responseUrl)
  return 'reported'
}

export type Decidable =
  | { kind: 'decidable'; kudosId: string }
  | { kind: 'decided'; by: string | null; state: reports.ReportState }
  | { kind: 'gone' | 'no admin' | 'own' | 'closed to you' }

/** Whether somebody may decide about a report right now. */
export async function decidable(tenant: Tenant, reportId: string, member: string): Promise<Decidable> {
  const found = await reports.findReport(tenant, reportId)
  const kudos = found && (await findKudos(tenant, found.kudosId))
  if (!found || !kudos) return { kind: 'gone' }
  if (!(await isAdmin(tenant, member))) return { kind: 'no admin' }
  if (kudos.giver === member) return { kind: 'own' }
  if (found.state !== 'open') return { kind: 'decided', by: found.decidedBy, state: found.state }
  if (kudos.withdrawn) return { kind: 'gone' }
  return { kind: 'decidable', kudosId: kudos.id }
}

/** An admin removes a reported kudos, for a reason its giver sees. All reports of it are closed with that. */
export async function remove(
  tenant: Tenant,
  platform: Platform,
  request: { reportId: string; admin: string; reason: string },
): Promise<Decidable> {
  const { admin, reason } = request
  const may = await decidable(tenant, request.reportId, admin)
  if (may.kind !== 'decidable') return may
  const { kudosId } = may
  if (!(await mayRead(tenant, request.reportId, kudosId))) return { kind: 'closed to you' }
  const now = instant(platform.clock)
  const kudos = await holdKudos(tenant, kudosId, 'change')
  if (!kudos || !(await markWithdrawn(tenant, kudosId, now, { by: admin, reason }))) return { kind: 'gone' }
  await reports.closeReports(tenant, { kudosId }, { state: 'removed', by: admin }, now)
  await redraw(tenant, platform, kudosId, 'removed')
  const verdict: NewDelivery = {
    id: naturalId('kudos.verdict', kudosId),
    kind: 'verdict',
    target: kudos.giver,
    kudosId,
  }
  await deliver(tenant, platform, kudosId, [verdict], null)
  return may
}

/** An admin removes what they can read: a kudos that is open, or one whose recipient showed it. */
async function mayRead(tenant: Tenant, reportId: string, kudosId: string): Promise<boolean> {
  const [found, kudos] = [await reports.findReport(tenant, reportId), await findKudos(tenant, kudosId)]
  return found !== null && kudos !== null && (found.showText || (await isOpen(tenant, kudos)))
}

/** An admin leaves a reported kudos as it is. */
export async function leave(
  tenant: Tenant,
  platform: Platform,
  request: { reportId: string; admin: string },
): Promise<Decidable> {
  const may = await decidable(tenant, request.reportId, request.admin)
  if (may.kind !== 'decidable') return may
  const decision = { state: 'left' as const, by: request.admin }
  await reports.closeReports(tenant, { id: request.reportId }, decision, instant(platform.clock))
  await redraw(tenant, platform, may.kudosId, `left ${request.reportId}`, ['report'])
  return may
}
