/**
 * The ticket of one installation, OAuth's "state": given to a browser before it goes to Slack, and wanted back from it.
 * It is signed, so that giving one out stores nothing; which ones have come back is stored.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Ticket {
  id: string
  expiresAt: Date
}

/** How long somebody may look at Slack's page. */
export const TICKET_MINUTES = 10

const sign = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest()

/** `id` is one that nobody can guess. */
export function writeTicket(secret: string, id: string, now: Date): string {
  const text = `${id}.${now.getTime() + TICKET_MINUTES * 60_000}`
  return `${text}.${sign(secret, text).toString('base64url')}`
}

/** A ticket of ours that is still good; null for anything else. */
export function readTicket(secret: string, text: string, now: Date): Ticket | null {
  const [, id, expires, signature] = /^([\w-]{16,80})\.(\d{13})\.([\w-]{43})$/.exec(text) ?? []
  if (id === undefined || expires === undefined || signature === undefined) return null
  if (!timingSafeEqual(sign(secret, `${id}.${expires}`), Buffer.from(signature, 'base64url'))) return null
  const expiresAt = new Date(Number(expires))
  return expiresAt > now ? { id, expiresAt } : null
}
