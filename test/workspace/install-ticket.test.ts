import { expect, it } from 'vitest'
import { readTicket, TICKET_MINUTES, writeTicket } from '../../src/workspace/install-ticket.ts'

const NOW = new Date('2026-03-02T10:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const SECRET = 'a secret of thirty-two characters'
const ID = 'nobody-can-guess-this'

it('is good until its time is over, and under its secret alone', () => {
  const ticket = writeTicket(SECRET, ID, NOW)
  expect(readTicket(SECRET, ticket, NOW)).toEqual({ id: ID, expiresAt: later(TICKET_MINUTES) })
  expect(readTicket(SECRET, ticket, new Date(later(TICKET_MINUTES).getTime() - 1))).not.toBeNull()
  expect(readTicket(SECRET, ticket, later(TICKET_MINUTES))).toBeNull()
  expect(readTicket('another secret, as long as that one', ticket, NOW)).toBeNull()
})

it('is nothing once any of it was changed', () => {
  const ticket = writeTicket(SECRET, ID, NOW)
  for (let at = 0; at < ticket.length; at += 1) {
    // The last letter has two bits to spare, which say nothing.
    if (at === ticket.length - 1) continue
    const changed = ticket.slice(0, at) + (ticket[at] === 'x' ? 'y' : 'x') + ticket.slice(at + 1)
    expect(readTicket(SECRET, changed, NOW), changed).toBeNull()
  }
  for (const text of ['', 'x', '.', '..', `${ticket}x`, ticket.slice(0, -1), ticket.repeat(2)]) {
    expect(readTicket(SECRET, text, NOW)).toBeNull()
  }
})
