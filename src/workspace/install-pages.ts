/** What somebody sees in a browser who looks at the app, or installs it. Without scripts, and without anybody else's files. */
import { type Html, html, type WebPage } from '../platform/web-page.ts'
import { STYLE } from './install-style.ts'
import { TICKET_MINUTES } from './install-ticket.ts'
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from './scopes.ts'

const page = (status: number, title: string, content: Html): WebPage => ({
  status,
  type: 'text/html',
  body: html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
${content}
</main>
<footer><nav aria-label="Pages"><a href="/">Small Acts</a> <a href="/privacy">Privacy</a></nav></footer>
</body>
</html>
`.text,
})

/** The pages that have an address of their own; null for any other. */
export function pageAt(path: string): WebPage | null {
  switch (path) {
    case '/':
      return landing()
    case '/privacy':
      return privacy()
    case '/style.css':
      return { status: 200, type: 'text/css', body: STYLE }
    default:
      return null
  }
}

const addToSlack = html`<p><a class="button" href="/slack/install">Add to Slack</a></p>`

const landing = () =>
  page(
    200,
    'Small Acts for Slack',
    html`<h1>Small Acts</h1>
<p class="lead">Kindness as a habit, not a campaign: an app for Slack.</p>
<ul>
<li>Thank somebody in five seconds, where everybody can see it or just between the two of you.</li>
<li>Once a week, in the channels that want it, a question that is good to answer.</li>
<li>For those who say yes: fifteen minutes with a coworker of another team.</li>
<li>Once a month, a digest for admins. No points, no prizes, no leaderboard.</li>
</ul>
${addToSlack}
<p>Nobody hears from Small Acts because you install it, but you: one message with what can be set up. Everybody else decides for
themselves.</p>
<h2 id="scopes">What it asks Slack for, and why</h2>
<dl aria-labelledby="scopes">
${NEEDED_SCOPES.map(({ scope, why }) => row(scope, why))}
${OPTIONAL_SCOPES.map(({ scope, adds }) => row(scope, `if you like: with it, ${adds}`))}
</dl>
<p>It does not ask to read messages, and can’t: what it knows was said to it with a command, a button or a form.
<a href="/privacy">What it keeps, and for how long</a></p>`,
  )

const row = (scope: string, why: string) => html`<dt><code>${scope}</code></dt><dd>${why}</dd>
`

const privacy = () =>
  page(
    200,
    'Privacy: Small Acts for Slack',
    html`<h1>Privacy</h1>
<p class="lead">Small Acts belongs to whoever runs it. It runs on their machine, its data are in their database, and nothing is sent to
anybody but Slack.</p>
<h2>What it keeps</h2>
<ul>
<li>Kudos: who gave one to whom, when, and the words. Answers to the weekly question. Who takes part in check-ins, who met whom, and
how they said it went.</li>
<li>Of everybody in the workspace: the id Slack gives them, whether they are a guest, an admin or have left, their time zone and language.
No names, no addresses, no pictures.</li>
<li>What was decided in the settings, by whom and when.</li>
<li>The token with which it speaks to Slack, encrypted.</li>
</ul>
<h2>What it does not</h2>
<ul>
<li>It reads no messages. What it knows was said to it with a command, a button or a form.</li>
<li>It shows no private kudos to admins, and no number about fewer than five people to anybody.</li>
<li>The list of people somebody would rather not meet is seen by that person alone.</li>
<li>It sets no cookie, but for ten minutes while you install it.</li>
</ul>
<h2>For how long</h2>
<p>When a workspace removes the app, nothing more is sent from that moment, and all it knows of the workspace is deleted after 30 days, or as many
as the workspace chose. Installed again before that, it goes on where it was. Whoever runs it can delete everything sooner.</p>
<h2>What is yours</h2>
<p><code>/smallacts export</code> in Slack gives you all it knows of you, <code>/smallacts forget me</code> erases it. Neither needs anybody’s
permission. For anything else, ask those who run Small Acts where you are.</p>`,
  )

/** It worked. */
export const installed = (workspace: string, open: string): WebPage =>
  page(
    200,
    'Small Acts is installed',
    html`<h1>Small Acts is installed</h1>
<p>It is in ${workspace === '' ? 'your workspace' : html`<strong>${workspace}</strong>`} now. It has written to you there, and to nobody else, what can be set up.</p>
<p><a class="button" href="${open}">Open Slack</a></p>`,
  )

/** Why nothing was installed. */
export type NotInstalled =
  | 'cancelled'
  | 'stale'
  | 'code refused'
  | 'organisation'
  | 'being deleted'
  | 'no answer'
  | 'failed'

const WORDS: Record<NotInstalled, { status: number; why: string }> = {
  cancelled: { status: 200, why: 'You did not allow it in Slack. That is fine: nothing was stored.' },
  stale: {
    status: 400,
    why: `An installation has to be finished in the browser it was begun in, within ${TICKET_MINUTES} minutes, and once. Please begin again.`,
  },
  'code refused': {
    status: 400,
    why: 'Slack did not take its own answer any more: it is good once, and not for long. Please begin again.',
  },
  organisation: {
    status: 403,
    why: 'Small Acts can’t be installed for a whole organisation yet. Begin again, and choose one of its workspaces at the top of Slack’s page.',
  },
  'being deleted': {
    status: 409,
    why: 'What Small Acts knew of this workspace from an earlier installation is being deleted right now. Please begin again in a few minutes.',
  },
  'no answer': { status: 502, why: 'Slack did not answer. Please begin again in a minute.' },
  failed: {
    status: 500,
    why: 'Something is wrong on our side, and whoever runs Small Acts can see what. Please begin again later.',
  },
}

/** Nothing was installed, and what to do instead. */
export const notInstalled = (because: NotInstalled): WebPage =>
  page(
    WORDS[because].status,
    'Small Acts was not installed',
    html`<h1>Nothing was installed</h1>
<p>${WORDS[because].why}</p>
${addToSlack}`,
  )
