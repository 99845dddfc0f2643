import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startWithTinyApp } from './tiny-app.ts'

describe('a slash command', () => {
  test('arrives signed, with every field', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const seen = await sandbox.as('noor').command('#general', '/kudos', '  @ann for <3  ')
    expect(seen).toMatchObject({ ok: true, status: 200 })
    const [request] = app.received
    expect(request?.form).toEqual({
      token: expect.any(String),
      team_id: sandbox.app.teamId,
      team_domain: 'fernhill',
      channel_id: sandbox.channel('general').id,
      channel_name: 'general',
      user_id: sandbox.person('noor').id,
      user_name: 'noor',
      command: '/kudos',
      text: `<@${sandbox.person('ann').id}|ann> for &lt;3`,
      api_app_id: sandbox.app.id,
      is_enterprise_install: 'false',
      response_url: expect.stringMatching(`^${sandbox.url}/response/.{20}`),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
    })
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    const timestamp = request?.headers['x-slack-request-timestamp']
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(5)
    const signed = createHmac('sha256', sandbox.signingSecret).update(`v0:${timestamp}:${request?.body}`).digest('hex')
    expect(request?.headers['x-slack-signature']).toBe(`v0=${signed}`)
  })

  test('of Slack’s own adds the app, or somebody, to the channel', async () => {
    const { sandbox } = await startWithTinyApp()
    const lena = sandbox.as('lena')
    expect(await lena.command('design-crit', '/invite', '@Small Acts')).toMatchObject({ ok: true })
    expect(await lena.command('design-crit', '/invite', '@noor')).toMatchObject({ ok: true })
    expect(sandbox.channel('design-crit').members).toEqual(
      expect.arrayContaining([sandbox.app.botUser, sandbox.person('noor').id]),
    )
    expect(await lena.command('design-crit', '/invite', 'nobody')).toMatchObject({ ok: false })
  })

  test('names channels as Slack does', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const noor = sandbox.as('noor')
    await noor.command('team-leads', '/kudos', 'a')
    await noor.command(await noor.direct('ann'), '/kudos', 'b')
    await noor.command(await noor.direct('ann', 'tomas'), '/kudos', 'c')
    expect(app.received.map(({ form }) => form.channel_name)).toEqual([
      'privategroup',
      'directmessage',
      'mpdm-noor--ann--tomas-1',
    ])
  })

  test('shows what the app answers', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const noor = sandbox.as('noor')
    app.reply = () => ({ text: '' })
    expect((await noor.command('general', '/kudos')).message).toBeUndefined()
    app.reply = () => ({ text: 'Plain words' })
    await noor.command('general', '/kudos')
    app.reply = () => ({ json: { text: 'For you' } })
    await noor.command('general', '/kudos')
    app.reply = () => ({ json: { text: 'For all', response_type: 'in_channel' } })
    await noor.command('general', '/kudos')
    expect(sandbox.ephemerals('noor').map(({ text }) => text)).toEqual(['Plain words', 'For you'])
    expect(sandbox.messages('general', { app: true }).map(({ text }) => text)).toEqual(['For all'])
  })

  test('fails in Slack’s words', async () => {
    const { sandbox, app, problems } = await startWithTinyApp()
    const noor = sandbox.as('noor')
    app.reply = () => ({ status: 500 })
    expect(await noor.command('general', '/kudos')).toMatchObject({
      ok: false,
      error: '/kudos failed with the error "dispatch_failed"',
    })
    app.reply = () => ({ json: { blocks: [{ type: 'nonsense' }] } })
    expect(await noor.command('general', '/kudos')).toMatchObject({
      error: '/kudos failed with the error "invalid_blocks"',
    })
    expect(problems.join()).toContain('unsupported type: nonsense')
    sandbox.connectApp('http://127.0.0.1:9/slack/events')
    expect(await noor.command('general', '/kudos')).toMatchObject({
      error: '/kudos failed with the error "dispatch_failed"',
    })
    expect(problems.at(-1)).toBe('The app does not answer at http://127.0.0.1:9/slack/events. Is it running?')
  })

  test('waits 3 seconds and no longer', async () => {
    const { sandbox, app } = await startWithTinyApp()
    app.reply = () => ({ silent: true })
    const seen = await sandbox.as('noor').command('general', '/kudos')
    expect(seen).toMatchObject({ ok: false, status: null, error: '/kudos failed with the error "operation_timeout"' })
    expect(seen.ms).toBeGreaterThanOrEqual(2990)
    expect(seen.ms).toBeLessThan(3500)
  })

  test('is refused where there is no composer, or no such command', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const say = async (name: string, where: string, command = '/kudos') =>
      (await sandbox.as(name).command(where, command)).error
    await app.call('chat.postMessage', { channel: sandbox.person('noor').id, text: 'Hi' })
    const dm = sandbox.directMessages('noor')[0]?.channel as string
    expect(await say('noor', dm)).toBe('Sending messages to this app has been turned off.')
    expect(await say('noor', 'design-crit')).toBe('Join #design-crit first.')
    expect(await say('noor', 'summer-party-2025')).toBe('#summer-party-2025 is archived.')
    expect(await say('noor', 'photo-shoot')).toBe('There is no such channel.')
    expect(await say('noor', 'general', '/thanks')).toBe('/thanks is not a valid command.')
    expect(await say('ottoline', 'ext-inkwell')).toBe('/kudos is not a valid command.')
    expect(await say('piotr', 'general')).toBe('Nobody like that can sign in here.')
    expect(app.received).toEqual([])
  })

  test('can be sent again, and forged', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const { delivery } = await sandbox.as('noor').command('general', '/kudos', 'hi')
    await sandbox.repeat(delivery as NonNullable<typeof delivery>, { 'x-slack-retry-num': '1' })
    const [first, second] = app.received
    expect(second?.body).toBe(first?.body)
    expect(second?.headers['x-slack-retry-num']).toBe('1')
    await sandbox.send({ body: 'a=b', timestamp: 12, secret: 'another' })
    const forged = createHmac('sha256', 'another').update('v0:12:a=b').digest('hex')
    expect(app.received[2]?.headers['x-slack-signature']).toBe(`v0=${forged}`)
  })
})
