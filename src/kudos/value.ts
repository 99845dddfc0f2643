/** #tags in a reason. Known are the values a workspace defined; any other tag is just text. */

/** A tag where a word may stand. A channel of the same name arrives as a mention of the channel. */
const TAG = /(?<=^|\s)(?:#([\p{L}\p{N}][\p{L}\p{N}_-]{0,29})|<#C[A-Z0-9]{1,20}\|([^<>|\s]{1,30})>)(?=[\s.,;:!?]|$)/gu

/**
 * The first known tag of a reason, and the reason without it where it stands at the end, as a label; in the middle of
 * a sentence it stays. `values` are lower case.
 */
export function readValue(reason: string, values: string[]): { reason: string; value: string | null } {
  for (const match of reason.matchAll(TAG)) {
    const value = (match[1] ?? match[2] ?? '').toLowerCase()
    if (!values.includes(value)) continue
    const before = reason.slice(0, match.index).trimEnd()
    const atEnd = /^[\s.,;:!?]*$/.test(reason.slice(match.index + match[0].length))
    return { reason: atEnd && before !== '' ? before : reason, value }
  }
  return { reason, value: null }
}
