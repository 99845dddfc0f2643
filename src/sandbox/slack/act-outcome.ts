import type { ActResult } from '../contract.ts'
import type { Delivery } from './app-link.ts'
import type { SlackMessage } from './state.ts'

/** What came of something a person did. */
export interface ActOutcome extends ActResult {
  /** What the app was asked and how it answered; null when it wasn't asked. */
  delivery: Delivery | null
  /** The message the person wrote, or the one that showed the command's answer. */
  message?: SlackMessage
  /** What a modal says at its inputs after a submission; empty when there is nothing to mend. */
  errors?: Record<string, string>
}

export const done = (delivery: Delivery | null = null): ActOutcome => ({ ok: true, delivery })

/** What came of asking the app, where nothing but its ack matters. */
export function outcomeOf(appName: string, delivery: Delivery): ActOutcome {
  if (isAcked(delivery)) return done(delivery)
  const why =
    delivery.failure === 'timeout' ? 'operation_timeout' : `dispatch_failed, status ${delivery.status ?? 'none'}`
  return { ok: false, error: `${appName} did not take that (${why}). Try again.`, delivery }
}

/** True when the app answered in time, and with 200. */
export const isAcked = ({ status }: Delivery): boolean => status === 200
