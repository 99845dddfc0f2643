import type { Company } from './company.ts'
import { PEOPLE } from './people.ts'

const inTeam = (...names: string[]) => PEOPLE.filter((p) => names.includes(p.team) && !p.kind).map((p) => p.handle)
const everybody = PEOPLE.filter((p) => !p.kind).map((p) => p.handle)

export const GROUPS: Company['groups'] = [
  { handle: 'platform', name: 'Platform', people: inTeam('Platform') },
  { handle: 'product', name: 'Product', people: inTeam('Product') },
  { handle: 'design', name: 'Design', people: inTeam('Design') },
  { handle: 'care', name: 'Customer care', people: inTeam('Customer care') },
  { handle: 'growth', name: 'Growth', people: inTeam('Growth') },
  { handle: 'operations', name: 'Operations', people: inTeam('Operations') },
]

export const CHANNELS: Company['channels'] = [
  {
    name: 'general',
    kind: 'public',
    topic: 'News for everybody at Fernhill',
    people: [...everybody, 'wren'],
    hasApp: true,
    messages: [
      {
        from: 'margit',
        hoursAgo: 51,
        text: 'Good morning from Berlin. The new office plants have names now; please water Gerald on Thursdays.',
      },
      {
        from: 'jonah',
        hoursAgo: 27,
        text: 'We have *Small Acts* with us from today. If somebody made your week easier, type `/kudos @name for …` and tell them so.',
      },
      {
        from: 'aisha',
        hoursAgo: 26,
        text: 'Lovely. I know exactly who goes first.',
        reactions: [{ name: 'eyes', people: ['jonah', 'tomas', 'grace'] }],
      },
      {
        from: 'emre',
        hoursAgo: 4,
        text: 'The printer on the second floor works again. It was the paper. It is always the paper.',
        reactions: [
          { name: 'tada', people: ['ruth', 'leilani', 'margit', 'lucia', 'noor'] },
          { name: 'pray', people: ['bram', 'sofie'] },
        ],
        replies: [
          {
            from: 'ruth',
            hoursAgo: 3.8,
            text: 'You went up there three times for this. Thank you, from all of finance.',
          },
          {
            from: 'emre',
            hoursAgo: 3.7,
            text: 'Four. The third time it was Gerald: somebody had watered the printer.',
          },
          {
            from: 'margit',
            hoursAgo: 3.6,
            text: 'I have no comment on Gerald.',
            reactions: [{ name: 'joy', people: ['ruth', 'emre', 'lena', 'callum'] }],
          },
        ],
      },
    ],
  },
  {
    name: 'kudos',
    kind: 'public',
    topic: 'Thank somebody. Say what for.',
    people: everybody,
    hasApp: true,
    messages: [
      { from: 'grace', hoursAgo: 25, text: 'Making this a place for saying thanks out loud. Small things count most.' },
    ],
  },
  {
    name: 'random',
    kind: 'public',
    topic: 'Everything else',
    people: [...everybody.filter((_, index) => index % 5 !== 4), 'paulo'],
    hasApp: true,
    messages: [
      { from: 'marcus', hoursAgo: 30, text: 'My sourdough and I are no longer on speaking terms.' },
      { from: 'yuki', hoursAgo: 29, text: 'Give it a day. Mine came back.' },
      { from: 'callum', hoursAgo: 6, text: 'Anyone up for a slow walk after lunch? I have biscuits.' },
    ],
  },
  {
    name: 'release',
    kind: 'public',
    topic: 'What ships, and when',
    people: [...inTeam('Platform', 'Product'), 'oleh', 'shipbot'],
    hasApp: true,
    messages: [
      { from: 'shipbot', hoursAgo: 20, text: 'Release 4.18 is out.' },
      {
        from: 'vikram',
        hoursAgo: 19,
        text: 'Quiet night, no alerts. Ann stayed until the last migration was through.',
        reactions: [
          { name: 'heart', people: ['noor', 'kofi', 'ingrid'] },
          { name: 'raised_hands', people: ['aisha', 'shreya'] },
        ],
      },
      { from: 'ritu', hoursAgo: 5, text: 'The test plan for 4.19 is in the folder. Two rows still want an owner.' },
    ],
  },
  {
    name: 'design-crit',
    kind: 'public',
    topic: 'Unfinished work welcome',
    people: [...inTeam('Design'), 'tomas', 'mei', 'paulo'],
    messages: [
      { from: 'lena', hoursAgo: 22, text: 'Thursday crit: the empty states. Bring drafts, not polish.' },
      { from: 'dede', hoursAgo: 21, text: 'I have three, and I only like one of them. Perfect.' },
    ],
  },
  {
    name: 'team-leads',
    kind: 'private',
    topic: 'Leads and the founder',
    people: ['margit', 'jonah', 'vikram', 'aisha', 'lena', 'grace', 'hana', 'noor'],
    messages: [
      { from: 'margit', hoursAgo: 8, text: 'Noor joins us here this month to plan the storage move. Welcome.' },
    ],
  },
  {
    name: 'photo-shoot',
    kind: 'private',
    topic: 'Team pictures in spring',
    people: ['hana', 'yuki', 'nils'],
    messages: [{ from: 'nils', hoursAgo: 12, text: 'The light is best before ten. Coffee is on me.' }],
  },
  {
    name: 'ext-inkwell',
    kind: 'shared',
    topic: 'With our printers at Inkwell',
    people: ['hana', 'sofie', 'yuki', 'emre', 'noor', 'ottoline'],
    messages: [
      {
        from: 'ottoline',
        hoursAgo: 10,
        text: 'Proofs for the postcards went out this morning. The green came out well.',
      },
      { from: 'sofie', hoursAgo: 9, text: 'Thank you, that was quick.' },
    ],
  },
  {
    name: 'summer-party-2025',
    kind: 'public',
    topic: 'It was a good one',
    people: ['tess', 'jonah', 'leilani', 'noor'],
    archived: true,
    messages: [{ from: 'tess', hoursAgo: 3000, text: 'Lost and found: one hat, two umbrellas, a ukulele.' }],
  },
]

export const DIRECT_MESSAGES: Company['directMessages'] = [
  {
    people: ['noor', 'ann'],
    messages: [
      { from: 'ann', hoursAgo: 18, text: 'The migration is through. Going to sleep for a week.' },
      { from: 'noor', hoursAgo: 17, text: 'You have earned it. I will watch the graphs.' },
    ],
  },
  {
    people: ['noor', 'kofi'],
    messages: [{ from: 'kofi', hoursAgo: 7, text: 'Got a minute for the disk alerts later? No hurry.' }],
  },
  {
    people: ['noor', 'ann', 'tomas'],
    messages: [{ from: 'tomas', hoursAgo: 6, text: 'Could you two look over the 4.19 notes before I send them?' }],
  },
  {
    people: ['grace', 'priya'],
    messages: [{ from: 'priya', hoursAgo: 11, text: 'The queue is empty. I repeat, the queue is empty.' }],
  },
]
