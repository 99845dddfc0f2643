/** The month's figures as a table for other programs: what the message tells, and nothing more. */
import { plainText, readMarkup } from '../platform/markup.ts'
import { DEFINITIONS, type Figure } from './definitions.ts'
import type { Figures } from './figures.ts'

export function csvOf(figures: Figures): string {
  const rows: (string | number)[][] = [['month', 'figure', 'of', 'value']]
  const add = (figure: Figure, team: string, value: number | null | undefined) =>
    rows.push([figures.month, DEFINITIONS[figure].title, team, value ?? ''])
  for (const figure of Object.keys(DEFINITIONS) as Figure[]) {
    if (isPlain(figure)) add(figure, '', figures[figure])
  }
  const { others, gap, prompts } = figures
  add('expected', '', gap?.expected)
  add('was', '', gap?.was)
  for (const { text, people } of prompts) add('prompt', plainText(readMarkup(text)), people)
  for (const row of figures.teams) {
    add('within', row.team, row.within)
    add('across', row.team, row.across)
  }
  if (others) {
    add('within', 'All others together', others.within)
    add('across', 'All others together', others.across)
  }
  return rows.map((row) => `${row.map(field).join(',')}\n`).join('')
}

type Plain = Exclude<Figure, 'within' | 'across' | 'expected' | 'was' | 'prompt'>
const isPlain = (figure: Figure): figure is Plain => !['within', 'across', 'expected', 'was', 'prompt'].includes(figure)

/** Quoted where need be; what a spreadsheet would take for a formula is kept a text. */
function field(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
