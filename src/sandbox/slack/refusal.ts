/** What Slack answers with ok: false. `messages` go into response_metadata, `extra` beside the error. */
export class Refusal extends Error {
  readonly code: string
  readonly messages: string[]
  readonly extra: Record<string, unknown>
  constructor(code: string, messages: string[] = [], extra: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.messages = messages
    this.extra = extra
  }
}
