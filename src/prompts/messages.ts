/** What is posted: the prompt, its answers, and what admins hear when something went wrong. */
import type { KnownBlock } from '@slack/types'
import { actions, button, context, overflow, section } from '../platform/blocks.ts'
import { escapeText, gist, headline, quote, readMarkup } from '../platform/markup.ts'
import type { Message } from '../platform/slack.ts'
import { mention } from '../platform/stand-in.ts'
import { type Finding, libraryOf } from './library.ts'
import type { Prompt } from './planning.ts'
import { type Post, type PostWords, TEST_POST } from './post-store.ts'
import type { Kind } from './rotation.ts'

const OPENING: Record<Kind, string> = {
  appreciation: ':sunflower: This week, a thank-you',
  connection: ':sunflower: This week, a small act',
}

/** How others may read a number that was rounded down (workspace/rule-of-five.ts). */
export const tookPart = (shown: number): string => `${shown.toLocaleString('en')} or more people took part.`

/** The prompt as everybody in the channel sees it. */
export function postMessage(post: Pick<Post, 'id' | 'shownCount'> & { words: PostWords }): Message {
  const { id, words, shownCount } = post
  return {
    text: `This week’s prompt: ${gist(words.text)}`,
    blocks: [
      context(OPENING[words.kind]),
      headline(readMarkup(words.text)),
      actions(
        button('prompts.answer', 'Answer', id),
        button('prompts.done', 'Done it', id),
        ...(words.joinButton ? [button('home.join', 'Join check-ins', 'form')] : []),
        overflow('prompts.more', [
          { text: 'Why this works', value: `why ${id}` },
          { text: 'Remove mine', value: `remove ${id}` },
        ]),
      ),
      context(`${shownCount > 0 ? `*${tookPart(shownCount)}* ` : ''}${OPEN_THREAD}`),
    ],
  }
}

const OPEN_THREAD = 'Replies in the thread are welcome; Small Acts does not read or count them.'

/** An answer in the thread, under its writer's name. */
export const threadAnswer = (answer: { member: string; text: string }): Message => ({
  text: `<@${answer.member}>: ${gist(answer.text)}`,
  blocks: [section(`<@${answer.member}>`), quote(readMarkup(answer.text))],
})

/** An answer that is for one person alone. `first` tells how to stop such messages. */
export const privateAnswer = (answer: { member: string; text: string }, prompt: string, first: boolean): Message => ({
  text: `<@${answer.member}> answered this week’s prompt, for you: ${gist(answer.text)}`,
  blocks: [
    section(`:sunflower: <@${answer.member}> answered this week’s prompt, for you alone.`),
    quote(readMarkup(answer.text)),
    context(`The prompt was: ${gist(prompt)}`),
    ...(first ? [context('Small Acts brings you what coworkers want to tell you, and nothing else.')] : []),
    actions(button('kudos.notes-off', 'Stop these notes', 'off')),
  ],
})

/** To the writer of an answer that could not be brought where it belongs. */
export const notBrought = (answer: { toMember: string | null; text: string }, channel: string): Message => {
  const where = answer.toMember
    ? `Your answer to the weekly prompt could not be brought to ${mention(answer.toMember)}. A message of your own reaches them:`
    : `Your answer to the weekly prompt could not be shown in <#${channel}>: the prompt is not there any more. This is what you wrote:`
  return { text: where, blocks: [section(where), quote(readMarkup(answer.text))] }
}

/** A finding for each kind of prompt that a workspace wrote itself. */
const USUAL_FINDING: Record<Kind, string> = { appreciation: 'others', connection: 'reaching-out' }

/** The finding a prompt rests on, and where it comes from. */
export function why({ promptId, kind, language }: Pick<PostWords, 'promptId' | 'kind' | 'language'>): Message {
  const { prompts, findings } = libraryOf(language)
  const finding = findings.get(prompts.get(promptId)?.finding ?? USUAL_FINDING[kind]) as Finding
  const line = `*Why this works:* ${escapeText(finding.line)}`
  return { text: line, blocks: [section(line), context(escapeText(finding.source))] }
}

/** How many posts a notice lists one by one. */
const LISTED = 20

/** To an admin: prompts that nobody can be sure of, were refused, or had no channel any more. Drawn anew as they are settled. */
export function notice(noticeId: string, posts: Post[]): Message {
  const open = posts.filter(({ state }) => state === 'uncertain' || state === 'failed')
  const title = posts.every(({ state }) => state === 'gone')
    ? 'A weekly prompt has ended'
    : 'Small Acts could not be sure of a weekly prompt'
  const lines = posts.slice(0, LISTED).map((post): KnownBlock => {
    const line = section(noticeLine(post))
    return open.includes(post)
      ? { ...line, accessory: button('prompts.again', 'Post again', `${post.id} ${noticeId}`) }
      : line
  })
  const more = posts.length - LISTED
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      ...lines,
      ...(more > 0 ? [context(`And ${more} more.`)] : []),
      ...(open.length > 1 ? [actions(button('prompts.again-all', 'Post all of them again', noticeId))] : []),
    ],
  }
}

function noticeLine({ channel, state, problem, againBy }: Post): string {
  const by = againBy ? ` ${mention(againBy)} has it posted again.` : ''
  switch (state) {
    case 'uncertain':
      return `<#${channel}>: Slack did not say whether it arrived, so it was not sent a second time. Look there first; you can have it posted again.`
    case 'failed':
      return `<#${channel}>: Slack refused it (${escapeText(problem ?? 'no reason given')}). Once that is mended, you can have it posted again.`
    case 'gone':
      return `<#${channel}>: Small Acts can’t post there any more, so the weekly prompt there has ended. To have it again, invite Small Acts and choose the channel under *Weekly prompt* on the Home tab.`
    case 'posted':
      return `<#${channel}>: it is there.${by}`
    case 'skipped':
      return `<#${channel}>: it was not wanted any more.`
    case 'due':
    case 'claimed':
      return `<#${channel}>: it is on its way.${by}`
  }
}

/** What comes next in a channel, for an admin who wants to see it. */
export function testMessage(channel: string, prompt: Prompt, language: string): Message {
  const { id: promptId, kind, text } = prompt
  const { blocks, ...rest } = postMessage({
    id: TEST_POST,
    shownCount: 0,
    words: { promptId, kind, text, language, joinButton: false },
  })
  const intro = `A test, for you alone: this is what comes next in <#${channel}>. Its buttons do nothing here.`
  return { ...rest, blocks: [section(intro), { type: 'divider' }, ...blocks] }
}
