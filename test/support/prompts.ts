import { instant } from '../../src/platform/platform.ts'
import { savePlan, usualPlan } from '../../src/prompts/admin-acts.ts'
import { CHANNEL_LIST } from '../../src/prompts/channel-forms.ts'
import { deleteChannel, findChannel, listChannels } from '../../src/prompts/channel-store.ts'
import type { ChannelPlan } from '../../src/prompts/planning.ts'
import type { Post } from '../../src/prompts/post-store.ts'
import { findPostOfWeek } from '../../src/prompts/post-store.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { saveChannel } from '../../src/workspace/channel-store.ts'
import { eventually } from './eventually.ts'
import type { World } from './world.ts'

/** The weekly prompt of a world's channels. */
export interface Prompts {
  /** Gives a channel its weekly prompt, as an admin does. */
  plan(channel: string, over?: Partial<ChannelPlan>): Promise<void>
  /** Lets time pass until a channel's prompt has just become due, and has been dealt with. Answers with its week. */
  untilDue(channel: string, seconds?: number): Promise<string>
  /** A channel's post of a week. */
  post(channel: string, week: string): Promise<Post | null>
  /** The prompts that stand in a channel, oldest first. */
  posted(channel: string): SlackMessage[]
  next(channel: string): ReturnType<typeof findChannel>
  /** A new channel with the app and everybody in it, and a weekly prompt; its name. */
  channel(over?: Partial<ChannelPlan>): Promise<string>
  /** Has an admin open the list of channels from Home. */
  openList(name: string): Promise<void>
  /** No channel has a prompt any more. */
  endAll(): Promise<void>
}

export function promptsOf(world: World): Prompts {
  const { sandbox } = world
  const id = (channel: string) => sandbox.channel(channel).id
  const admin = sandbox.person('margit').id
  const next = (channel: string) => world.stored((tenant) => findChannel(tenant, id(channel)))
  let made = 0
  const prompts: Prompts = {
    next,
    async channel(over = {}) {
      made += 1
      const name = `room-${made}`
      const members = ['margit', 'jonah', 'ann', 'kofi', 'noor', 'mei', 'lena', 'bram', 'aisha'].map(
        (person) => sandbox.person(person).id,
      )
      const { id: channel } = sandbox.addChannel({ name, members: [...members, sandbox.app.botUser] })
      await world.stored((tenant) => saveChannel(tenant, { id: channel, isShared: false, isArchived: false }))
      await prompts.plan(`#${name}`, over)
      return `#${name}`
    },
    async openList(name) {
      await sandbox.as(name).openHome()
      await world.homeOf(name, 'settings.prompts')
      // The checklist may have such a button as well.
      const block = sandbox
        .home(name)
        ?.view.blocks.findLast((one) => JSON.stringify(one).includes('"settings.prompts"'))
      await sandbox.as(name).click('home', 'settings.prompts', undefined, block?.block_id)
      await eventually(`the list of channels of ${name}`, () => sandbox.view(name)?.view.callback_id === CHANNEL_LIST)
    },
    endAll: () =>
      world.stored(async (tenant) => {
        for (const { channel } of await listChannels(tenant, { limit: 500, offset: 0 }))
          await deleteChannel(tenant, channel)
      }),
    plan: (channel, over = {}) =>
      world.stored(async (tenant) => {
        const plan = { ...(await usualPlan(tenant)), channel: id(channel), ...over }
        const outcome = await savePlan(tenant, plan, admin, instant(world.clock))
        if (outcome !== 'saved') throw new Error(outcome)
      }),
    async untilDue(channel, seconds = 1) {
      const due = (await next(channel))?.due
      if (!due) throw new Error(`${channel} has no prompt to come`)
      await world.pass({ seconds: (due.at.getTime() - world.clock.now()) / 1_000 + seconds })
      return due.week
    },
    post: (channel, week) => world.stored((tenant) => findPostOfWeek(tenant, id(channel), week)),
    posted: (channel) =>
      sandbox
        .messages(channel, { app: true })
        .filter(({ text, threadTs }) => text.startsWith('This week’s') && !threadTs),
  }
  return prompts
}
