/** What each button of a check-in does, and says when it could not: the same in a message and on the Home tab. */
import type { Tenant } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { Message } from '../platform/slack.ts'
import type { Click } from '../workspace/button-listeners.ts'
import * as answering from './answering.ts'
import { answered, chosen } from './answers.ts'
import type { MeetingOutcome } from './pairing-store.ts'

/** Null when what it changed shows by itself. */
type Act = (tenant: Tenant, platform: Platform, click: Click) => Promise<Message | null>

/** A button's value: a pairing's id, or a word and the id. */
export function readValue(value: string): { word: string; pairingId: string } {
  const [first = '', second] = value.split(' ')
  return second === undefined ? { word: '', pairingId: first } : { word: first, pairingId: second }
}

const by = ({ value, userId }: Click) => ({ pairingId: readValue(value).pairingId, member: userId })

const answer =
  (kind: 'accept' | 'decline' | 'reconsider'): Act =>
  async (tenant, platform, click) =>
    answered(await answering.answer(tenant, platform, by(click), kind))

const outcome =
  (said: { outcome: MeetingOutcome } | { rating: number }): Act =>
  async (tenant, platform, click) =>
    answered(await answering.tellOutcome(tenant, platform, by(click), said))

const expectation =
  (value: number): Act =>
  async (tenant, platform, click) =>
    answered(await answering.remark(tenant, platform, by(click), { expectation: value }))

const SCALE = [1, 2, 3, 4, 5]
const scale = (action: string, act: (value: number) => Act) =>
  Object.fromEntries(SCALE.map((value) => [`${action}-${value}`, act(value)]))

export const CLICKS: Record<string, Act> = {
  'pairing.accept': answer('accept'),
  'pairing.decline': answer('decline'),
  'pairing.reconsider': answer('reconsider'),
  async 'pairing.anyone'(tenant, platform, click) {
    const anyone = readValue(click.value).word === 'on'
    return answered(await answering.remark(tenant, platform, by(click), { anyone }))
  },
  async 'pairing.more'(tenant, platform, click) {
    const choice = readChoice(readValue(click.value).word)
    return chosen(choice ? await answering.choose(tenant, platform, by(click), choice) : 'unknown')
  },
  'pairing.met': outcome({ outcome: 'met' }),
  'pairing.planned': outcome({ outcome: 'planned' }),
  'pairing.not-yet': outcome({ outcome: 'not yet' }),
  'pairing.will-not': outcome({ outcome: 'no' }),
  ...scale('pairing.expect', expectation),
  ...scale('pairing.rate', (rating) => outcome({ rating })),
}

function readChoice(word: string): Parameters<typeof answering.choose>[3] | null {
  if (word === 'pause' || word === 'leave') return { kind: word }
  const place = /^avoid([01])$/.exec(word)?.[1]
  return place === undefined ? null : { kind: 'avoid', place: Number(place) }
}
