/**
 * The embedded database's own process: PGlite behind a unix socket that speaks PostgreSQL's protocol. It is apart from
 * the app because a slow statement would otherwise stall the app's event loop.
 *
 * Started by `embedded.ts` with the data folder as its working directory and the socket's path as its argument. It says
 * { ready } or { refused } once, and ends with its parent.
 */
import { rmSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { FolderInUse, lockFolder } from './folder-lock.ts'

/** More than all pools of the app together; a connection over it is refused. */
const MAX_CONNECTIONS = 64

const socketPath = process.argv[2] ?? ''

// Ctrl+C in a terminal reaches every process of the group; the parent decides when its database goes.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

try {
  const lock = await lockFolder('lock')
  const database = await PGlite.create('postgres')
  rmSync(socketPath, { force: true })
  const server = new PGLiteSocketServer({ db: database, path: socketPath, maxConnections: MAX_CONNECTIONS })
  await server.start()
  process.once('disconnect', async () => {
    await server.stop()
    await database.close()
    lock.close()
    process.exit(0)
  })
  process.send?.({ ready: true })
} catch (error) {
  const reason = error instanceof FolderInUse ? 'in use' : error instanceof Error ? error.message : String(error)
  process.send?.({ refused: reason }, () => process.exit(1))
}
