import type { KnownBlock } from '@slack/types'
import { type ComponentProps, useMemo } from 'react'
import { Message } from 'slack-blocks-to-jsx'
import { emojiNamed } from './emoji.ts'
import { BroadcastMention, ChannelMention, GroupMention, UserMention } from './mention.tsx'
import { TextLink } from './text-link.tsx'
import { slackDate } from './time.ts'
import { useWorkspace } from './workspace.ts'

type LibraryProps = ComponentProps<typeof Message>

/** A block without anything to click that slack-blocks-to-jsx draws: rich text, tables, markdown, images, charts. */
export function LibraryBlock({ block }: { block: KnownBlock }) {
  const { viewer, now } = useWorkspace()
  const hooks = useMemo<LibraryProps['hooks']>(
    () => ({
      user: ({ id }) => <UserMention id={id} />,
      channel: ({ id }) => <ChannelMention id={id} />,
      usergroup: ({ id }) => <GroupMention id={id} />,
      atHere: () => <BroadcastMention range="here" />,
      atChannel: () => <BroadcastMention range="channel" />,
      atEveryone: () => <BroadcastMention range="everyone" />,
      emoji: (emoji, parse) => emojiNamed(emoji.name) ?? parse(emoji),
      date: ({ timestamp, format, fallback }) => slackDate(Number(timestamp), format, fallback, viewer.tz, now()),
      link: ({ href, children }) => <TextLink href={href}>{children}</TextLink>,
    }),
    [viewer.tz, now],
  )
  return (
    <Message withoutWrapper blocks={[block] as unknown as LibraryProps['blocks']} name="" logo="" hooks={hooks ?? {}} />
  )
}
