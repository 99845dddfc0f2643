/**
 * PostgreSQL's wire protocol in front of PGlite, which is one session: a connection has it to itself from its first
 * message until the server is ready for the next query outside a transaction. (The package made for this hands out the
 * session message by message, so that one connection's Bind meets another one's Parse.)
 * The format is from PostgreSQL's documentation, "Frontend/Backend Protocol".
 */
import net from 'node:net'

export interface ProtocolDatabase {
  /** Takes one message of a client and gives the server's answer to it. */
  execProtocolRaw(message: Uint8Array): Promise<Uint8Array>
}

const SSL_REQUEST = 80_877_103
const GSS_REQUEST = 80_877_104
const CANCEL_REQUEST = 80_877_102
const READY_FOR_QUERY = 'Z'.charCodeAt(0)
const IDLE = 'I'.charCodeAt(0)
const TERMINATE = 'X'.charCodeAt(0)
const SYNC = Buffer.from([0x53, 0, 0, 0, 4])
const ROLLBACK = Buffer.from('Q\0\0\0\x0dROLLBACK\0', 'latin1')

/** Serves the database on a unix socket. Rejects when the socket can't be made. */
export function serveProtocol(database: ProtocolDatabase, socketPath: string): Promise<net.Server> {
  const session = createTurns()
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    serve(socket, database, session).catch(() => socket.destroy())
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, () => resolve(server))
  })
}

async function serve(socket: net.Socket, database: ProtocolDatabase, session: Turns): Promise<void> {
  let leave: (() => void) | null = null
  try {
    for await (const message of messagesOf(socket)) {
      leave ??= await session.enter()
      const answer = await database.execProtocolRaw(message)
      if (!socket.destroyed) socket.write(answer)
      if (isIdleAfter(answer)) {
        leave()
        leave = null
      }
    }
  } finally {
    if (leave) {
      // Gone in the middle: what it had begun must not become part of the next one's transaction.
      await database.execProtocolRaw(SYNC)
      await database.execProtocolRaw(ROLLBACK)
      leave()
    }
    socket.end()
  }
}

/** The client's messages, whole. Requests for encryption are declined here; the end is a Terminate or a closed socket. */
async function* messagesOf(socket: net.Socket): AsyncGenerator<Uint8Array> {
  let buffer: Buffer = Buffer.alloc(0)
  let started = false
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk])
    for (;;) {
      // Before the session starts a message has no type byte.
      const lengthAt = started ? 1 : 0
      if (buffer.length < lengthAt + 4) break
      const length = lengthAt + buffer.readInt32BE(lengthAt)
      if (buffer.length < length) break
      const message = buffer.subarray(0, length)
      buffer = buffer.subarray(length)
      if (started) {
        if (message[0] === TERMINATE) return
        yield new Uint8Array(message)
        continue
      }
      const code = message.length >= 8 ? message.readInt32BE(4) : 0
      if (code === CANCEL_REQUEST) return
      if (code === SSL_REQUEST || code === GSS_REQUEST) {
        socket.write('N')
        continue
      }
      started = true
      yield new Uint8Array(message)
    }
  }
}

/** True when the last word of the answer is that the server waits for a query, in no transaction. */
function isIdleAfter(answer: Uint8Array): boolean {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength)
  let status: number | null = null
  for (let at = 0; at + 5 <= answer.length; at += 1 + view.getInt32(at + 1)) {
    status = answer[at] === READY_FOR_QUERY ? (answer[at + 5] ?? null) : null
  }
  return status === IDLE
}

interface Turns {
  /** Resolves when it is one's turn, in the order of asking; the function it gives ends the turn. */
  enter(): Promise<() => void>
}

function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve()
  return {
    async enter() {
      const before = last
      let leave = () => {}
      last = new Promise((done) => {
        leave = done
      })
      await before
      return leave
    },
  }
}
