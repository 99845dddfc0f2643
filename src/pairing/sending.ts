/** Handing what is to be posted to the queue: each row of the ledger once for each time it is due. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { Platform } from '../platform/platform.ts'
import { type CheckInMessage, insertMessages, type NewMessage } from './message-store.ts'
import { type MessageJob, SEND } from './naming.ts'

/** Adds to what is to be posted; what is due goes out as soon as the transaction is stored. */
export async function sendMessages(
  tenant: Tenant,
  platform: Pick<Platform, 'queue'>,
  messages: NewMessage[],
  now: Date,
): Promise<void> {
  const added = await insertMessages(tenant, messages)
  await enqueue(
    tenant,
    platform,
    added.filter(({ dueAt }) => dueAt <= now),
  )
}

/** Has messages posted that are due. */
export async function enqueue(
  tenant: Tenant,
  { queue }: Pick<Platform, 'queue'>,
  messages: Pick<CheckInMessage, 'id' | 'dueAt'>[],
): Promise<void> {
  if (messages.length === 0) return
  const { workspaceId } = tenant
  const jobs = messages.map(({ id: messageId, dueAt }) => {
    const data: MessageJob = { workspaceId, messageId }
    // One that was put off is a job of its own.
    return { id: naturalId(SEND, messageId, dueAt.toISOString()), data }
  })
  await queue.enqueue(tenant, SEND, jobs)
}
