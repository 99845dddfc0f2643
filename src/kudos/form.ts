/** The forms as they come back: what was filled in, and what they were opened for. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type FormErrors, type FormState, field, isTicked } from '../platform/form.ts'
import { clean, hasWords, lengthOf, typedMarkup } from '../platform/markup.ts'
import { MAX_REASON } from './command.ts'

/** What a form of giving was opened for; it comes back with what is submitted. */
const formContext = z.object({
  /** The conversation it was opened in; '' for none. */
  channel: z.string(),
  responseUrl: z.string().nullable(),
  passedOnFrom: z.string().nullable(),
  threadTs: z.string().nullable(),
  about: z.object({ channel: z.string(), ts: z.string() }).nullable(),
})

export type FormContext = z.infer<typeof formContext>

export const writeContext = (context: FormContext): string => JSON.stringify(context)

/** Throws for what is not ours: Slack hands back what we gave it. */
export const readContext = (metadata: string): FormContext => formContext.parse(JSON.parse(metadata))

export interface FilledForm {
  people: string[]
  /** Slack markup. */
  reason: string
  value: string | null
  isPrivate: boolean
}

/** Reads a form of giving; what is wrong with it comes by field. */
export function readGiveForm(state: FormState): FilledForm | { problems: FormErrors } {
  const people = [...new Set(field(state, 'people').selected_users ?? [])]
  const reason = readReason(state, 'reason')
  const problems: FormErrors = {
    ...(people.length === 0 ? { people: 'Choose whom you want to thank.' } : {}),
    ...(reason.problem ? { reason: reason.problem } : {}),
  }
  if (Object.keys(problems).length > 0) return { problems }
  return {
    people,
    reason: reason.markup,
    value: field(state, 'value').selected_option?.value ?? null,
    isPrivate: isTicked(state, 'private'),
  }
}

/** What somebody typed into a field, as markup, and what is wrong with it: empty to the eye, or too long. */
export function readReason(state: FormState, name: string): { markup: string; problem: string | null } {
  const markup = typedMarkup(clean(field(state, name).value ?? ''))
  if (!hasWords(markup)) return { markup: '', problem: 'Say what for: the reason is what people keep.' }
  const problem =
    lengthOf(markup) > MAX_REASON ? `Please shorten it to ${MAX_REASON.toLocaleString('en')} characters.` : null
  return { markup, problem }
}

/** What makes a submission itself: the same form with the same in it, sent twice, gives once. No spaces in it. */
export function requestOf(viewId: string, state: FormState): string {
  const hash = createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 16)
  return `${viewId}.${hash}`
}
