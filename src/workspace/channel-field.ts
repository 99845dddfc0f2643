/** A field of one channel in an admin's form: choosing one is told at once, and said under the field what is found about it. */
import type { InputBlock, KnownBlock } from '@slack/types'
import { context, input } from '../platform/blocks.ts'
import type { ChannelStanding } from './channels.ts'

/** Its block_id and action_id. */
export const CHANNEL = 'channel'

/** What was found about a channel that was just chosen. */
export interface Found {
  channel: string
  standing: ChannelStanding
}

export const channelField = (
  label: string,
  chosen: string | null,
  { hint, optional }: { hint?: string; optional: boolean },
): InputBlock => ({
  ...input(
    label,
    CHANNEL,
    { type: 'channels_select', ...(chosen ? { initial_channel: chosen } : {}) },
    { optional, ...(hint ? { hint } : {}) },
  ),
  dispatch_action: true,
})

/** Under the field, of a channel that the app can't post in. */
export const NOT_THERE =
  'Small Acts has to be in that channel, which must be public and of this workspace alone. Write /invite @Small Acts there, then save again.'

/** The blocks of a form with what was found under the field. */
export const withFound = (blocks: KnownBlock[], found: Found | null): KnownBlock[] =>
  blocks.flatMap((block) => (found && block.block_id === CHANNEL ? [block, context(foundText(found))] : [block]))

const foundText = ({ channel, standing }: Found): string =>
  ({
    open: `:white_check_mark: Small Acts is in <#${channel}>.`,
    'not in it': `:warning: Small Acts is not in <#${channel}> yet. Write \`/invite @Small Acts\` there, then save.`,
    shared: `:warning: Another organisation reads along in <#${channel}>. Choose a channel of this workspace alone.`,
    archived: `:warning: <#${channel}> is archived. Choose another channel.`,
  })[standing]
