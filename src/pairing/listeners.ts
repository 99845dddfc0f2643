/** The buttons and menus of check-ins. */
import type { App } from '@slack/bolt'
import { inWorkspace } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { type Click, createOnButton } from '../workspace/button-listeners.ts'
import * as answering from './answering.ts'
import * as answers from './answers.ts'
import type { MeetingOutcome } from './pairing-store.ts'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A button's value as `word id`, or the id alone; an id that is none finds nothing. */
export function readValue(value: string): { word: string; pairingId: string } {
  const [first = '', second] = value.split(' ')
  const pairingId = second ?? first
  return {
    word: second === undefined ? '' : first,
    pairingId: ID.test(pairingId) ? pairingId : '00000000-0000-0000-0000-000000000000',
  }
}

export function register(app: App, platform: Platform): void {
  const onButton = createOnButton(app, platform)
  const { db } = platform
  const by = (click: Click) => ({ pairingId: readValue(click.value).pairingId, member: click.userId })

  // The message itself is drawn anew; only what did not work is said beside it.
  for (const kind of ['accept', 'decline', 'reconsider'] as const) {
    onButton(
      `pairing.${kind}`,
      async (click) =>
        answers.answered(
          await inWorkspace(db, click.workspaceId, (tenant) => answering.answer(tenant, platform, by(click), kind)),
        ),
      'beside',
    )
  }
  const onRemark = (actionId: string, said: (click: Click) => Parameters<typeof answering.remark>[3]) =>
    onButton(
      actionId,
      async (click) =>
        answers.answered(
          await inWorkspace(db, click.workspaceId, (tenant) =>
            answering.remark(tenant, platform, by(click), said(click)),
          ),
        ),
      'beside',
    )
  onRemark('pairing.anyone', ({ value }) => ({ anyone: readValue(value).word === 'on' }))

  const onOutcome = (actionId: string, said: { outcome: MeetingOutcome } | { rating: number }) =>
    onButton(
      actionId,
      async (click) =>
        answers.answered(
          await inWorkspace(db, click.workspaceId, (tenant) =>
            answering.tellOutcome(tenant, platform, by(click), said),
          ),
        ),
      'beside',
    )
  onOutcome('pairing.met', { outcome: 'met' })
  onOutcome('pairing.planned', { outcome: 'planned' })
  onOutcome('pairing.not-yet', { outcome: 'not yet' })
  onOutcome('pairing.will-not', { outcome: 'no' })
  for (const number of [1, 2, 3, 4, 5]) {
    onRemark(`pairing.expect-${number}`, () => ({ expectation: number }))
    onOutcome(`pairing.rate-${number}`, { rating: number })
  }

  onButton(
    'pairing.more',
    async (click) => {
      const choice = readChoice(readValue(click.value).word)
      if (!choice) return answers.chosen('unknown')
      return answers.chosen(
        await inWorkspace(db, click.workspaceId, (tenant) => answering.choose(tenant, platform, by(click), choice)),
      )
    },
    'beside',
  )
  onButton('pairing.come-back', async (click) =>
    answers.cameBack(
      await inWorkspace(db, click.workspaceId, (tenant) => answering.comeBack(tenant, platform, click.userId)),
    ),
  )
}

function readChoice(word: string): Parameters<typeof answering.choose>[3] | null {
  if (word === 'pause' || word === 'leave') return { kind: word }
  const place = /^avoid([01])$/.exec(word)?.[1]
  return place === undefined ? null : { kind: 'avoid', place: Number(place) }
}
