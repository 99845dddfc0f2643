/** What the sandbox remembers from one start to the next, in one file beside the app's database. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readState, type SlackState } from './slack/state.ts'

/** Changes come in crowds; so long may the last ones be lost when the process is killed. */
const PAUSE_MS = 200

export interface Remembered {
  state: SlackState
  /** How far the workspace's clock is ahead of the real one, in milliseconds. */
  ahead: number
}

export interface Memory {
  /** What was written down; null when there is nothing, or nothing that can be used any more. */
  read(): Remembered | null
  /** Has what `look` sees written down soon. */
  remember(look: () => Remembered): void
  /** Writes at once what waits to be written. */
  flush(): void
}

/** Remembers nothing: for tests. */
export const noMemory: Memory = { read: () => null, remember() {}, flush() {} }

export function openMemory(file: string, onProblem: (problem: string) => void): Memory {
  let waiting: { timer: NodeJS.Timeout; look: () => Remembered } | null = null

  function write(remembered: Remembered): void {
    const draft = `${file}.new`
    try {
      mkdirSync(path.dirname(file), { recursive: true })
      // The app's token is in it.
      writeFileSync(draft, JSON.stringify(remembered), { mode: 0o600 })
      chmodSync(draft, 0o600)
      renameSync(draft, file)
    } catch (error) {
      onProblem(`The sandbox could not write ${file}: ${(error as Error).message}`)
    }
  }

  function flush(): void {
    if (!waiting) return
    const { timer, look } = waiting
    clearTimeout(timer)
    waiting = null
    write(look())
  }

  return {
    read() {
      const json = readText(file, onProblem)
      if (json === null) return null
      const remembered = parse(json)
      if (!remembered) {
        const aside = `${file}.unreadable`
        rmSync(aside, { force: true })
        renameSync(file, aside)
        onProblem(`The sandbox can't read ${file}, so it begins anew. The file is kept as ${aside}.`)
      }
      return remembered
    },
    remember(look) {
      waiting ??= { timer: setTimeout(flush, PAUSE_MS), look }
    },
    flush,
  }
}

function readText(file: string, onProblem: (problem: string) => void): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // A folder that can't be used is told of by the database, which needs it more.
    if (code !== 'ENOENT' && code !== 'ENOTDIR') onProblem(`The sandbox could not read ${file}: ${message}`)
    return null
  }
}

function parse(json: string): Remembered | null {
  try {
    const { ahead, state: stored } = JSON.parse(json) as { ahead?: unknown; state?: unknown }
    const state = readState(stored)
    return state && { state, ahead: typeof ahead === 'number' && ahead >= 0 ? ahead : 0 }
  } catch {
    return null
  }
}
