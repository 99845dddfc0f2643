/** The prompts that come with the product: one file a language in library/, which can be added to without touching code. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { KINDS } from './rotation.ts'

const id = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/)

const prompt = z.object({
  /** The same in every language. */
  id,
  kind: z.enum(KINDS),
  /** How long it takes somebody shy. */
  effort: z.enum(['moment', 'minute', 'two minutes']),
  finding: id,
  text: z.string().min(20).max(160),
})

const finding = z.object({ id, line: z.string().min(20).max(300), source: z.string().min(10).max(150) })

export type LibraryPrompt = z.infer<typeof prompt>
/** Why a prompt should work, and who found that out. */
export type Finding = z.infer<typeof finding>

export interface Library {
  prompts: Map<string, LibraryPrompt>
  findings: Map<string, Finding>
}

const FOLDER = join(import.meta.dirname, 'library')
export const USUAL_LANGUAGE = 'en'

/** Throws what is wrong with a file: nothing is posted from a library that is not whole. */
function readLibrary(language: string): Library {
  const findings = keyed(read(`${language}-findings.csv`, z.array(finding)))
  const prompts = keyed(read(`${language}.csv`, z.array(prompt)))
  for (const one of prompts.values()) {
    if (!findings.has(one.finding)) throw new Error(`prompts: ${language}.csv: ${one.id} rests on no known finding`)
  }
  return { prompts, findings }
}

function read<T>(file: string, rows: z.ZodType<T>): T {
  return rows.parse(parse(readFileSync(join(FOLDER, file)), { columns: true, bom: true }))
}

function keyed<T extends { id: string }>(rows: T[]): Map<string, T> {
  const map = new Map(rows.map((row) => [row.id, row]))
  if (map.size < rows.length) throw new Error('prompts: an id of the library comes twice')
  return map
}

const languages = readdirSync(FOLDER).flatMap((file) => /^([a-z]{2,3}(?:-[A-Z]{2})?)\.csv$/.exec(file)?.[1] ?? [])
const libraries = new Map(languages.sort().map((language) => [language, readLibrary(language)]))

export const LANGUAGES: string[] = [...libraries.keys()]

/** The library of a language, or of the usual one where there is none. */
export function libraryOf(language: string): Library {
  return libraries.get(language) ?? (libraries.get(USUAL_LANGUAGE) as Library)
}
