import { naturalId } from '../../src/platform/natural-key.ts'
import * as answers from '../../src/prompts/answer-store.ts'
import * as channels from '../../src/prompts/channel-store.ts'
import * as drawing from '../../src/prompts/drawing-store.ts'
import * as notices from '../../src/prompts/notice-store.ts'
import * as own from '../../src/prompts/own-store.ts'
import * as posts from '../../src/prompts/post-store.ts'
import { idOf, NOW } from './sizes-scale.ts'
import { type Store, storeCalls } from './sizes-store.ts'

/** Last week's in channel 30, and who answered it. */
const POST = idOf('post', '30 1')
const ANSWER = idOf('answer', '30 1 0')
const ANN = `U${30 * 131 + 17}`
const DUE = idOf('post', '3 0')
const NOTICE = idOf('notice', 0)
/** As many as are planned at once. */
const CHANNELS = Array.from({ length: 200 }, (_, index) => `C${index}`)
const OWN = { id: idOf('own', 1), kind: 'connection' as const, text: 'What did you learn?' }
const NEXT = {
  due: { at: NOW, week: '2026-W41' },
  choice: { id: 'p1', kind: 'connection' as const, cycle: 2 },
}

export const STORES_OF_PROMPTS: Record<string, Store> = {
  'prompts/answer-store.ts': storeCalls(answers, {
    insertAnswer: (tenant) =>
      answers.insertAnswer(
        tenant,
        { id: naturalId('answer', '1'), postId: POST, member: 'U1', toMember: null, about: ['U2'], text: 'U2 did.' },
        NOW,
      ),
    findAnswer: (tenant) => answers.findAnswer(tenant, ANSWER),
    holdAnswer: (tenant) => answers.holdAnswer(tenant, ANSWER),
    findAnswerOf: (tenant) => answers.findAnswerOf(tenant, POST, ANN),
    settleAnswer: (tenant) => answers.settleAnswer(tenant, ANSWER, { state: 'sent' }),
    reopenAnswer: (tenant) => answers.reopenAnswer(tenant, ANSWER),
    removeAnswer: (tenant) => answers.removeAnswer(tenant, POST, ANN, NOW),
    insertDone: (tenant) => answers.insertDone(tenant, POST, 'U1', NOW),
    removeDone: (tenant) => answers.removeDone(tenant, POST, ANN),
    countTakingPart: (tenant) => answers.countTakingPart(tenant, POST),
  }),
  'prompts/channel-store.ts': storeCalls(channels, {
    listChannels: (tenant) => channels.listChannels(tenant, { limit: 500, offset: 0 }),
    countChannels: channels.countChannels,
    findChannel: [
      (tenant) => channels.findChannel(tenant, 'C30'),
      (tenant) => channels.findChannel(tenant, 'C30', true),
    ],
    holdDueChannels: (tenant) => channels.holdDueChannels(tenant, NOW, 500),
    forgetChoices: [
      (tenant) => channels.forgetChoices(tenant, { promptId: 'p30' }),
      (tenant) => channels.forgetChoices(tenant, { own: 'first' }),
    ],
    saveChannelPlan: (tenant) =>
      channels.saveChannelPlan(tenant, {
        channel: 'C30',
        weekday: 2,
        time: '11:00',
        zone: 'UTC',
        kinds: 'alternating',
        own: 'mixed',
        language: 'en',
        joinButton: true,
        skippedWeeks: [],
      }),
    saveNext: (tenant) =>
      channels.saveNext(
        tenant,
        CHANNELS.map((channel) => ({ channel, next: NEXT, passedOver: [] })),
      ),
    deleteChannel: (tenant) => channels.deleteChannel(tenant, 'C30'),
  }),
  'prompts/drawing-store.ts': storeCalls(drawing, {
    markStale: (tenant) => drawing.markStale(tenant, POST),
    listStale: (tenant) => drawing.listStale(tenant, 30),
    markLookedAt: (tenant) => drawing.markLookedAt(tenant, POST, NOW),
    saveShownCount: (tenant) => drawing.saveShownCount(tenant, POST, 15),
  }),
  'prompts/notice-store.ts': storeCalls(notices, {
    gatherUntold: (tenant) => notices.gatherUntold(tenant, naturalId('notice', '1')),
    listNoticed: (tenant) => notices.listNoticed(tenant, NOTICE),
  }),
  'prompts/own-store.ts': storeCalls(own, {
    listOwn: own.listOwn,
    insertOwn: (tenant) => own.insertOwn(tenant, { ...OWN, id: naturalId('own', '1') }, 'U0', NOW),
    updateOwn: (tenant) => own.updateOwn(tenant, OWN),
    retireOwn: (tenant) => own.retireOwn(tenant, OWN.id, NOW),
  }),
  'prompts/post-store.ts': storeCalls(
    posts,
    {
      insertPosts: (tenant) =>
        posts.insertPosts(
          tenant,
          CHANNELS.map((channel) => ({
            id: naturalId('post', channel),
            channel,
            week: '2026-W41',
            dueAt: NOW,
            words: { promptId: 'p1', kind: 'connection', text: 'Who?', language: 'en', joinButton: true, cycle: 1 },
            problem: null,
          })),
        ),
      findPost: (tenant) => posts.findPost(tenant, POST),
      findPostOfWeek: (tenant) => posts.findPostOfWeek(tenant, 'C30', '2026-W30'),
      listDue: (tenant) => posts.listDue(tenant, 500),
      movePost: (tenant) => posts.movePost(tenant, DUE, ['due'], { state: 'claimed' }),
      markAgain: (tenant) => posts.markAgain(tenant, idOf('post', '6 0'), 'U0'),
      readUsed: (tenant) => posts.readUsed(tenant, CHANNELS, 800),
      readJoinButtons: (tenant) => posts.readJoinButtons(tenant, CHANNELS, new Date(NOW.getTime() - 31 * 86_400_000)),
    },
    ['toPost'],
  ),
}
