/** An appreciation becomes a kudos, when its writer says so. */
import type { GiveOutcome } from '../kudos/decision.ts'
import { giveWithin } from '../kudos/giving.ts'
import type { Tenant } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { type Answer, holdAnswer, settleAnswer } from './answer-store.ts'
import { findPost } from './post-store.ts'

/** Whom an answer could thank; nobody where it is no appreciation, or was made a kudos already. */
export function thankable(answer: Answer, kind: string): string[] {
  if (kind !== 'appreciation' || answer.kudosId || answer.isRemoved) return []
  return [...new Set([...answer.about, ...(answer.toMember ? [answer.toMember] : [])])].filter(
    (id) => id !== answer.member,
  )
}

export type KudosOutcome = GiveOutcome | { kind: 'gone' | 'given before' }

/** Gives the kudos, once: public where the answer is, private where that is. */
export async function makeKudos(
  tenant: Tenant,
  platform: Platform,
  request: { answerId: string; giver: string; app: string; responseUrl: string | null },
): Promise<KudosOutcome> {
  const answer = await holdAnswer(tenant, request.answerId)
  if (answer?.member !== request.giver || answer.isRemoved) return { kind: 'gone' }
  if (answer.kudosId) return { kind: 'given before' }
  const post = await findPost(tenant, answer.postId)
  const people = thankable(answer, post?.words?.kind ?? '')
  if (!post || people.length === 0) return { kind: 'gone' }
  const outcome = await giveWithin(tenant, platform, {
    request: `prompt answer ${answer.id}`,
    giver: answer.member,
    app: request.app,
    people,
    groups: [],
    reason: answer.text,
    isPrivate: answer.toMember !== null,
    value: null,
    passedOnFrom: null,
    channel: post.channel,
    threadTs: null,
    about: answer.place && answer.place.channel === post.channel ? answer.place : null,
    responseUrl: request.responseUrl,
    lookedUp: false,
    wholly: false,
    again: true,
  })
  if (outcome.kind === 'given') await settleAnswer(tenant, answer.id, { state: answer.state, kudosId: outcome.kudosId })
  return outcome
}
