import { App, type Receiver } from '@slack/bolt'
import { beforeEach, describe, expect, it } from 'vitest'
import { boltLogger } from '../src/bolt.ts'
import { listeningByName } from '../src/bolt-listeners.ts'
import { createLog } from '../src/platform/log.ts'

const receiver = { init() {}, start: async () => {}, stop: async () => {} } as unknown as Receiver
let app: App
let listening: App
const heard: string[] = []
beforeEach(() => {
  heard.length = 0
  app = new App({
    receiver,
    logger: boltLogger(createLog('silent')),
    convoStore: false,
    authorize: async () => ({ teamId: 'T1', botId: 'B1', botUserId: 'U0APP' }),
  })
  app.error(async (error) => {
    throw error
  })
  listening = listeningByName(app)
})

/** Whether it was acknowledged. */
async function tell(body: object): Promise<boolean> {
  let isAcked = false
  await app.processEvent({
    body: { team: { id: 'T1' }, user: { id: 'U1' }, ...body },
    ack: async () => {
      isAcked = true
    },
  })
  return isAcked
}
const hears =
  (what: string) =>
  async ({ ack }: { ack: () => Promise<void> }) => {
    heard.push(what)
    await ack()
  }
const click = (actionId: string, form?: string) =>
  tell({
    type: 'block_actions',
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value: '' }],
    ...(form ? { view: { id: 'V1', type: 'modal', callback_id: form } } : {}),
  })
const event = (type: string) => tell({ type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event: { type } })

describe('a listener', () => {
  it('hears what has its name, and nothing else', async () => {
    listening.action('kudos.undo', hears('undo'))
    listening.action('kudos.undo-all', hears('undo all'))
    listening.view('kudos.form', hears('form'))
    listening.command('/kudos', hears('command'))
    listening.shortcut('kudos.give', hears('shortcut'))
    expect(await click('kudos.undo')).toBe(true)
    expect(await click('kudos.undo-all')).toBe(true)
    expect(await tell({ type: 'view_submission', view: { id: 'V1', callback_id: 'kudos.form' } })).toBe(true)
    expect(await tell({ command: '/kudos', text: '' })).toBe(true)
    expect(await tell({ type: 'shortcut', callback_id: 'kudos.give' })).toBe(true)
    expect(heard).toEqual(['undo', 'undo all', 'form', 'command', 'shortcut'])
    for (const unheard of [
      click('kudos'),
      click('constructor'),
      tell({ type: 'view_submission', view: { id: 'V1', callback_id: 'other.form' } }),
      tell({ type: 'view_closed', view: { id: 'V1', callback_id: 'kudos.form' } }),
      tell({ command: '/other', text: '' }),
      tell({ type: 'shortcut', callback_id: 'kudos.take' }),
    ])
      expect(await unheard).toBe(false)
    expect(heard).toHaveLength(5)
  })

  it('to a field of one form does not hear another form’s, and comes before one that hears it everywhere', async () => {
    listening.action({ callback_id: 'settings.form', action_id: 'channel' }, hears('settings'))
    listening.action({ callback_id: 'prompts.form', action_id: 'channel' }, hears('prompts'))
    await click('channel', 'prompts.form')
    expect(await click('channel', 'other.form')).toBe(false)
    expect(await click('channel')).toBe(false)
    listening.action('channel', hears('any'))
    await click('channel', 'settings.form')
    await click('channel')
    expect(heard).toEqual(['prompts', 'settings', 'any'])
  })

  it('to an event hears it with all the others, whatever becomes of them; and its failure is told', async () => {
    listening.event('team_join', async () => {
      throw new Error('the first one failed')
    })
    listening.event('team_join', async () => void heard.push('second'))
    await expect(event('team_join')).rejects.toThrow('the first one failed')
    expect(heard).toEqual(['second'])
    await event('channel_rename')
  })

  it('has a name, and one name has one listener', () => {
    listening.action('kudos.undo', hears('undo'))
    expect(() => listening.action('kudos.undo', hears('again'))).toThrow('kudos.undo has a listener already')
    expect(() => listening.view(/kudos/, hears('all') as never)).toThrow('under its name')
  })
})
