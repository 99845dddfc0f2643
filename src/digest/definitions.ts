/** What each figure of the digest means: the one place for it. "How is this counted?" shows these, the CSV names them. */
import type { Figures } from './figures.ts'

export type Figure =
  | Exclude<keyof Figures, 'month' | 'zone' | 'since' | 'teams' | 'others' | 'gap' | 'prompts'>
  | 'expected'
  | 'was'
  | 'prompt'
  | 'within'
  | 'across'

export interface Definition {
  title: string
  meaning: string
}

export const DEFINITIONS: Record<Figure, Definition> = {
  members: {
    title: 'Members',
    meaning:
      'Members and guests of the workspace when the month was counted, and whoever took part in it and left since.',
  },
  kudos: {
    title: 'Kudos',
    meaning:
      'Kudos given in the month, private ones among them. One to several people counts once. What was withdrawn or removed does not count.',
  },
  givers: { title: 'People who gave', meaning: 'Different people who gave at least one of these kudos.' },
  receivers: { title: 'People who received', meaning: 'Different people who received at least one of these kudos.' },
  thanked: {
    title: 'People who were thanked',
    meaning:
      'Those who received a kudos from seven days before the month until seven days before its end, so that each of them has had seven days.',
  },
  thankedOn: {
    title: 'People who thanked somebody after',
    meaning: 'Those of them who gave a kudos, to anybody, within seven days after they had received one.',
  },
  passedOn: {
    title: 'Kudos passed on',
    meaning: 'Kudos given with “Pass it on” by somebody who had received the one before. Private ones are left out.',
  },
  chain: {
    title: 'The longest chain',
    meaning: 'How many different people gave the kudos of the longest chain of “Pass it on” that grew in this month.',
  },
  crossed: {
    title: 'Thanks to another team',
    meaning:
      'Of all thanks between people whose teams were known, the share that went to another team. A kudos to three people is three thanks. Teams are what they were on that day. Private ones are left out.',
  },
  within: { title: 'Thanks within a team', meaning: 'Thanks from somebody of the team to somebody of the same team.' },
  across: {
    title: 'Thanks to other teams',
    meaning: 'Thanks from somebody of the team to somebody of any other team.',
  },
  ties: {
    title: 'New ties',
    meaning:
      'Pairs of people of different teams who thanked each other or met in a check-in, and had done neither before. Private kudos are left out.',
  },
  proposed: {
    title: 'Check-ins proposed',
    meaning:
      'Of the rounds that opened from fourteen days before the month until fourteen days before its end, so that everybody has had time to meet and to say so.',
  },
  agreed: {
    title: 'Check-ins agreed',
    meaning: 'Those of them to which everybody said yes, who were then introduced.',
  },
  met: {
    title: 'Check-ins that happened',
    meaning: 'Those of them of which somebody said “met”, and nobody otherwise.',
  },
  metAcross: {
    title: 'Check-ins across teams',
    meaning: 'Of the pairs who met, and whose teams were known, the share that were of different teams, in percent.',
  },
  expected: {
    title: 'Expected of check-ins',
    meaning:
      'The mean of what people expected, from 1 to 5, of everybody who said before and after; all of them up to the last round that opened by the end of the month, five more people at a time.',
  },
  was: {
    title: 'How check-ins were',
    meaning: 'The mean of how it was, from 1 to 5, of the same people and check-ins.',
  },
  tookPart: {
    title: 'People who took part in prompts',
    meaning:
      'Different people who answered a prompt that was posted in the month, or pressed “Done it”, in whatever channel.',
  },
  prompt: {
    title: 'Took part in this prompt',
    meaning: 'The same for one prompt, in all its channels: the two most people took part in.',
  },
  unreached: {
    title: 'Reached by nothing',
    meaning:
      'Members who, in this month and the two before it, received no kudos, met nobody in a check-in, and took part in no prompt.',
  },
}

/** What holds for all of them. */
export const RULE =
  'No figure is about fewer than five people, or about all but fewer than five; what can’t be told that way is left out. ' +
  'Numbers are rounded down to a multiple of five: “45+” is 45 to 49. They are counted once, and stay as they were told.'
