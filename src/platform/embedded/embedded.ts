import { type ChildProcess, fork } from 'node:child_process'
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Log } from '../log.ts'

export interface EmbeddedDatabase {
  /** A connection string for `pg`; it stays the same when the process has to be started anew. */
  url: string
  stop(): Promise<void>
}

/** The name of the host in an embedded database's URL; the real address is the socket's. */
const HOST = 'embedded'

/** True for the URL of an embedded database. */
export const isEmbedded = (url: string): boolean => new URL(url).hostname === HOST

/** Shown to the operator as it is. */
export class EmbeddedDatabaseError extends Error {}

const RESTART_AFTER_MS = 500

/**
 * Starts PostgreSQL (PGlite) on a folder, for the sandbox, tests and trials. Resolves when it answers.
 * Throws EmbeddedDatabaseError, with a sentence, when the folder is in use or can't be opened.
 * Should the database's process die, it is started again; what was committed is in the folder.
 */
export async function startEmbedded(folder: string, log: Log): Promise<EmbeddedDatabase> {
  const data = resolve(folder)
  // A folder of its own, readable by this user alone: the socket asks for no password, and its path must be short.
  const sockets = mkdtempSync(join(tmpdir(), 'small-acts-'))
  const socketPath = join(sockets, '.s.PGSQL.5432')

  let stopping = false
  let child: ChildProcess
  try {
    makeFolder(data)
    child = await launch(data, socketPath)
  } catch (error) {
    rmSync(sockets, { recursive: true, force: true })
    throw error
  }
  watch(child)

  function watch(process: ChildProcess) {
    process.once('exit', (code, signal) => {
      if (stopping) return
      log.error({ code, signal }, 'database.embedded.died')
      setTimeout(revive, RESTART_AFTER_MS)
    })
  }

  async function revive() {
    if (stopping) return
    try {
      child = await launch(data, socketPath)
      log.info('database.embedded.restarted')
      watch(child)
      if (stopping) child.disconnect()
    } catch (error) {
      log.error({ err: error }, 'database.embedded.restart-failed')
      setTimeout(revive, RESTART_AFTER_MS)
    }
  }

  return {
    url: `postgres://postgres@${HOST}/postgres?host=${encodeURIComponent(sockets)}`,
    async stop() {
      stopping = true
      if (child.connected) {
        const gone = new Promise<void>((done) => child.once('exit', () => done()))
        child.disconnect()
        await gone
      }
      rmSync(sockets, { recursive: true, force: true })
    },
  }
}

function makeFolder(data: string) {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 })
    accessSync(data, constants.W_OK)
  } catch (error) {
    throw new EmbeddedDatabaseError(
      `The data folder ${data} can't be written (${(error as Error).message}). Set DATA_DIR to a folder of your own.`,
    )
  }
}

function launch(data: string, socketPath: string): Promise<ChildProcess> {
  return new Promise((done, fail) => {
    const child = fork(join(import.meta.dirname, 'process.ts'), [socketPath], {
      cwd: data,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const early = () => fail(new EmbeddedDatabaseError(`The embedded database on ${data} ended while starting.`))
    child.once('exit', early)
    child.on('message', (message: { ready?: true; refused?: string }) => {
      // With --watch, Node itself speaks on this channel too.
      if (!message.ready && message.refused === undefined) return
      child.off('exit', early)
      if (message.ready) return done(child)
      fail(
        new EmbeddedDatabaseError(
          message.refused === 'in use'
            ? `The data folder ${data} is in use by another Small Acts process. Stop that one first, or set DATA_DIR to another folder.`
            : `The embedded database on ${data} can't start: ${message.refused}`,
        ),
      )
    })
  })
}
