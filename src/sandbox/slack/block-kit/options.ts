/** What is wrong with the options of an element, in Slack's manner. */
export const ONE_LIST = 'must have either options or option_groups'
export const REPEATED = 'options must have unique values'
export const FOREIGN = 'initial option must be exactly one of the options'
export const TOO_MANY = 'must not have more initial items than max_selected_items'

interface Lists {
  options?: unknown[] | undefined
  option_groups?: { options: unknown[] }[] | undefined
}

const every = ({ options, option_groups: groups }: Lists) => options ?? groups?.flatMap((group) => group.options) ?? []

export const oneList = (element: Lists) => (element.options === undefined) !== (element.option_groups === undefined)

/** Options are told apart by their values alone. */
export function distinct(element: Lists): boolean {
  const values = every(element).map((option) => (option as { value: unknown }).value)
  return new Set(values).size === values.length
}

/** True when each of these stands among the options, word by word. */
export function amongOptions(element: Lists, initial: unknown[]): boolean {
  const there = new Set(every(element).map((option) => JSON.stringify(option)))
  return initial.every((option) => there.has(JSON.stringify(option)))
}

export const within = (most: number | undefined, initial: unknown[] | undefined): boolean =>
  most === undefined || (initial ?? []).length <= most
