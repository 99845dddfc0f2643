/** What each figure of the digest means: the one place for it. "How is this counted?" shows these, the CSV names them. */
import type { Figures } from './figures.ts'

export type Figure = Exclude<keyof Figures, 'month' | 'zone' | 'since' | 'teams' | 'others'> | 'within' | 'across'

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
      'Pairs of people of different teams, one of whom thanked the other, who had not thanked each other in any month before. Private kudos are left out.',
  },
  unreached: {
    title: 'Reached by nothing',
    meaning: 'Members who received no kudos in this month and the two before it.',
  },
}

/** What holds for all of them. */
export const RULE =
  'No figure is about fewer than five people, or about all but fewer than five; what can’t be told that way is left out. ' +
  'Numbers are rounded down to a multiple of five: “45+” is 45 to 49. They are counted once, and stay as they were told.'
