import type { World } from './world.ts'

/** What Slack said last when this person used that button; null for a form they sent in. To be changed, and said again. */
// biome-ignore lint/suspicious/noExplicitAny: a payload is changed wherever a test likes
export function deliveryOf(world: World, action: string | null, person: string): any {
  const delivery = world.sandbox.deliveries.findLast(
    ({ kind, name, body }) => body.includes(person) && (action === null ? kind === 'view_submission' : name === action),
  )
  if (!delivery) throw new Error(`${person} has not used ${action ?? 'a form'} yet`)
  return JSON.parse(new URLSearchParams(delivery.body).get('payload') ?? '')
}
