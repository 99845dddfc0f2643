/** A month for the operator: as CSV, or as the message would read. */
import type { KnownBlock } from '@slack/types'
import { type Db, inWorkspace } from '../platform/database.ts'
import type { Message } from '../platform/slack.ts'
import { getSetting } from '../workspace/settings-store.ts'
import { closeUntil } from './closing.ts'
import { csvOf } from './csv.ts'
import { monthAt, monthBefore, monthNamed, monthTitle } from './month.ts'
import { closeMonth, countsSince, findFigures, monthsToClose } from './month-store.ts'
import { composeDigest } from './posting-jobs.ts'

/** What to print, or what is wrong with the question. */
export type Printed = { ok: true; text: string } | { ok: false; problem: string }

/** Without a name it is the last month that is over. `as` 'message' changes nothing; 'csv' is what was told, and stays so. */
export async function printDigest(
  db: Db,
  workspaceId: string,
  { month: name, as }: { month: string | null; as: 'csv' | 'message' },
  now: Date,
): Promise<Printed> {
  const within = <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(db, workspaceId, work)
  const zone = await within((tenant) => getSetting(tenant, 'workspace.zone'))
  const current = monthAt(now, zone)
  const month = name === null ? monthBefore(current) : monthNamed(name, zone)
  if (!month) return { ok: false, problem: `"${name}" is no month. Write a year and a number, such as 2026-10.` }
  if (month.from >= current.from) {
    return { ok: false, problem: `${monthTitle(month.name)} is not over. A month is counted when it is.` }
  }
  const since = await within((tenant) => countsSince(tenant))
  // What was told stays so, whatever was taken back since.
  if (since >= month.until && !(await within((tenant) => findFigures(tenant, month.name)))) {
    return { ok: false, problem: `Small Acts counts there since ${since.toISOString().slice(0, 10)}.` }
  }
  if (as === 'csv') {
    await closeUntil(db, { workspaceId, month: month.name, zone }, now)
    const figures = await within((tenant) => findFigures(tenant, month.name))
    return { ok: true, text: figures ? csvOf(figures).trimEnd() : '' }
  }
  return await within(async (tenant): Promise<Printed> => {
    for (const one of await monthsToClose(tenant, month)) await closeMonth(tenant, one, now)
    const message = await composeDigest(tenant, month, { lateFor: null, note: null })
    throw new Undone(message ? inWords(message) : '')
  }).catch((error: unknown) => {
    if (error instanceof Undone) return { ok: true, text: error.text }
    throw error
  })
}

/** Ends a transaction that was to change nothing. */
class Undone extends Error {
  readonly text: string
  constructor(text: string) {
    super('undone')
    this.text = text
  }
}

/** A message as a terminal shows it. */
function inWords({ blocks }: Message): string {
  return blocks.flatMap((block) => line(block) ?? []).join('\n\n')
}

function line(block: KnownBlock): string | null {
  switch (block.type) {
    case 'header':
      return block.text.text
    case 'section':
      return block.text?.text ?? null
    case 'context':
      return block.elements.map((element) => ('text' in element ? element.text : '')).join(' ')
    case 'table':
      return block.rows.map((row) => row.map((cell) => ('text' in cell ? cell.text : '')).join('\t')).join('\n')
    default:
      return null
  }
}
