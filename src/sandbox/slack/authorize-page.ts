/** Slack's page on which somebody agrees to an app. */
import { type Html, html } from '../../platform/web-page.ts'
import type { HttpAnswer } from './faulty-server.ts'
import { type AuthorizeRequest, allow, deny, readAuthorizeRequest } from './oauth.ts'
import { Refusal } from './refusal.ts'
import { canAct, type World } from './world.ts'

/** Shows what an app asks for. */
export function showAuthorize(world: World, query: URLSearchParams): HttpAnswer {
  try {
    return page(200, form(world, readAuthorizeRequest(world, query), query), query.get('redirect_uri'))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return page(400, html`<h1>Something went wrong</h1><p>Slack says: ${error.code}.</p>`)
  }
}

/** Somebody allowed it or did not. `fields` are those of the form. */
export function answerAuthorize(world: World, query: URLSearchParams, fields: URLSearchParams): HttpAnswer {
  try {
    const asked = readAuthorizeRequest(world, query)
    const user = fields.get('user') ?? ''
    const person = world.state.people[user]
    if (fields.get('answer') !== 'allow') return redirect(deny(asked))
    if (!person || !canAct(person) || person.teamId !== world.state.team.id) throw new Refusal('not_allowed')
    const granted = fields.getAll('optional').filter((scope) => asked.optional.includes(scope))
    return redirect(allow(world, asked, { user, granted, organisation: fields.get('organisation') === 'yes' }))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return page(400, html`<h1>Something went wrong</h1><p>Slack says: ${error.code}.</p>`)
  }
}

const redirect = (location: string): HttpAnswer => ({ status: 302, body: '', headers: { location } })

function form({ state, manifest }: World, asked: AuthorizeRequest, query: URLSearchParams): Html {
  const people = Object.values(state.people).filter((person) => canAct(person) && person.kind === 'member')
  const sorted = people.sort((a, b) => Number(b.isAdmin) - Number(a.isAdmin))
  return html`<p class="quiet">Sandbox: this is Slack’s page, as far as it is needed.</p>
<h1>${manifest.name} would like to be in ${state.team.name}</h1>
<form method="post" action="/oauth/v2/authorize?${query.toString()}">
<h2>It asks for</h2>
<ul>${asked.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>
${asked.optional.map(
  (scope) =>
    html`<p><label><input type="checkbox" name="optional" value="${scope}" checked> <code>${scope}</code> (optional)</label></p>`,
)}
<p><label>You are <select name="user">${sorted.map(
    ({ id, realName, isAdmin }) => html`<option value="${id}">${realName}${isAdmin ? ' (admin)' : ''}</option>`,
  )}</select></label></p>
<p><button name="answer" value="allow">Allow</button> <button name="answer" value="cancel">Cancel</button></p>
</form>`
}

const STYLE =
  'body{font:1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}button{font:inherit;padding:.5rem 1.25rem}.quiet{opacity:.75}'

/** A form's answer may lead on: browsers ask the policy for that address, too. */
function page(status: number, content: Html, redirectUri: string | null = null): HttpAnswer {
  const onwards = redirectUri === null ? '' : ` ${new URL(redirectUri).origin}`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self'${onwards}; base-uri 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Slack (sandbox)</title><style>${STYLE}</style><main>${content.text}</main></html>`,
  }
}
