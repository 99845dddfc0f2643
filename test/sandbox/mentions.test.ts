import { describe, expect, test } from 'vitest'
import { demoCompany } from '../../src/sandbox/company/company.ts'
import { lookupIn } from '../../src/sandbox/lookup.ts'
import { escapeText } from '../../src/sandbox/slack/mentions.ts'
import { whoIsNotified } from '../../src/sandbox/slack/notified.ts'
import { openingState } from '../../src/sandbox/slack/opening-state.ts'
import { StillClock } from './tiny-app.ts'

const state = openingState(demoCompany, 'Small Acts', new StillClock())
const { person, channel, group } = lookupIn(state)
const noor = person('noor').id
const ann = `<@${person('ann').id}|ann>`
const design = `<!subteam^${group('design').id}|@design>`
const general = `<#${channel('general').id}|general>`
const leads = `<#${channel('team-leads').id}|team-leads>`

describe('typed text', () => {
  test.each([
    ['@ann for staying late', `${ann} for staying late`],
    ['@Ann, @ann. (@ann) @ann!', `${ann}, ${ann}. (${ann}) ${ann}!`],
    ['thanks @design in #general', `thanks ${design} in ${general}`],
    ['@here @channel @everyone', '<!here> <!channel> <!everyone>'],
    ['@nobody and #nowhere', '@nobody and #nowhere'],
    ['@annabel', '@annabel'],
    ['@piotr has left', '@piotr has left'],
    ['mail ann@fernhill.example', 'mail <mailto:ann@fernhill.example|ann@fernhill.example>'],
    ['a < b && b > c', 'a &lt; b &amp;&amp; b &gt; c'],
    ['see https://a.example/x?y=1&z=2.', 'see <https://a.example/x?y=1&amp;z=2>.'],
    [`<@${person('ann').id}> <@${person('ann').id}|somebody>`, `${ann} ${ann}`],
    ['<@U0NOBODY>', '&lt;@U0NOBODY&gt;'],
    ['<!everyone> <!date^1^x|y>', '<!everyone> &lt;!date^1^x|y&gt;'],
    ['issue #12, &#39;', 'issue #12, &amp;#39;'],
    ['for:\n@ann', `for:\n${ann}`],
  ])('%j', (typed, escaped) => {
    expect(escapeText(typed, state, noor)).toBe(escaped)
  })

  test('a private channel is known to its members alone', () => {
    expect(escapeText('#team-leads', state, noor)).toBe(leads)
    expect(escapeText('#team-leads', state, person('ann').id)).toBe('#team-leads')
  })
})

describe('who hears of a message', () => {
  const heard = (text: string, blocks: object[] = [], where = 'general') =>
    whoIsNotified(state, { channel: channel(where), author: noor, text, blocks: blocks as never, followed: [] })
  const rich = (...elements: object[]) => [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]

  test('nobody without a mention', () => {
    expect(heard('thanks ann', rich({ type: 'text', text: `${ann} <!here>` }))).toEqual([])
    expect(heard('', [{ type: 'header', text: { type: 'plain_text', text: ann } }])).toEqual([])
  })

  test('whoever is mentioned, in text, mrkdwn or rich text', () => {
    expect(heard(ann)).toEqual([person('ann').id])
    expect(heard('', [{ type: 'section', text: { type: 'mrkdwn', text: ann } }])).toEqual([person('ann').id])
    expect(heard('', rich({ type: 'user', user_id: person('ann').id }))).toEqual([person('ann').id])
  })

  test('whole groups and channels, but neither the author nor apps', () => {
    expect(heard(design)).toEqual(group('design').users)
    expect(heard('', rich({ type: 'usergroup', usergroup_id: group('design').id }))).toEqual(group('design').users)
    const everybody = channel('general').members.filter((id) => id !== noor && id !== state.app.botUser)
    expect(heard('<!channel>')).toEqual(everybody)
    expect(heard('', rich({ type: 'broadcast', range: 'here' }))).toEqual(everybody)
  })
})
