import { unlinkSync } from 'node:fs'
import net from 'node:net'

/**
 * Holds a folder for one process by listening on a unix socket inside it. The kernel closes the socket however the
 * process dies, so what a crash leaves behind is only a file nobody answers, and is taken over.
 * `path` may be relative to the working directory, which keeps it under the 100 characters a socket's path may have.
 * Rejects with FolderInUse when another process answers.
 */
export async function lockFolder(path: string): Promise<net.Server> {
  try {
    return await listen(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
  }
  if (await answers(path)) throw new FolderInUse()
  unlinkSync(path)
  return listen(path)
}

export class FolderInUse extends Error {
  constructor() {
    super('the data folder is in use by another process')
  }
}

function listen(path: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((connection) => connection.end())
    server.once('error', reject)
    server.listen(path, () => resolve(server))
  })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = net.connect(path)
    connection.once('connect', () => {
      connection.destroy()
      resolve(true)
    })
    connection.once('error', () => resolve(false))
  })
}
