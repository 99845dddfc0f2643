/** What was set in a modal, by block and action. A field of ours has one name for both (blocks.ts). */
export type FormState = Record<string, Record<string, FormValue>>

export interface FormValue {
  value?: string | null
  selected_user?: string | null
  selected_users?: string[]
  selected_channel?: string | null
  selected_channels?: string[]
  selected_option?: { value: string } | null
  selected_options?: { value: string }[]
  selected_date?: string | null
  selected_time?: string | null
}

/** What is wrong with a form, by field. */
export type FormErrors = Record<string, string>

export const field = (state: FormState, name: string): FormValue => state[name]?.[name] ?? {}

export const isTicked = (state: FormState, name: string): boolean =>
  (field(state, name).selected_options ?? []).length > 0
