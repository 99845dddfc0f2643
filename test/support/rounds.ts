import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { instant } from '../../src/platform/platform.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { saveAvoided, saveParticipation } from '../../src/workspace/participation-store.ts'
import type { Rhythm } from '../../src/workspace/settings.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import type { World } from './world.ts'

const ZONE = 'Europe/Berlin'

/** Rounds of check-ins in a world: every Monday at ten, answered until Wednesday at four, everybody on the same clocks. */
export interface Rounds {
  id(name: string): string
  /** Moves the clock to the next such weekday (1 is Monday) and time, and waits until nothing is left to do. */
  goToNext(weekday: number, hour: number, minute?: number): Promise<void>
  goOn(by: { days?: number; hours?: number }): Promise<void>
  joins(...names: string[]): Promise<void>
  /** Of these people, only those of one set are ever brought together, because all others keep apart. */
  onlyWithin(...sets: string[][]): Promise<void>
  /** What the app posted in the group message of these people. */
  groupOf(one: string, ...others: string[]): Promise<SlackMessage[]>
  /** Opens a round of these people alone, on the next Monday; answers with whom each was paired. */
  open(...names: string[]): Promise<Map<string, string[]>>
  /** The latest proposal of somebody that can be answered, or was. */
  proposalOf(name: string): SlackMessage
  /** Uses a button, and waits until everything that follows is done. */
  click(
    name: string,
    action: string,
    message?: SlackMessage,
    chosen?: string,
  ): ReturnType<ReturnType<World['sandbox']['as']>['click']>
  /** The message as it is now. */
  again(name: string, message: SlackMessage): SlackMessage | undefined
  /** `zone` is the workspace's; people stay where they are. */
  settings(rhythm: Partial<Rhythm>, zone?: string): Promise<void>
}

/** What a message says, as JSON. */
export const words = (message: SlackMessage | undefined): string => JSON.stringify(message?.blocks ?? null)

export async function createRounds(world: World): Promise<Rounds> {
  const id = (name: string) => world.sandbox.person(name).id
  const now = () => DateTime.fromMillis(world.clock.now(), { zone: ZONE })
  const goTo = (time: DateTime) => world.moveOn(time.toMillis() - world.clock.now())
  const again = (name: string, message: SlackMessage) =>
    world.sandbox.directMessages(name).find(({ ts }) => ts === message.ts)
  const rounds: Rounds = {
    id,
    again,
    async goToNext(weekday, hour, minute = 1) {
      let day = now().set({ hour, minute, second: 0, millisecond: 0 })
      while (day.weekday !== weekday || day <= now()) day = day.plus({ days: 1 }).set({ hour, minute })
      await goTo(day)
    },
    goOn: (by) => goTo(now().plus(by)),
    joins: (...names) =>
      world.stored(async (tenant) => {
        for (const name of names) await saveParticipation(tenant, id(name), { joined: true }, instant(world.clock))
      }),
    onlyWithin: (...sets) =>
      world.stored(async (tenant) => {
        for (const set of sets)
          for (const name of set) {
            const others = sets.filter((other) => other !== set).flat()
            await saveAvoided(tenant, id(name), others.map(id), instant(world.clock))
          }
      }),
    groupOf: async (one, ...others) =>
      world.sandbox.messages(await world.sandbox.as(one).direct(...others, world.sandbox.app.botUser), { app: true }),
    async open(...names) {
      await world.stored((tenant) => sql`update participation set left_at = now()`.execute(tenant.trx))
      await rounds.joins(...names)
      await rounds.goToNext(1, 10)
      return new Map(
        names.map((name) => {
          const proposal = words(rounds.proposalOf(name))
          return [name, names.filter((other) => other !== name && proposal.includes(`<@${id(other)}>`))]
        }),
      )
    },
    proposalOf: (name) =>
      world.sandbox
        .directMessages(name)
        .filter((message) => /pairing\.(accept|reconsider)/.test(words(message)))
        .at(-1) as SlackMessage,
    async click(name, action, message = rounds.proposalOf(name), chosen = undefined) {
      const seen = await world.sandbox.as(name).click(again(name, message) ?? message, action, chosen)
      await world.settled()
      return seen
    },
    settings: (rhythm, zone = ZONE) =>
      world.stored(async (tenant) => {
        const usual: Rhythm = { every: 'week', weekday: 1, time: '10:00', answerHours: 48, ...rhythm }
        await saveSettings(tenant, { 'workspace.zone': zone, 'check-ins.rhythm': usual }, null, new Date())
      }),
  }
  await rounds.settings({})
  await world.stored((tenant) => sql`update member set tz = ${ZONE}, version = 9999999999`.execute(tenant.trx))
  await rounds.goToNext(7, 12)
  return rounds
}
