import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, hasWords, typedMarkup } from '../../src/platform/markup.ts'
import { type Message, type Modal, modalView } from '../../src/platform/slack.ts'
import { answerForm, readAnswerForm, standingAnswer } from '../../src/prompts/answer-forms.ts'
import type { Answer } from '../../src/prompts/answer-store.ts'
import { channelForm, channelList, readChannelForm } from '../../src/prompts/channel-forms.ts'
import { LANGUAGES, libraryOf } from '../../src/prompts/library.ts'
import * as messages from '../../src/prompts/messages.ts'
import { ownForm, ownList, ownPreview, readOwnForm, readOwnPreview } from '../../src/prompts/own-forms.ts'
import type { ChannelPlan, Prompt } from '../../src/prompts/planning.ts'
import type { Post, PostState } from '../../src/prompts/post-store.ts'
import { checkMessageBlocks, checkView } from '../../src/sandbox/slack/block-kit/check.ts'
import { answerModal } from '../../src/workspace/messages.ts'

const NOW = new Date('2026-03-02T09:00:00Z')
const ID = '5d0c5c8e-6d1f-5c4e-9d0e-2f7f0f3c1a11'
const words = (most: number) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: most }),
      fc.string({ unit: fc.constantFrom('&', '<', '>', '"', '*', '\n', 'a', ' '), minLength: 1, maxLength: most }),
    )
    .map((text) => text.slice(0, most))
    .filter((text) => hasWords(typedMarkup(clean(text))))
const markup = (most: number) => words(most).map((text) => typedMarkup(clean(text)))

const aPost = (over: Partial<Post> = {}): Post & { words: NonNullable<Post['words']> } => ({
  id: ID,
  channel: 'C01GENERAL',
  week: '2026-W10',
  dueAt: NOW,
  state: 'posted',
  attempt: 1,
  againBy: null,
  place: { channel: 'C01GENERAL', ts: '1.000001' },
  problem: null,
  shownCount: 0,
  ...over,
  words: over.words ?? { promptId: 'quiet-fix', kind: 'appreciation', text: 'Who?', language: 'en', joinButton: true },
})
const anAnswer = (over: Partial<Answer> = {}): Answer => ({
  id: ID,
  postId: ID,
  member: 'U01ANN',
  toMember: null,
  about: [],
  text: 'Thank you',
  isRemoved: false,
  state: 'sent',
  place: null,
  kudosId: null,
  ...over,
})
const aPlan: ChannelPlan = {
  channel: 'C01GENERAL',
  weekday: 1,
  time: '10:00',
  zone: 'Europe/Berlin',
  kinds: 'alternating',
  own: 'first',
  language: 'en',
  joinButton: false,
  skippedWeeks: ['2026-W10', '2020-W01'],
}
const field = (name: string, value: object) => ({ [name]: { [name]: value } })
const takes = (message: Message) => {
  expect(checkMessageBlocks(message.blocks)).toEqual([])
  expect(message.text.trim()).not.toBe('')
}
const opens = (modal: Modal) => expect(checkView(modalView(modal), 'modal')).toEqual([])

describe('what is said is something Slack takes', () => {
  it('whatever somebody wrote', () => {
    fc.assert(
      fc.property(markup(1_000), markup(500), (text, prompt) => {
        const post = aPost({ shownCount: 45, words: { ...aPost().words, text: prompt } })
        const toMember = 'U02KOFI'
        takes(messages.postMessage(post))
        takes(messages.threadAnswer(anAnswer({ text })))
        takes(messages.privateAnswer(anAnswer({ text, toMember }), prompt, true))
        takes(messages.notBrought(anAnswer({ text, toMember }), 'C01GENERAL'))
        const shown = standingAnswer(anAnswer({ text }), post, ['U02KOFI', 'U03MEI'])
        takes(shown)
        opens(answerModal(shown))
        opens(answerForm(post))
        opens(ownPreview({ id: ID, kind: 'connection', text: prompt }))
        opens(ownForm({ id: ID, kind: 'connection', text: prompt }))
      }),
      { numRuns: 300 },
    )
  })

  it('for every prompt of the library', () => {
    for (const language of LANGUAGES) {
      for (const { id, kind, text } of libraryOf(language).prompts.values()) {
        const said = { promptId: id, kind, text, language, joinButton: true }
        takes(messages.postMessage(aPost({ words: said })))
        takes(messages.why(said))
        takes(messages.testMessage('C01GENERAL', { id, kind, text, isOwn: false }, language))
      }
    }
    expect(messages.why({ promptId: ID, kind: 'connection', language: 'en' }).text).toContain('reluctant to reach out')
  })

  it('however many went wrong', () => {
    const states: PostState[] = ['uncertain', 'failed', 'gone', 'posted', 'due', 'claimed', 'skipped']
    const posts = Array.from({ length: 500 }, (_, n) =>
      aPost({ state: states[n % states.length] ?? 'gone', againBy: 'U01ANN', problem: 'invalid_blocks' }),
    )
    for (const count of [1, 2, 20, 21, 500]) takes(messages.notice(ID, posts.slice(0, count)))
    expect(JSON.stringify(messages.notice(ID, posts.slice(2, 3)))).not.toContain('prompts.again')
    expect(messages.notice(ID, posts.slice(2, 3)).text).toContain('has ended')
  })

  it('however much an admin has chosen', () => {
    const prompt: Prompt = { id: ID, kind: 'connection', text: 'x'.repeat(500), isOwn: true }
    const listed = {
      plan: aPlan,
      due: { at: NOW, week: '2026-W10' },
      choice: { id: ID, kind: prompt.kind, cycle: 1 },
      prompt,
    }
    opens(channelList([], { offset: 0, total: 0, own: 0 }))
    opens(
      channelList(
        Array.from({ length: 10 }, () => listed),
        { offset: 10, total: 500, own: 200 },
      ),
    )
    const zones = Array.from({ length: 100 }, (_, n) => `Zone/${n}`)
    opens(channelForm(aPlan, zones, NOW))
    opens(channelForm({ ...aPlan, channel: null }, [], NOW))
    opens(ownList([], 0))
    opens(
      ownList(
        Array.from({ length: 200 }, () => prompt),
        20,
      ),
    )
    opens(ownForm(null))
  })
})

describe('a form', () => {
  it('of an answer wants words, few enough, and no prompt makes anybody write to nobody', () => {
    expect(readAnswerForm(field('text', { value: ' \u2800\u200b ' }))).toMatchObject({ errors: { text: /Say a word/ } })
    expect(readAnswerForm(field('text', { value: 'x'.repeat(1_001) }))).toMatchObject({ errors: { text: /shorten/ } })
    expect(
      readAnswerForm({ ...field('text', { value: 'a <b> & <!here>' }), ...field('to', { selected_user: 'U1' }) }),
    ).toEqual({
      text: 'a &lt;b&gt; &amp; &lt;!here&gt;',
      about: [],
      toMember: 'U1',
    })
  })

  it('of one’s own prompt comes back from the look at it as it was, and from a change as it was typed', () => {
    fc.assert(
      fc.property(words(500), (text) => {
        const read = readOwnForm(
          { ...field('text', { value: text }), ...field('kind', { selected_option: { value: 'connection' } }) },
          '',
        )
        if ('errors' in read) return expect(Object.keys(read.errors)).toEqual(['text'])
        expect(readOwnPreview(ownPreview(read).metadata ?? '')).toEqual(read)
        const form = JSON.stringify(ownForm({ ...read, id: ID }).blocks)
        expect(form).toContain(JSON.stringify(clean(text)).slice(1, -1))
      }),
    )
    expect(readOwnForm(field('text', { value: 'x'.repeat(501) }), '')).toMatchObject({
      errors: { text: /shorten/, kind: /Choose/ },
    })
  })

  it('of a channel is read as it was filled in, and nothing else is let in', () => {
    const chosen = (name: string, value: string) => field(name, { selected_option: { value } })
    const state = {
      ...field('channel', { selected_channel: 'C01GENERAL' }),
      ...chosen('weekday', '5'),
      ...field('time', { selected_time: '15:30' }),
      ...chosen('zone', 'Asia/Kathmandu'),
      ...chosen('kinds', 'connection'),
      ...chosen('own', 'mixed'),
      ...field('join', { selected_options: [{ value: 'yes' }] }),
      ...field('weeks', { selected_options: [{ value: '2026-W53' }, { value: 'soon' }] }),
    }
    expect(readChannelForm(state, '', 'en')).toEqual({
      channel: 'C01GENERAL',
      weekday: 5,
      time: '15:30',
      zone: 'Asia/Kathmandu',
      kinds: 'connection',
      own: 'mixed',
      language: 'en',
      joinButton: true,
      skippedWeeks: ['2026-W53'],
    })
    expect(readChannelForm(state, 'C02OTHER', 'en')).toMatchObject({ channel: 'C02OTHER' })
    const wrong = [
      field('channel', {}),
      chosen('weekday', '8'),
      field('time', { selected_time: '25:00' }),
      chosen('zone', 'Mars/Olympus'),
    ]
    for (const one of wrong) expect(readChannelForm({ ...state, ...one }, '', 'en')).toHaveProperty('errors')
    for (const one of [chosen('kinds', 'all'), chosen('own', 'never')]) {
      expect(readChannelForm({ ...state, ...one }, '', 'en'), JSON.stringify(one)).toHaveProperty('errors')
    }
  })
})
