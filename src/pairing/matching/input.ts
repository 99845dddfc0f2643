/** What a round is made from, and what is refused before anything is computed. */

export interface PairingPerson {
  id: string
  /** Null is on no team: cross-team with everybody. */
  team: string | null
  /** Minutes east of Greenwich. */
  utcOffset: number
  /** Rounds left out in a row; 0 when missing. */
  waited?: number
}

export interface Meeting {
  /** Two or three ids; a trio is three pairs. */
  members: readonly string[]
  /** 1 is the last round. */
  roundsAgo: number
}

export interface PairingInput {
  /** An id given twice is refused. */
  people: readonly PairingPerson[]
  /**
   * Who met whom; rows are looked at one by one and not kept, so they need not all be in memory. Ids that are not among
   * the people (who left, or is away this time) are passed over, as is a person with themselves; of several rows about
   * one pair the latest counts.
   */
  history: Iterable<Meeting>
  /** Never together, either way round. Unknown ids, and a person avoiding themselves, are passed over. */
  avoid: Iterable<readonly [string, string]>
  seed: string
}

export interface Objective {
  /** People in no group. */
  unpaired: number
  /** Sum of `waited` over them. */
  waited: number
  /** Pairs inside groups that share a team. */
  sameTeam: number
  /** Weights of the latest time they met, over pairs inside groups. */
  repeat: number
  /** How badly their working days overlap, 0 to 3, over pairs inside groups. */
  timezone: number
}

export interface PairingResult {
  /** Pairs; when the number of people is odd, at most one trio, the last. */
  groups: string[][]
  unpaired: string[]
  /** Smaller is better, compared from the first tier to the last. */
  objective: Objective
  /** No grouping has a smaller objective than this, compared the same way. */
  bound: Objective
  /** The objective equals the bound: nothing better exists. */
  certified: boolean
  /** Which way the answer was found. */
  method: string
  seed: string
  /** SHA-256 of what the answer depends on but the seed, whatever the order of the rows. */
  inputHash: string
}

export const MAX_PEOPLE = 100_000
export const MAX_ROWS = 3_000_000
const MAX_WAITED = 1_000_000
const MAX_NUMBER_OF_ROUNDS = 1_000_000
const MAX_TEXT = 500
const DAY = 24 * 60

/** The input is not one; `message` is one line that names the field. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly field: string
  readonly problem: string

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`)
    this.field = field
    this.problem = problem
  }
}

// By hand, because a library that copies millions of rows of history would take longer than all the rest.

/** The seed, when `input` looks like a PairingInput at all. */
export function checkShape(input: unknown): string {
  if (!isRecord(input)) throw new InvalidInput('input', 'must be an object with people, history, avoid and seed')
  text(input.seed, 'seed', 0)
  return input.seed as string
}

/** The rows of a list, which are still to be checked. */
export function rowsOf(value: unknown, field: string): Iterable<unknown> {
  if (!isIterable(value)) throw new InvalidInput(field, 'must be a list')
  return value
}

/** Row number `row` of the people. */
export function checkPerson(value: unknown, row: number): PairingPerson {
  return isPerson(value) ? value : explainPerson(value, `people[${row}]`)
}

export function checkMeeting(value: unknown, row: number): Meeting {
  return isMeeting(value) ? value : explainMeeting(value, `history[${row}]`)
}

export function checkAvoidance(value: unknown, row: number): readonly [string, string] {
  return isIds(value, 2, 2) ? (value as [string, string]) : explainIds(value, `avoid[${row}]`, 'two')
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most
const isText = (value: unknown, least: number): value is string =>
  typeof value === 'string' && value.length >= least && value.length <= MAX_TEXT

function isPerson(value: unknown): value is PairingPerson {
  if (!isRecord(value)) return false
  const { id, team, utcOffset, waited } = value
  return (
    isText(id, 1) &&
    (team === null || isText(team, 1)) &&
    isWhole(utcOffset, -DAY, DAY) &&
    (waited === undefined || isWhole(waited, 0, MAX_WAITED))
  )
}

function isIds(value: unknown, least: number, most: number): boolean {
  if (!Array.isArray(value) || value.length < least || value.length > most) return false
  for (let at = 0; at < value.length; at += 1) if (!isText(value[at], 1)) return false
  return true
}

function isMeeting(value: unknown): value is Meeting {
  if (!isRecord(value)) return false
  const { members, roundsAgo } = value
  return isIds(members, 2, 3) && isWhole(roundsAgo, 1, MAX_NUMBER_OF_ROUNDS)
}

function text(value: unknown, field: string, least: number): void {
  if (!isText(value, least)) throw new InvalidInput(field, `must be a text of ${least} to ${MAX_TEXT} characters`)
}

function whole(value: unknown, field: string, least: number, most: number): void {
  if (!isWhole(value, least, most)) throw new InvalidInput(field, `must be a whole number from ${least} to ${most}`)
}

function explainPerson(value: unknown, field: string): never {
  if (!isRecord(value)) throw new InvalidInput(field, 'must be an object with id, team and utcOffset')
  text(value.id, `${field}.id`, 1)
  if (value.team !== null) text(value.team, `${field}.team`, 1)
  whole(value.utcOffset, `${field}.utcOffset`, -DAY, DAY)
  whole(value.waited, `${field}.waited`, 0, MAX_WAITED)
  throw new InvalidInput(field, 'is not a person')
}

function explainMeeting(value: unknown, field: string): never {
  if (!isRecord(value)) throw new InvalidInput(field, 'must be an object with members and roundsAgo')
  whole(value.roundsAgo, `${field}.roundsAgo`, 1, MAX_NUMBER_OF_ROUNDS)
  explainIds(value.members, `${field}.members`, 'two or three')
}

function explainIds(value: unknown, field: string, count: string): never {
  if (Array.isArray(value)) for (const [index, id] of value.entries()) text(id, `${field}[${index}]`, 1)
  throw new InvalidInput(field, `must be a list of ${count} ids`)
}
