import { clean, hasWords, lengthOf } from '../platform/markup.ts'

export const MAX_REASON = 1_000
export const MAX_RECIPIENTS = 10
/** A reason of the greatest length, with everything in it escaped and marked up, and ten people before it. */
const MAX_COMMAND = 20_000

export type CommandProblem = 'no person' | 'person not first' | 'no reason' | 'too long'

export type KudosCommand =
  | { kind: 'help' }
  | { kind: 'form' }
  | { kind: 'list'; list: 'mine' | 'given' }
  | { kind: 'prefer'; change: { notes: boolean } | { onlyMe: boolean } }
  /** `people` and `groups` are ids, each once, in the order they were named. `reason` is Slack markup. */
  | { kind: 'give'; people: string[]; groups: string[]; reason: string }
  | { kind: 'refused'; problem: CommandProblem }

/** What may stand between and after the people: commas, pluses, ampersands and the word "and". */
const BETWEEN = /(?:[\s,;+]|&amp;|and(?=\s))*/y
const MENTION = /<@([UW][A-Z0-9]{2,20})(?:\|[^<>]{0,200})?>|<!subteam\^(S[A-Z0-9]{2,20})(?:\|[^<>]{0,200})?>/y
const ANY_MENTION = /<@[UW]|<!subteam\^S/
/** "for", "because", a colon or a dash between the people and the reason. */
const LEAD_IN = /^(?:(?:for|because(?!\s+of\b))(?=\s|$)|[:\u2013\u2014-]+(?=\s|$))\s*/i

/** Reads what follows `/kudos`. Never throws; whatever it is given, the answer is one of the kinds. */
export function parseKudos(raw: string): KudosCommand {
  if (raw.length > MAX_COMMAND) return { kind: 'refused', problem: 'too long' }
  const text = clean(raw)
  const word = text.toLowerCase()
  if (word === '') return { kind: 'form' }
  if (word === 'help') return { kind: 'help' }
  if (word === 'given' || word === 'mine') return { kind: 'list', list: word }
  const notes = /^notes\s+(on|off)$/.exec(word)
  if (notes) return { kind: 'prefer', change: { notes: notes[1] === 'on' } }
  if (/^(show\s+)?(to\s+)?only\s+(to\s+)?me$/.test(word)) return { kind: 'prefer', change: { onlyMe: true } }
  if (/^(show\s+)?in\s+(the\s+)?channel$/.test(word)) return { kind: 'prefer', change: { onlyMe: false } }

  const { people, groups, rest } = readMentions(text)
  if (people.length + groups.length === 0) {
    return { kind: 'refused', problem: ANY_MENTION.test(text) ? 'person not first' : 'no person' }
  }
  const reason = rest.replace(LEAD_IN, '').trim()
  if (!hasWords(reason)) return { kind: 'refused', problem: 'no reason' }
  if (lengthOf(reason) > MAX_REASON) return { kind: 'refused', problem: 'too long' }
  return { kind: 'give', people, groups, reason }
}

function readMentions(text: string): { people: string[]; groups: string[]; rest: string } {
  const people = new Set<string>()
  const groups = new Set<string>()
  let at = 0
  for (;;) {
    BETWEEN.lastIndex = at
    BETWEEN.test(text)
    MENTION.lastIndex = BETWEEN.lastIndex
    const mention = MENTION.exec(text)
    if (!mention) break
    at = MENTION.lastIndex
    if (mention[1]) people.add(mention[1])
    if (mention[2]) groups.add(mention[2])
  }
  return { people: [...people], groups: [...groups], rest: text.slice(at).replace(/^[\s,;]+/, '') }
}
