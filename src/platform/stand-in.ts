/**
 * Who was erased and is still needed by other people's history. One for each erasure: made by chance, written down nowhere
 * beside who it was, so that it leads back to nobody.
 */
import { freshSeed } from './random.ts'

const PREFIX = 'gone-'

/** A new one. No id of Slack's looks like it. */
export const newStandIn = (): string => `${PREFIX}${freshSeed().slice(0, 24)}`

export const isStandIn = (id: string): boolean => id.startsWith(PREFIX)

/** A person as Slack draws them, <@U1>, or "somebody" for a stand-in. */
export const mention = (id: string): string => (isStandIn(id) ? 'somebody' : `<@${id}>`)

/** At the beginning of a sentence. */
export const mentionFirst = (id: string): string => (isStandIn(id) ? 'Somebody' : `<@${id}>`)
