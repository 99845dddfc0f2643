import { Refusal } from '../refusal.ts'
import type { Method } from './method.ts'

export const connections: Record<string, Method> = {
  'apps.connections.open': {
    token: 'app',
    tier: 1,
    // connections:write is the app-level token's, and not in the manifest.
    scope: null,
    takes: {},
    needs: [],
    run({ sockets, url }) {
      if (!sockets) throw new Refusal('forbidden')
      return { url: `${url().replace(/^http/, 'ws')}${sockets.issueTicket()}` }
    },
  },
}
