/** The month in words: one true sentence, a paragraph for each side of it, and what follows. What is good comes first. */
import { gist } from '../platform/markup.ts'
import type { Figures } from './figures.ts'
import { monthTitle } from './month.ts'

export interface Paragraph {
  title: string
  text: string
  /** Better than the month before, as far as that can be said. */
  better: boolean
}

/** A number as it is told. */
export const plus = (number: number): string => `${number.toLocaleString('en')}+`

const monthWord = (name: string) => monthTitle(name).split(' ')[0] ?? name

/** The month in one sentence. */
export function sentenceOf({ month, kudos, givers, receivers }: Figures): string {
  const name = monthWord(month)
  if (kudos === null) return `${name} was quiet: too little happened to tell of it without telling of somebody.`
  if (givers === null || receivers === null) return `In ${name}, people here said thanks ${plus(kudos)} times.`
  return `In ${name}, ${plus(givers)} people said thanks ${plus(kudos)} times, and ${plus(receivers)} were thanked.`
}

/** Those paragraphs that there is something to say in. */
export function paragraphs(now: Figures, before: Figures | null): Paragraph[] {
  const all = [
    kudos(now, before),
    teams(now, before),
    spiral(now, before),
    checkIns(now, before),
    prompts(now, before),
    reached(now, before),
  ]
  const told = all.flatMap((paragraph) => paragraph ?? [])
  return [...told.filter(({ better }) => better), ...told.filter(({ better }) => !better)]
}

type Counted =
  | 'proposed'
  | 'agreed'
  | 'met'
  | 'metAcross'
  | 'tookPart'
  | 'kudos'
  | 'givers'
  | 'receivers'
  | 'crossed'
  | 'ties'
  | 'thankedOn'
  | 'passedOn'
  | 'unreached'

/** In brackets: what it was the month before. */
function was(figure: Counted, before: Figures | null, show = plus): string {
  const value = before?.[figure] ?? null
  return before && value !== null ? ` (${monthWord(before.month)}: ${show(value)})` : ''
}

const rose = (figure: Counted, now: Figures, before: Figures | null): boolean =>
  (now[figure] ?? 0) > (before?.[figure] ?? Number.POSITIVE_INFINITY)

const percent = (share: number) => `${share} %`
const shareOf = (people: number, { members }: Figures) => percent(Math.round((100 * people) / members))

function kudos(now: Figures, before: Figures | null): Paragraph | null {
  if (now.kudos === null) return null
  const parts = [
    `*${plus(now.kudos)} kudos*${was('kudos', before)}.`,
    now.givers !== null &&
      `*${plus(now.givers)} people gave*, ${shareOf(now.givers, now)} of members${was('givers', before)}.`,
    now.receivers !== null &&
      `*${plus(now.receivers)} received*, ${shareOf(now.receivers, now)} of members${was('receivers', before)}.`,
  ]
  const better = (['kudos', 'givers', 'receivers'] as const).some((figure) => rose(figure, now, before))
  return { title: 'Saying thanks', text: joined(parts), better }
}

function teams(now: Figures, before: Figures | null): Paragraph | null {
  const parts = [
    now.crossed !== null &&
      `*${percent(now.crossed)} of all thanks went to another team*${was('crossed', before, percent)}.`,
    now.ties !== null &&
      `${plus(now.ties)} pairs of people of different teams thanked each other for the first time${was('ties', before)}.`,
  ]
  return paragraph('Across teams', parts, rose('crossed', now, before) || rose('ties', now, before))
}

function spiral(now: Figures, before: Figures | null): Paragraph | null {
  const parts = [
    now.thanked !== null &&
      now.thankedOn !== null &&
      `Of ${plus(now.thanked)} people who were thanked, *${plus(now.thankedOn)} thanked somebody within seven days*${was('thankedOn', before)}.`,
    now.passedOn !== null && `${plus(now.passedOn)} kudos were passed on${was('passedOn', before)}.`,
    now.chain !== null && `The longest chain went through ${plus(now.chain)} people.`,
  ]
  return paragraph('From person to person', parts, rose('thankedOn', now, before) || rose('passedOn', now, before))
}

function checkIns(now: Figures, before: Figures | null): Paragraph | null {
  const { gap } = now
  const parts = [
    now.proposed !== null && `${plus(now.proposed)} check-ins were proposed${was('proposed', before)}.`,
    now.agreed !== null && `*${plus(now.agreed)} were agreed*${was('agreed', before)}.`,
    now.met !== null && `*${plus(now.met)} happened*${was('met', before)}.`,
    now.metAcross !== null && `${percent(now.metAcross)} of those who met were of different teams.`,
    gap !== null &&
      `People expected ${gap.expected} of 5, and it was ${gap.was}${gap.was > gap.expected ? ': better than they thought' : ''}.`,
  ]
  return paragraph('Check-ins', parts, rose('met', now, before) || rose('agreed', now, before))
}

function prompts(now: Figures, before: Figures | null): Paragraph | null {
  const worked = now.prompts.map(({ text, people }) => `“${gist(text)}” (${plus(people)} people)`)
  const parts = [
    now.tookPart !== null &&
      `*${plus(now.tookPart)} people took part in a prompt*, ${shareOf(now.tookPart, now)} of members${was('tookPart', before)}.`,
    worked.length > 0 && `What worked: ${worked.join(', ')}.`,
  ]
  return paragraph('The weekly prompt', parts, rose('tookPart', now, before))
}

function reached(now: Figures, before: Figures | null): Paragraph | null {
  if (now.unreached === null) return null
  const text = `*${plus(now.unreached)} members*, ${shareOf(now.unreached, now)}, were reached by nothing for three months${was('unreached', before)}.`
  return { title: 'Nobody left out', text, better: now.unreached < (before?.unreached ?? 0) }
}

const paragraph = (title: string, parts: (string | false)[], better: boolean): Paragraph | null =>
  parts.some(Boolean) ? { title, text: joined(parts), better } : null

const joined = (parts: (string | false)[]) => parts.filter(Boolean).join(' ')

/** What the workspace has chosen, as far as a suggestion depends on it. */
export interface Chosen {
  prompts: boolean
  teams: boolean
}

export interface Suggestion {
  text: string
  /** The section of the settings to do it in; null for what is done in Slack itself. */
  section: 'teams' | 'check-ins' | 'prompts' | null
}

/** From here on it is worth a suggestion: percent. */
const FEW_CROSS = 35
const MANY_UNREACHED = 15
const FEW_GIVE = 20

/** One or two things to do, which follow from the figures. */
export function suggestions(now: Figures, chosen: Chosen): Suggestion[] {
  const unreached = now.unreached === null ? 0 : (100 * now.unreached) / now.members
  const give = now.givers === null ? null : (100 * now.givers) / now.members
  const all: (Suggestion | false)[] = [
    now.kudos === null && {
      text: 'Somebody has to begin. A `/kudos` of yours, in a channel that everybody reads, shows how.',
      section: null,
    },
    now.kudos !== null &&
      now.crossed === null &&
      !chosen.teams && {
        text: 'How far thanks reach can’t be told, because few teams are known. Choose the user groups that are teams.',
        section: 'teams',
      },
    now.crossed !== null &&
      now.crossed < FEW_CROSS && {
        text: `${percent(100 - now.crossed)} of thanks stay within a team. Check-ins bring people of different teams together: have them more often, and tell people of \`/smallacts join\`.`,
        section: 'check-ins',
      },
    unreached >= MANY_UNREACHED &&
      (chosen.prompts
        ? {
            text: 'Where are those whom nothing reaches? Bring Small Acts into their channels: write `/invite @Small Acts` there, and add them to the weekly prompt.',
            section: 'prompts',
          }
        : {
            text: 'A question once a week reaches those whom no kudos finds. Choose the channels of the weekly prompt.',
            section: 'prompts',
          }),
    give !== null &&
      give < FEW_GIVE &&
      !chosen.prompts && {
        text: 'A few people do most of the thanking. The weekly prompt makes the first time easy: choose its channels.',
        section: 'prompts',
      },
  ]
  const fitting = all.filter((one) => one !== false)
  const one = fitting.filter((first, index) => fitting.findIndex(({ section }) => section === first.section) === index)
  if (one.length > 0) return one.slice(0, 2)
  return [
    {
      text: 'Nothing here asks for a change. Tell people how it goes: a line of yours in a channel does more than this message.',
      section: null,
    },
  ]
}
