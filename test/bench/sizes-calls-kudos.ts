import * as digestDelivery from '../../src/digest/delivery-store.ts'
import { type Month, monthNamed } from '../../src/digest/month.ts'
import * as months from '../../src/digest/month-store.ts'
import * as digest from '../../src/digest/store.ts'
import * as together from '../../src/digest/together-store.ts'
import { beginnings } from '../../src/home/beginnings.ts'
import * as home from '../../src/home/home-store.ts'
import * as keepsake from '../../src/home/keepsake-store.ts'
import { SHOWN } from '../../src/home/messages.ts'
import { MAX_RECIPIENTS } from '../../src/kudos/command.ts'
import * as delivery from '../../src/kudos/delivery-store.ts'
import * as giving from '../../src/kudos/giving-store.ts'
import * as preference from '../../src/kudos/preference-store.ts'
import * as report from '../../src/kudos/report-store.ts'
import * as kudos from '../../src/kudos/store.ts'
import * as writing from '../../src/kudos/writing-store.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { aKudos } from '../support/builders.ts'
import { idOf, NOW } from './sizes-scale.ts'
import { type Call, type Store, storeCalls } from './sizes-store.ts'

const ANN = 'U777'
/** Nobody gives and receives more. */
const BUSY = 'U0'
/** Somebody who has been here for a day. */
const NEW = 'UNEW'
const ID = idOf('kudos', 1_234)
const PLACE = { channel: 'D7', ts: '1700000000.7' }
const AFTER = { givenAt: new Date(NOW.getTime() - 200 * 86_400_000), id: ID }
const DIGEST = idOf('digest', 0)
const CLAIMED = idOf('digest', 1)
const MESSAGE = { text: 'The month', blocks: [] }

const given = (count: number, giver: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => {
    const id = naturalId('kudos', 'bench', String(index))
    return aKudos({
      id,
      giver: giver(index),
      recipients: ['U1', 'U2'],
      likeness: `new ${index}`,
      givenAt: NOW,
      unlessLikeSince: new Date(NOW.getTime() - 120_000),
      dailyLimit: 50,
      dayStart: new Date(NOW.getTime() - 12 * 3_600_000),
    })
  })

/** One of the busiest giver's, and as many together as the app puts into one statement. */
const give: Call[] = [given(1, () => BUSY), given(20, (index) => `U${index}`)].map(
  (kudos) => (tenant) => giving.insertKudos(tenant, kudos),
)

function month(name: string): Month {
  const found = monthNamed(name, 'Europe/Berlin')
  if (!found) throw new Error(`no month ${name}`)
  return found
}
const AUGUST = month('2026-08')

export const STORES_OF_KUDOS: Record<string, Store> = {
  'kudos/store.ts': storeCalls(kudos, {
    findKudos: (tenant) => kudos.findKudos(tenant, ID),
    findEach: (tenant) =>
      kudos.findEach(
        tenant,
        Array.from({ length: 50 }, (_, index) => idOf('kudos', 1_000 + index)),
      ),
    listGiven: [
      (tenant) => kudos.listGiven(tenant, ANN, 11),
      (tenant) => kudos.listGiven(tenant, BUSY, 11),
      (tenant) => kudos.listGiven(tenant, BUSY, 11, AFTER),
    ],
    listReceived: [
      (tenant) => kudos.listReceived(tenant, ANN, 11),
      (tenant) => kudos.listReceived(tenant, BUSY, 11),
      (tenant) => kudos.listReceived(tenant, BUSY, 11, AFTER),
    ],
    listLatest: [(tenant) => kudos.listLatest(tenant, ANN, 4), (tenant) => kudos.listLatest(tenant, BUSY, 4)],
  }),
  'kudos/writing-store.ts': storeCalls(writing, {
    markWithdrawn: (tenant) => writing.markWithdrawn(tenant, ID, NOW),
    holdKudos: [(tenant) => writing.holdKudos(tenant, ID, 'post'), (tenant) => writing.holdKudos(tenant, ID, 'change')],
    markKeptPrivate: (tenant) => writing.markKeptPrivate(tenant, ID, ANN),
    keepPrivateAsPreferred: (tenant) => writing.keepPrivateAsPreferred(tenant, ID),
    savePermalink: (tenant) => writing.savePermalink(tenant, ID, 'https://slack.example/1'),
  }),
  'kudos/giving-store.ts': storeCalls(
    giving,
    {
      readGivingContext: (tenant) => giving.readGivingContext(tenant, MAX_RECIPIENTS),
      insertKudos: give,
      takeToPost: (tenant) => giving.takeToPost(tenant, 5),
    },
    ['isOvertaken'],
  ),
  'kudos/delivery-store.ts': storeCalls(delivery, {
    listDeliveries: (tenant) => delivery.listDeliveries(tenant, ID),
    insertDeliveries: (tenant) =>
      delivery.insertDeliveries(tenant, [
        { id: naturalId('report', '1'), kind: 'report', target: BUSY, kudosId: ID, reportId: idOf('report', 0) },
      ]),
    reopenDeliveries: (tenant) => delivery.reopenDeliveries(tenant, [idOf('note', '0 1'), idOf('note', '10 1')]),
    settleDelivery: (tenant) =>
      delivery.settleDelivery(tenant, idOf('note', '0 1'), { state: 'sent', place: PLACE }, NOW),
  }),
  'kudos/preference-store.ts': storeCalls(preference, {
    savePreference: (tenant) => preference.savePreference(tenant, ANN, { notes: false }, NOW),
    readNotes: [
      (tenant) => preference.readNotes(tenant, BUSY, null),
      (tenant) => preference.readNotes(tenant, BUSY, idOf('note', '10 1')),
      (tenant) => preference.readNotes(tenant, NEW, null),
    ],
  }),
  'kudos/report-store.ts': storeCalls(report, {
    insertReport: (tenant) =>
      report.insertReport(
        tenant,
        { id: naturalId('report', '2'), kudosId: ID, reporter: ANN, complaint: 'No.', showText: false },
        NOW,
      ),
    findReport: (tenant) => report.findReport(tenant, idOf('report', 0)),
    closeReports: [
      (tenant) => report.closeReports(tenant, { id: idOf('report', 0) }, { state: 'left', by: BUSY }, NOW),
      (tenant) => report.closeReports(tenant, { kudosId: idOf('kudos', 2_000) }, { state: 'removed', by: BUSY }, NOW),
    ],
  }),
  'home/home-store.ts': storeCalls(home, {
    readHome: [BUSY, ANN, NEW].map((id) => (tenant) => home.readHome(tenant, id, beginnings(NOW), SHOWN, NOW)),
  }),
  'home/keepsake-store.ts': storeCalls(
    keepsake,
    { dismissKeepsake: (tenant) => keepsake.dismissKeepsake(tenant, ANN, ID, NOW) },
    ['chosenKeepsake'],
  ),
  'digest/store.ts': storeCalls(digest, { countMonth: (tenant) => digest.countMonth(tenant, AUGUST) }),
  'digest/month-store.ts': storeCalls(months, {
    countsSince: months.countsSince,
    monthsToClose: (tenant) => months.monthsToClose(tenant, AUGUST),
    closeMonth: (tenant) => months.closeMonth(tenant, AUGUST, NOW),
    findFigures: (tenant) => months.findFigures(tenant, '2026-06'),
    yearOf: (tenant) => months.yearOf(tenant, month('2026-07')),
    isOpened: (tenant) => months.isOpened(tenant, '2026-06'),
    markOpened: (tenant) => months.markOpened(tenant, '2026-06', NOW),
  }),
  'digest/together-store.ts': storeCalls(together, {
    countCheckIns: (tenant) => together.countCheckIns(tenant, AUGUST),
    countPrompts: (tenant) => together.countPrompts(tenant, AUGUST),
  }),
  'digest/delivery-store.ts': storeCalls(digestDelivery, {
    insertDeliveries: (tenant) =>
      digestDelivery.insertDeliveries(tenant, [
        { id: naturalId('digest', '1'), month: '2026-08', target: BUSY, dueAt: NOW },
      ]),
    findDelivery: (tenant) => digestDelivery.findDelivery(tenant, DIGEST),
    claim: (tenant) => digestDelivery.claim(tenant, DIGEST, MESSAGE),
    release: (tenant) => digestDelivery.release(tenant, CLAIMED),
    markSent: (tenant) => digestDelivery.markSent(tenant, CLAIMED, PLACE, MESSAGE, NOW),
    reopen: (tenant) => digestDelivery.reopen(tenant, CLAIMED),
    settle: (tenant) => digestDelivery.settle(tenant, CLAIMED, 'failed', 'not_in_channel', NOW),
    sendAgain: (tenant) => digestDelivery.sendAgain(tenant, { id: CLAIMED, attempt: 1 }),
  }),
}
