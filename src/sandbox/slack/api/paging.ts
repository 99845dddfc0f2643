import { Refusal } from '../refusal.ts'
import { type Args, type Reply, string } from './method.ts'

/** Slack may give fewer than asked for; so does the sandbox, always. */
const MOST = 200

/** One page of the items and the cursor of the next. Filtering comes after, so that pages can be short, as Slack's are. */
export function pageOf<T>(items: T[], args: Args, byDefault: number): { page: T[]; rest: Reply } {
  const limit = (args.limit as number | undefined) ?? byDefault
  if (limit < 1 || limit > 1000) throw new Refusal('invalid_limit')
  const start = startOf(string(args, 'cursor'))
  const end = start + Math.min(limit, MOST)
  const next = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : ''
  return { page: items.slice(start, end), rest: { response_metadata: { next_cursor: next } } }
}

function startOf(cursor: string): number {
  if (cursor === '') return 0
  const [, start] = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? []
  if (start === undefined) throw new Refusal('invalid_cursor')
  return Number(start)
}
