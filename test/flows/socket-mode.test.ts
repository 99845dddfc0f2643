import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ mode: 'socket' })
})
afterAll(() => world?.stop())

const cards = (reason: string) =>
  world.sandbox.messages('#general', { app: true }).filter(({ text }) => text.includes(reason))
const connected = () => eventually('a connection', () => world.sandbox.sockets.count() > 0)

it('takes commands, clicks, forms and events, and answers each', async () => {
  const { sandbox } = world
  expect(await sandbox.as('noor').command('#general', '/kudos', '@ann for the socket')).toMatchObject({
    ok: true,
    status: 200,
  })
  await world.settled()
  expect(cards('the socket')).toHaveLength(1)
  const confirmation = world.told('noor')
  if (!confirmation) throw new Error('no confirmation')
  await sandbox.as('noor').click(confirmation, 'kudos.undo')
  await world.settled()
  expect(cards('the socket')).toEqual([])
  await sandbox.as('noor').openHome()
  await world.homeOf('noor', 'Yours to decide')
  expect(sandbox.calls.some(({ method }) => method === 'apps.connections.open')).toBe(true)
})

it.each(['warning', 'refresh_requested', 'cut'] as const)('comes back after %s', async (reason) => {
  const { sandbox } = world
  await connected()
  sandbox.sockets.disconnect(reason)
  await eventually('the connection to go', () => sandbox.sockets.count() === 0)
  // Nobody is there: the person hears so, as over HTTP.
  expect(await sandbox.as('noor').command('#general', '/kudos', '@ann for nobody')).toMatchObject({ ok: false })
  await connected()
  await sandbox.as('noor').command('#general', '/kudos', `@ann for coming back after ${reason}`)
  await world.settled()
  expect(cards(`coming back after ${reason}`)).toHaveLength(1)
})

it('an event that was not acknowledged is told again, and handled', async () => {
  const { sandbox } = world
  await connected()
  sandbox.sockets.disconnect('cut')
  await eventually('the connection to go', () => sandbox.sockets.count() === 0)
  const joined = sandbox.addPerson({ name: 'zoe', realName: 'Zoe Late' })
  await connected()
  await joined
  await eventually('the newcomer', async () => {
    // The second of Slack's repeats comes a minute later.
    world.clock.advance({ minutes: 1 })
    await sandbox.as('noor').command('#general', '/kudos', '@zoe for arriving')
    return world.told('noor')?.text.includes('is on its way')
  })
})

it('an event that could not be stored is told again, and stored then', async () => {
  const { sandbox } = world
  await connected()
  const lena = sandbox.person('lena')
  await world.proxy.down()
  await sandbox.changePerson('lena', { kind: 'deactivated' })
  await world.proxy.up()
  await eventually('the leaver', async () => {
    world.clock.advance({ minutes: 1 })
    await sandbox.as('noor').command('#general', '/kudos', `<@${lena.id}|lena> for the time we had`)
    return world.told('noor')?.text.includes('has left this workspace')
  })
})

it('while two connections overlap, nothing is handled twice', async () => {
  const { sandbox } = world
  await connected()
  const second = await world.another()
  try {
    await eventually('both connections', () => sandbox.sockets.count() >= 2)
    await sandbox.as('kofi').command('#general', '/kudos', '@ann for the overlap')
    const command = sandbox.deliveries.findLast(({ kind }) => kind === 'command')
    if (!command) throw new Error('no command')
    const answers = await Promise.all([1, 2, 3, 4].map(() => sandbox.repeat(command)))
    for (const { status, response } of answers) {
      expect(status).toBe(200)
      expect(JSON.stringify(response)).toContain('is on its way')
    }
    await world.settled()
    expect(cards('the overlap')).toHaveLength(1)
    expect((await world.given('kofi')).filter(({ reason }) => reason === 'the overlap')).toHaveLength(1)

    // A form opens once, although its request comes twice.
    await sandbox.as('kofi').command('#general', '/kudos')
    const opened = sandbox.deliveries.findLast(({ kind }) => kind === 'command')
    if (opened) await sandbox.repeat(opened)
    await eventually('the form', () => sandbox.view('kofi'))
    await world.settled()
    expect(world.told('kofi')?.text).toContain('is on its way')
  } finally {
    await second.stop()
  }
})

it('leaves Slack nothing to complain about', () => {
  const complaints = world.problems.filter((problem) => !problem.includes('No app is connected'))
  expect(complaints).toEqual([])
})
