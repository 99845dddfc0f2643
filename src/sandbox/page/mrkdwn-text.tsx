import type { TextObject } from '@slack/types'
import { useMemo } from 'react'
import { withEmoji } from './emoji.ts'
import { BroadcastMention, ChannelMention, GroupMention, UserMention } from './mention.tsx'
import { type Inline, type Paragraph, parseMrkdwn } from './mrkdwn.ts'
import { TextLink } from './text-link.tsx'
import { slackDate } from './time.ts'
import { useWorkspace } from './workspace.ts'

/** A text in Slack's mrkdwn. */
export function MrkdwnText({ text }: { text: string }) {
  const paragraphs = useMemo(() => parseMrkdwn(text), [text])
  return (
    <div className="mrkdwn">
      {/* biome-ignore-start lint/suspicious/noArrayIndexKey: parts of one text have no other identity */}
      {paragraphs.map((paragraph, index) => (
        <ParagraphOf key={index} paragraph={paragraph} />
      ))}
      {/* biome-ignore-end lint/suspicious/noArrayIndexKey: parts of one text have no other identity */}
    </div>
  )
}

/** A text object of either type. */
export function TextOf({ text }: { text: TextObject }) {
  if (text.type === 'mrkdwn') return <MrkdwnText text={text.text} />
  return <div className="mrkdwn plain">{plain(text)}</div>
}

/** What a plain_text says. */
export function plain(text: TextObject): string {
  return text.type === 'plain_text' && text.emoji === false ? text.text : withEmoji(text.text)
}

function ParagraphOf({ paragraph }: { paragraph: Paragraph }) {
  if (paragraph.kind === 'preformatted') return <pre>{paragraph.text}</pre>
  const content = <Inlines inlines={paragraph.children} />
  return paragraph.kind === 'quote' ? <blockquote>{content}</blockquote> : <p>{content}</p>
}

function Inlines({ inlines }: { inlines: Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity
  return inlines.map((inline, index) => <InlineOf key={index} inline={inline} />)
}

function InlineOf({ inline }: { inline: Inline }) {
  const { viewer, now } = useWorkspace()
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'code':
      return <code>{inline.text}</code>
    case 'bold':
      return (
        <strong>
          <Inlines inlines={inline.children} />
        </strong>
      )
    case 'italic':
      return (
        <em>
          <Inlines inlines={inline.children} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <Inlines inlines={inline.children} />
        </s>
      )
    case 'user':
      return <UserMention id={inline.id} label={inline.label} />
    case 'channel':
      return <ChannelMention id={inline.id} label={inline.label} />
    case 'group':
      return <GroupMention id={inline.id} label={inline.label} />
    case 'broadcast':
      return <BroadcastMention range={inline.range} />
    case 'link':
      return <TextLink href={inline.href}>{inline.label || inline.href}</TextLink>
    case 'date': {
      const text = slackDate(inline.seconds, inline.format, inline.fallback, viewer.tz, now())
      return inline.href ? <TextLink href={inline.href}>{text}</TextLink> : <time>{text}</time>
    }
  }
}
