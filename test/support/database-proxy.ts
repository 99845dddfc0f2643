import net from 'node:net'

/** Stands between the app and its database, to take the one from the other. */
export interface DatabaseProxy {
  /** The database's URL, by way of here. */
  url: string
  /** Cuts every connection and refuses new ones, as a server that was stopped. Whoever was connected knows it then. */
  down(): Promise<void>
  /** Lets nothing through but keeps every connection, as a network that swallows packets. */
  silent(): void
  /** Ends every connection and refuses new ones in PostgreSQL's own words, as a server that has no more to give. */
  full(): void
  up(): void
  stop(): Promise<void>
}

/** An ErrorResponse of the protocol: https://www.postgresql.org/docs/15/protocol-error-fields.html */
const TOO_MANY = (() => {
  const fields = Buffer.from('SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0\0')
  const length = Buffer.alloc(4)
  length.writeInt32BE(fields.length + 4)
  return Buffer.concat([Buffer.from('E'), length, fields])
})()

export async function createDatabaseProxy(target: string): Promise<DatabaseProxy> {
  const url = new URL(target)
  const socketFolder = url.searchParams.get('host')
  const upstream = socketFolder
    ? { path: `${socketFolder}/.s.PGSQL.5432` }
    : { host: url.hostname, port: Number(url.port || 5432) }
  let state: 'up' | 'down' | 'silent' | 'full' = 'up'
  const pairs = new Set<[net.Socket, net.Socket]>()

  const server = net.createServer((client) => {
    if (state === 'down') return client.destroy()
    if (state === 'full') {
      client.on('error', () => {})
      return client.once('data', () => client.end(TOO_MANY))
    }
    const database = net.connect(upstream as net.NetConnectOpts)
    const pair: [net.Socket, net.Socket] = [client, database]
    pairs.add(pair)
    // Small messages back and forth: waiting to fill a packet would cost 40 ms each.
    client.setNoDelay()
    database.setNoDelay()
    const pipe = (from: net.Socket, to: net.Socket) => {
      from.on('data', (chunk) => {
        if (state === 'up') to.write(chunk)
      })
      from.on('error', () => {})
      from.on('close', () => {
        pairs.delete(pair)
        to.destroy()
      })
    }
    pipe(client, database)
    pipe(database, client)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as net.AddressInfo
  if (socketFolder) {
    url.searchParams.set('host', '127.0.0.1')
    url.searchParams.set('port', String(port))
  } else {
    url.hostname = '127.0.0.1'
    url.port = String(port)
  }
  const cut = () => {
    for (const [client, database] of pairs) {
      client.destroy()
      database.destroy()
    }
  }
  return {
    url: url.href,
    async down() {
      state = 'down'
      cut()
      // A turn for the cuts to go out, and one for the other ends of this process to see them.
      for (let turn = 0; turn < 2; turn += 1) await new Promise((done) => setImmediate(done))
    },
    silent() {
      state = 'silent'
    },
    full() {
      state = 'full'
      cut()
    },
    up() {
      // What was swallowed can't be taken up again in the middle.
      if (state === 'silent') cut()
      state = 'up'
    },
    async stop() {
      cut()
      await new Promise((done) => server.close(done))
    },
  }
}
