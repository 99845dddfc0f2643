/**
 * The embedded database's own process: PGlite behind a unix socket that speaks PostgreSQL's protocol. It is apart from
 * the app because a slow statement would otherwise stall the app's event loop.
 *
 * Started by `embedded.ts` with the data folder as its working directory and the socket's path as its argument. It says
 * { ready } or { refused } once, and ends with its parent.
 */
import { rmSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { FolderInUse, lockFolder } from './folder-lock.ts'
import { serveProtocol } from './protocol-server.ts'

const socketPath = process.argv[2] ?? ''

/** PostgreSQL itself broke, not a statement: what it holds in memory can't be trusted. The parent starts it anew. */
function die(error: unknown): never {
  process.stderr.write(`The embedded database broke down: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

// Ctrl+C in a terminal reaches every process of the group; the parent decides when its database goes.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

// Whoever started this may be gone before it is ready; then there is nobody to tell, and nothing to stay for.
let close = async () => {}
process.once('disconnect', async () => {
  await close()
  process.exit(0)
})
const tell = (word: object) => new Promise<void>((done) => process.send?.(word, () => done()))

try {
  const lock = await lockFolder('lock')
  const database = await PGlite.create('postgres')
  rmSync(socketPath, { force: true })
  await serveProtocol({ execProtocolRaw: (message) => database.execProtocolRaw(message).catch(die) }, socketPath)
  close = async () => {
    // Closing waits for the statement that runs, and makes sure that all of it is in the folder.
    await database.close()
    lock.close()
  }
  await tell({ ready: true })
} catch (error) {
  const reason = error instanceof FolderInUse ? 'in use' : error instanceof Error ? error.message : String(error)
  await tell({ refused: reason })
  process.exit(1)
}
