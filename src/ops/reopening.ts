/** Before a job that was given up can do anything again, the ledger has to want it again. */
import * as digests from '../digest/delivery-store.ts'
import { POST as DIGEST } from '../digest/posting-jobs.ts'
import { reopenDeliveries } from '../kudos/delivery-store.ts'
import { DELIVER } from '../kudos/entering.ts'
import { reopenMessage } from '../pairing/message-store.ts'
import { SEND } from '../pairing/naming.ts'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import { BRING } from '../prompts/acts.ts'
import { reopenAnswer } from '../prompts/answer-store.ts'
import { POST as PROMPT } from '../prompts/due.ts'
import { movePost } from '../prompts/post-store.ts'

/**
 * What a job is about that Slack refused, or that was given up, is due once more. What may have been posted all the same is left
 * alone: a prompt or digest that nobody can vouch for is for an admin to decide about. Data of another shape is nobody's.
 */
export async function reopen(tenant: Tenant, queue: string, data: Record<string, unknown>): Promise<void> {
  const idOf = (value: unknown) => (typeof value === 'string' && isNaturalId(value) ? value : null)
  const one = (field: string, work: (id: string) => Promise<unknown>) => {
    const id = idOf(data[field])
    return id === null ? undefined : work(id)
  }
  switch (queue) {
    case DELIVER: {
      const ids = Array.isArray(data.deliveries) ? data.deliveries.flatMap((id) => idOf(id) ?? []) : []
      return await reopenDeliveries(tenant, ids)
    }
    case SEND:
      return void (await one('messageId', (id) => reopenMessage(tenant, id)))
    case BRING:
      return void (await one('answerId', (id) => reopenAnswer(tenant, id)))
    case PROMPT:
      return void (await one('postId', (id) => movePost(tenant, id, ['failed'], { state: 'due' })))
    case DIGEST:
      return void (await one('deliveryId', (id) => digests.reopen(tenant, id)))
  }
}
