import * as history from '../../src/pairing/history-store.ts'
import type { PairingInput, PairingResult } from '../../src/pairing/matching/input.ts'
import * as messages from '../../src/pairing/message-store.ts'
import * as pairings from '../../src/pairing/pairing-store.ts'
import * as pairingWriting from '../../src/pairing/pairing-writing-store.ts'
import * as rounds from '../../src/pairing/round-store.ts'
import * as roundWriting from '../../src/pairing/round-writing-store.ts'
import * as seen from '../../src/pairing/seen-store.ts'
import * as silence from '../../src/pairing/silence-store.ts'
import type { Tenant } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { ROUNDS } from './sizes-fill-check-ins.ts'
import { idOf, LARGE, NOW, SIZES } from './sizes-scale.ts'
import { type Store, storeCalls } from './sizes-store.ts'

const PEOPLE = SIZES.find(({ id }) => id === LARGE)?.rounds ?? 0
const IDS = Array.from({ length: PEOPLE }, (_, index) => `U${index}`)
const LATER = new Date(NOW.getTime() + 3_600_000)
const PAST = new Date(NOW.getTime() - 21 * 86_400_000)
/** The one that is open, one of its pairings, and somebody in it. */
const OPEN = idOf('round', ROUNDS)
const PAIRING = idOf('pairing', `${ROUNDS} 3`)
const MESSAGE = idOf('message', `${ROUNDS} 3 0`)
const DUE = idOf('message', `${ROUNDS} 5 0`)
const ANN = `U${(ROUNDS * 37 + 3) % PEOPLE}`
const OTHERS = IDS.slice(0, 2)
/** A round that is about to open. */
const NEXT = { id: naturalId('round', 'next'), number: ROUNDS + 1, wave: 1 }
const PAIRS = Array.from({ length: PEOPLE / 2 }, (_, index) => ({
  id: naturalId('pairing', String(index)),
  members: [IDS[index * 2] ?? '', IDS[index * 2 + 1] ?? ''],
  answerBy: LATER,
  state: 'proposed' as const,
}))
const ROUND = {
  id: NEXT.id,
  date: '2026-10-01',
  state: 'open' as const,
  number: NEXT.number,
  people: PEOPLE,
  openedAt: NOW,
  closesAt: LATER,
  settleAt: LATER,
  gap: null,
}
const RESULT = {
  seed: 'seed',
  inputHash: 'hash',
  objective: {},
  bound: {},
  certified: true,
  method: 'exact',
  groups: PAIRS.map(({ members }) => members),
} as unknown as PairingResult

/** As it is at the opening of a round, with all that was before. */
async function matchingInput(tenant: Tenant): Promise<PairingInput> {
  return {
    people: IDS.map((id) => ({ id, team: 'Team 7', utcOffset: 60, waited: 0 })),
    history: await history.readHistory(tenant, NEXT.number, IDS),
    avoid: [],
    seed: 'seed',
  }
}

async function pairing(tenant: Tenant): Promise<pairings.StoredPairing> {
  const found = await pairings.findPairing(tenant, PAIRING, NOW)
  if (!found) throw new Error('no pairing')
  return found
}

export const STORES_OF_CHECK_INS: Record<string, Store> = {
  'pairing/history-store.ts': storeCalls(history, {
    readHistory: (tenant) => history.readHistory(tenant, NEXT.number, IDS),
    listMeetings: (tenant) => history.listMeetings(tenant, PAST, NOW),
    readTurns: (tenant) => history.readTurns(tenant, OTHERS),
    readGap: history.readGap,
    insertMatching: async (tenant) =>
      history.insertMatching(tenant, { roundId: NEXT.id, wave: 1 }, await matchingInput(tenant), RESULT, NOW),
    listMatchings: (tenant) => history.listMatchings(tenant, OPEN),
    forgetInputs: (tenant) => history.forgetInputs(tenant, new Date(NOW.getTime() - 80 * 86_400_000)),
    saveOutlook: (tenant) =>
      history.saveOutlook(tenant, { date: '2026-10-01', people: 5_000, sameTeam: 3, repeats: 20 }),
  }),
  'pairing/message-store.ts': storeCalls(messages, {
    insertMessages: (tenant) =>
      messages.insertMessages(
        tenant,
        PAIRS.flatMap(({ id, members }) =>
          members.map((target) => ({ kind: 'proposal', roundId: NEXT.id, pairingId: id, target, dueAt: NOW }) as const),
        ),
      ),
    listDue: (tenant) => messages.listDue(tenant, NOW, 1_000),
    findMessage: (tenant) => messages.findMessage(tenant, MESSAGE),
    postpone: (tenant) => messages.postpone(tenant, DUE, LATER),
    reopenMessage: (tenant) => messages.reopenMessage(tenant, DUE),
    settleMessage: (tenant) => messages.settleMessage(tenant, DUE, { state: 'sent' }, NOW),
    countMessages: (tenant) => messages.countMessages(tenant, NOW),
    listNotIntroduced: (tenant) => messages.listNotIntroduced(tenant, OPEN),
    toRedraw: [
      (tenant) => messages.toRedraw(tenant, [PAIRING], ANN),
      (tenant) =>
        messages.toRedraw(
          tenant,
          PAIRS.map((_, index) => idOf('pairing', `${ROUNDS} ${index}`)),
          null,
        ),
    ],
  }),
  'pairing/pairing-store.ts': storeCalls(
    pairings,
    {
      findPairing: (tenant) => pairings.findPairing(tenant, PAIRING, NOW),
      holdPairing: (tenant) => pairings.holdPairing(tenant, PAIRING, NOW),
      holdPairings: (tenant) => pairings.holdPairings(tenant, OPEN, NOW),
    },
    ['readPairings'],
  ),
  'pairing/round-store.ts': storeCalls(rounds, {
    findRound: (tenant) => rounds.findRound(tenant, OPEN),
    holdOpenRound: (tenant) => rounds.holdOpenRound(tenant, OPEN),
    listOpenRounds: [(tenant) => rounds.listOpenRounds(tenant), (tenant) => rounds.listOpenRounds(tenant, NOW)],
    listRounds: (tenant) => rounds.listRounds(tenant, 5),
    nextNumber: rounds.nextNumber,
    findGap: (tenant) => rounds.findGap(tenant, NOW),
    listRoundMembers: (tenant) => rounds.listRoundMembers(tenant, OPEN),
    readWaited: (tenant) => rounds.readWaited(tenant, IDS),
  }),
  'pairing/pairing-writing-store.ts': storeCalls(pairingWriting, {
    saveStates: (tenant) => pairingWriting.saveStates(tenant, []),
    insertPairings: (tenant) => pairingWriting.insertPairings(tenant, NEXT, PAIRS),
    savePairing: async (tenant) => {
      const before = await pairing(tenant)
      await pairingWriting.savePairing(tenant, before, { ...before, state: 'over' })
    },
    saveAnswer: (tenant) => pairingWriting.saveAnswer(tenant, PAIRING, ANN, 'yes', NOW),
    saveRemark: [
      (tenant) => pairingWriting.saveRemark(tenant, PAIRING, ANN, { expectation: 3 }, NOW),
      (tenant) => pairingWriting.saveRemark(tenant, PAIRING, ANN, { rating: 4 }, NOW),
    ],
    extend: (tenant) => pairingWriting.extend(tenant, PAIRING, LATER),
    endAnswering: (tenant) => pairingWriting.endAnswering(tenant, OPEN, NOW),
    markShown: (tenant) => pairingWriting.markShown(tenant, PAIRING, NOW),
  }),
  'pairing/round-writing-store.ts': storeCalls(roundWriting, {
    holdWatch: (tenant) => roundWriting.holdWatch(tenant, NOW),
    moveWatch: (tenant) => roundWriting.moveWatch(tenant, LATER),
    insertRound: (tenant) => roundWriting.insertRound(tenant, ROUND),
    updateRound: (tenant) => roundWriting.updateRound(tenant, OPEN, { wave: 2, settleAt: LATER }),
    insertRoundMembers: (tenant) =>
      roundWriting.insertRoundMembers(
        tenant,
        NEXT,
        IDS.map((id) => ({ id, waited: 0 })),
      ),
    setAnyone: (tenant) => roundWriting.setAnyone(tenant, OPEN, ANN, true),
    setFate: [
      (tenant) => roundWriting.setFate(tenant, OPEN, OTHERS, 'introduced'),
      (tenant) => roundWriting.setFate(tenant, OPEN, IDS.slice(0, PEOPLE / 10), 'alone'),
    ],
  }),
  'pairing/silence-store.ts': storeCalls(silence, {
    markSilent: (tenant) => silence.markSilent(tenant, OPEN),
  }),
  'pairing/seen-store.ts': storeCalls(seen, {
    findSeen: (tenant) => seen.findSeen(tenant, PAIRING, ANN, NOW),
    findLatest: (tenant) => seen.findLatest(tenant, ANN, PAST, NOW),
  }),
}
