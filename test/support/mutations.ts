/** Requests as Slack sends them, and as it does not. Seeded: the same seed is the same request. */
import { seededRandom } from '../../src/platform/random.ts'
import type { Delivery } from '../../src/sandbox/slack/app-link.ts'

export interface Mutant {
  body: string
  contentType: string
  /** What was done to it. */
  how: string[]
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const NONSENSE: Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  'x',
  '\u0000',
  '\ud800',
  'ü'.repeat(5_000),
  "'; drop table kudos; --",
  '<@U0NOBODY>',
  '__proto__',
  '00000000-0000-0000-0000-000000000000',
  '9'.repeat(400),
  [],
  [null],
  ['x', 'y'],
  {},
  { id: 'x' },
  { __proto__: null, toString: 'x' },
]

/** A request made from one of these, changed in one to three ways. */
export function mutate(corpus: Delivery[], seed: string): Mutant {
  const random = seededRandom(seed)
  const pick = <T>(list: T[]): T => list[random.below(list.length)] as T
  const origin = pick(corpus)
  const how = [origin.name]
  let tree = readBody(origin)
  for (let count = 1 + random.below(3); count > 0; count -= 1) tree = change(tree)
  let body = writeBody(origin, tree)
  let { contentType } = origin
  // Now and then what no parser takes.
  const raw = random.below(12)
  if (raw === 0) {
    how.push('cut off')
    body = body.slice(0, random.below(body.length + 1))
  } else if (raw === 1) {
    how.push('another content type')
    contentType = pick([
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      '',
    ])
  } else if (raw === 2) {
    how.push('said twice')
    body = `${body}&${body}`
  }
  return { body, contentType, how }

  function change(value: Json): Json {
    const paths = pathsOf(value)
    if (paths.length === 0) return pick(NONSENSE)
    const path = pick(paths)
    const act = pick(['drop', 'nonsense', 'nonsense', 'swap', 'nest', 'extra'])
    how.push(`${act} ${path.join('.')}`)
    const other = valueAt(value, pick(paths)) as Json
    return edited(value, path, (one) => {
      switch (act) {
        case 'drop':
          return undefined
        case 'swap':
          return other
        case 'nest':
          return [one, one]
        case 'extra':
          return typeof one === 'object' && one !== null && !Array.isArray(one)
            ? { ...one, extra: 1, event: {} }
            : [one]
        default:
          return pick(NONSENSE)
      }
    })
  }
}

function readBody({ body, contentType }: Delivery): Json {
  if (contentType.includes('json')) return JSON.parse(body)
  const form = new URLSearchParams(body)
  const payload = form.get('payload')
  return payload === null ? Object.fromEntries(form) : JSON.parse(payload)
}

function writeBody({ body, contentType }: Delivery, tree: Json): string {
  if (contentType.includes('json')) return JSON.stringify(tree)
  if (new URLSearchParams(body).has('payload')) return new URLSearchParams({ payload: JSON.stringify(tree) }).toString()
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return String(tree)
  const form = new URLSearchParams()
  for (const [key, value] of Object.entries(tree)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      form.append(key, typeof one === 'string' ? one : JSON.stringify(one))
    }
  }
  return form.toString()
}

/** Every place in it, as the keys that lead there. */
function pathsOf(value: Json, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return path.length > 0 ? [path] : []
  const inside = Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]))
  return path.length > 0 ? [path, ...inside] : inside
}

const valueAt = (value: Json, path: string[]): Json | undefined =>
  path.reduce<Json | undefined>((at, key) => (at as Record<string, Json> | undefined)?.[key], value)

function edited(value: Json, [key, ...rest]: string[], edit: (value: Json) => Json | undefined): Json {
  if (key === undefined) return edit(value) ?? null
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, Json>
  const then = rest.length > 0 ? edited(copy[key] as Json, rest, edit) : edit(copy[key] as Json)
  if (then === undefined) delete copy[key]
  else copy[key] = then
  return copy as Json
}
