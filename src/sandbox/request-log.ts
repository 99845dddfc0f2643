/** The last requests both ways, for whoever wants to see what Slack and the app say to each other. */
import type { RequestContents, RequestRecord } from './contract.ts'
import type { ApiCall } from './server.ts'
import type { Delivery } from './slack/app-link.ts'

const KEPT = 200
/** Of one request or answer, as JSON; what is longer is told by its length. */
const LONGEST = 60_000

export interface RequestLog {
  delivered(delivery: Delivery): void
  called(call: ApiCall, ms: number): void
  /** Newest first. */
  list(): RequestRecord[]
  /** null for one that is not kept any more. */
  contents(id: number): RequestContents | null
}

/** `secrets` are what no record may show, whatever it stands in. */
export function createRequestLog(secrets: () => string[]): RequestLog {
  let lastId = 0
  const kept: { record: RequestRecord; contents: RequestContents }[] = []

  function add(record: Omit<RequestRecord, 'id'>, request: unknown, response: unknown): void {
    lastId += 1
    const clean = (value: unknown) => withoutSecrets(value, secrets())
    kept.unshift({
      record: { id: lastId, ...record },
      contents: { request: clean(request), response: clean(response) },
    })
    kept.length = Math.min(kept.length, KEPT)
  }

  return {
    delivered({ kind, name, at, ms, status, failure, contentType, body, response }) {
      const ok = status !== null && status >= 200 && status < 300
      const outcome = failure ?? String(status)
      add({ direction: 'to the app', kind, name, at, ms, ok, outcome }, readBody(contentType, body), response)
    },
    called({ method, at, args, status, response }, ms) {
      const kind = method === 'response_url' ? method : 'api'
      const ok = status === 200 && response.ok !== false
      const outcome = status === null ? 'cut' : ok ? String(status) : String(response.error ?? status)
      add({ direction: 'to Slack', kind, name: method, at, ms, ok, outcome }, args, response)
    },
    list: () => kept.map(({ record }) => record),
    contents: (id) => kept.find(({ record }) => record.id === id)?.contents ?? null,
  }
}

/** A form's fields with its payload parsed, or JSON, or the text as it is. */
function readBody(contentType: string, body: string): unknown {
  try {
    if (!contentType.startsWith('application/x-www-form-urlencoded')) return JSON.parse(body)
    const { payload, ...fields } = Object.fromEntries(new URLSearchParams(body))
    return payload === undefined ? fields : JSON.parse(payload)
  } catch {
    return body
  }
}

function withoutSecrets(value: unknown, secrets: string[]): unknown {
  let json = JSON.stringify(value) ?? 'null'
  for (const secret of secrets) json = json.replaceAll(secret, '•••')
  if (json.length > LONGEST) return `${json.length.toLocaleString('en')} characters, too many to show`
  return JSON.parse(json, (key, part) => (key === 'token' && typeof part === 'string' ? '•••' : part))
}
