/** The life of a pairing, as a table: what can happen in which state, and what it comes to. */

export type PairingState =
  /** People are asked. */
  | 'proposed'
  /** Enough of them said yes: they are about to be introduced. */
  | 'confirmed'
  | 'introduced'
  /** It came to nothing. Nobody is told why. */
  | 'over'

/** open: not answered. */
export type Answer = 'open' | 'yes' | 'no'

export interface Party {
  id: string
  answer: Answer
  /** Takes part right now: neither paused, nor left, nor away. Theirs to know. */
  here: boolean
  /** Is here, and nobody of the pairing keeps apart from them. As long as not, a yes is none; but they are never told so. */
  able: boolean
}

export interface Pairing {
  state: PairingState
  parties: Party[]
}

export type PairingEvent =
  | { kind: 'accept' | 'decline' | 'reconsider'; by: string }
  /** The time to answer is over. */
  | { kind: 'time is up' }
  /** Slack could not bring these people together, or only some of them. */
  | { kind: 'not possible'; without: string[] }
  | { kind: 'introduce' }

/** Why an event changes nothing. */
export type Refusal =
  | 'not yours'
  /** They paused, or left. */
  | 'not taking part'
  /** Both said yes already. */
  | 'agreed'
  | 'introduced'
  | 'over'

export type Outcome = { ok: true; pairing: Pairing } | { ok: false; problem: Refusal }

/** Those who said yes and still mean it. */
export const willing = ({ parties }: Pairing): Party[] => parties.filter(({ answer, able }) => answer === 'yes' && able)

const FEWEST_TO_MEET = 2

type Row = { [K in PairingEvent['kind']]: (pairing: Pairing, event: PairingEvent & { kind: K }) => Outcome }

const become = (pairing: Pairing, state: PairingState): Outcome => ({ ok: true, pairing: { ...pairing, state } })
const stay = (pairing: Pairing): Outcome => ({ ok: true, pairing })
const refuse = (problem: Refusal) => (): Outcome => ({ ok: false, problem })

const answered = (pairing: Pairing, by: string, answer: Answer): Pairing => ({
  ...pairing,
  parties: pairing.parties.map((party) => (party.id === by ? { ...party, answer } : party)),
})

const TABLE: Record<PairingState, Row> = {
  proposed: {
    accept(pairing, { by }) {
      const then = answered(pairing, by, 'yes')
      if (!then.parties.some(({ id, here }) => id === by && here)) return { ok: false, problem: 'not taking part' }
      return willing(then).length === then.parties.length ? become(then, 'confirmed') : stay(then)
    },
    decline: (pairing, { by }) => stay(answered(pairing, by, 'no')),
    reconsider: (pairing, { by }) => stay(answered(pairing, by, 'open')),
    'time is up': (pairing) => become(pairing, willing(pairing).length >= FEWEST_TO_MEET ? 'confirmed' : 'over'),
    'not possible': stay,
    introduce: stay,
  },
  confirmed: {
    accept: refuse('agreed'),
    decline: refuse('agreed'),
    reconsider: refuse('agreed'),
    'time is up': stay,
    'not possible'(pairing, { without }) {
      const parties = pairing.parties.map((one) => (without.includes(one.id) ? { ...one, able: false } : one))
      const then = { ...pairing, parties }
      const lessThan = willing(then).length < willing(pairing).length
      return lessThan && willing(then).length >= FEWEST_TO_MEET ? stay(then) : become(then, 'over')
    },
    introduce: (pairing) => become(pairing, willing(pairing).length >= FEWEST_TO_MEET ? 'introduced' : 'over'),
  },
  introduced: {
    accept: refuse('introduced'),
    decline: refuse('introduced'),
    reconsider: refuse('introduced'),
    'time is up': stay,
    'not possible': stay,
    introduce: stay,
  },
  over: {
    accept: refuse('over'),
    decline: refuse('over'),
    reconsider: refuse('over'),
    'time is up': stay,
    'not possible': stay,
    introduce: stay,
  },
}

/** What an event comes to. */
export function happen(pairing: Pairing, event: PairingEvent): Outcome {
  if ('by' in event && !pairing.parties.some(({ id }) => id === event.by)) return { ok: false, problem: 'not yours' }
  return (TABLE[pairing.state][event.kind] as (pairing: Pairing, event: PairingEvent) => Outcome)(pairing, event)
}

/** What somebody sees of a pairing. */
export type Sight =
  /** To be answered. */
  | 'asked'
  /** They said yes. Whether anybody else did is not to be seen. */
  | 'waiting'
  | 'declined'
  | 'introduced'
  /** They said yes, and it does not fit. */
  | 'does not fit'
  /** They did not answer in time. */
  | 'missed'
  /** They said no, and can't change it any more. */
  | 'declined for good'

/** It depends on the state and on what they said themselves, never on what anybody else did: that is all the privacy there is. */
export function sightOf({ state }: Pick<Pairing, 'state'>, own: Answer): Sight {
  switch (own) {
    case 'yes':
      return state === 'introduced' ? 'introduced' : state === 'over' ? 'does not fit' : 'waiting'
    case 'no':
      return state === 'proposed' ? 'declined' : 'declined for good'
    case 'open':
      return state === 'proposed' ? 'asked' : 'missed'
  }
}
