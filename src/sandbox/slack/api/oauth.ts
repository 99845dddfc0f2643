import { redeem, revokeToken } from '../oauth.ts'
import { Refusal } from '../refusal.ts'
import { type Method, string } from './method.ts'
import { grantedScopes } from './scopes.ts'

export const oauth: Record<string, Method> = {
  'oauth.v2.access': {
    token: 'none',
    scope: null,
    // Slack says 600 a minute.
    tier: 4,
    takes: { client_id: 'string', client_secret: 'string', code: 'string', redirect_uri: 'string' },
    needs: ['code'],
    run(world, args) {
      const { app, team } = world.state
      if (string(args, 'client_id') !== app.clientId) throw new Refusal('invalid_client_id')
      if (string(args, 'client_secret') !== app.clientSecret) throw new Refusal('bad_client_secret')
      const { token, code } = redeem(world, { code: string(args, 'code'), redirectUri: string(args, 'redirect_uri') })
      const organisation = { id: 'E0ORGANISATION', name: team.name }
      return {
        access_token: token,
        token_type: 'bot',
        scope: grantedScopes(world).join(','),
        bot_user_id: app.botUser,
        app_id: app.id,
        team: code.organisation ? null : { id: team.id, name: team.name },
        enterprise: code.organisation ? organisation : null,
        is_enterprise_install: code.organisation,
        authed_user: { id: code.user },
      }
    },
  },
  'auth.revoke': {
    scope: null,
    tier: 3,
    takes: { test: 'boolean' },
    needs: [],
    run(world) {
      // Whoever has a token for the whole organisation gives that one back.
      if (world.organisationTokens.size > 0) world.organisationTokens.clear()
      else revokeToken(world)
      return { revoked: true }
    },
  },
}
