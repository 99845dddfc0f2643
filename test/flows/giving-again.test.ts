/** Kudos that arrive twice, and kudos for somebody not known yet: both are asked about before they are given. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const cards = (channel: string) => world.sandbox.messages(channel, { app: true })
const told = (name: string) => world.told(name)
const kudosOf = (name: string) => world.given(name)

describe('what happens twice', () => {
  it('gives once: the same command redelivered', async () => {
    const { sandbox } = world
    await sandbox.as('noor').command('#general', '/kudos', '@kofi for the redelivered')
    const delivery = sandbox.deliveries.at(-1)
    if (!delivery) throw new Error('nothing was delivered')
    const again = await Promise.all([sandbox.repeat(delivery), sandbox.repeat(delivery)])
    expect(again.map(({ status }) => status)).toEqual([200, 200])
    await world.settled()
    expect((await kudosOf('noor')).filter((kudos) => kudos.reason === 'the redelivered')).toHaveLength(1)
    expect(cards('#general').filter((card) => card.text.includes('the redelivered'))).toHaveLength(1)
  })

  it('asks before it gives the same again within two minutes', async () => {
    const { sandbox } = world
    await sandbox.as('noor').command('#general', '/kudos', '@kofi for the encore')
    await sandbox.as('noor').command('#general', '/kudos', '@kofi for the encore')
    const question = told('noor')
    if (!question) throw new Error('no question')
    expect(question.text).toContain('Again?')
    const encores = async () => (await kudosOf('noor')).filter((kudos) => kudos.reason === 'the encore')
    expect(await encores()).toHaveLength(1)
    await Promise.all([1, 2].map(() => sandbox.as('noor').click(question, 'kudos.again')))
    expect(await encores()).toHaveLength(2)

    world.clock.advance({ minutes: 2, seconds: 1 })
    await sandbox.as('noor').command('#general', '/kudos', '@kofi for the encore')
    expect(await encores()).toHaveLength(3)
  })

  it('and gives it again where it was said again, which may be nobody’s business', async () => {
    const { sandbox } = world
    await sandbox.as('noor').command('#general', '/kudos', '@tomas for the open and the quiet')
    const direct = await sandbox.as('noor').direct('kofi')
    await sandbox.as('noor').command(direct, '/kudos', '@tomas for the open and the quiet')
    const question = told('noor')
    if (!question) throw new Error('no question')
    await sandbox.as('noor').click(question, 'kudos.again')
    await world.settled()
    expect(cards('#general').filter((card) => card.text.includes('the open and the quiet'))).toHaveLength(1)
    expect((await kudosOf('noor'))[0]).toMatchObject({ reason: 'the open and the quiet', saidIn: null })
  })

  it('asks also when both arrive at the same moment', async () => {
    const { sandbox } = world
    await Promise.all(
      [1, 2, 3].map(() => sandbox.as('ann').command('#general', '/kudos', '@kofi for the double enter')),
    )
    expect((await kudosOf('ann')).filter((kudos) => kudos.reason === 'the double enter')).toHaveLength(1)
    const questions = sandbox.ephemerals('ann').filter((message) => message.text.includes('Again?'))
    expect(questions).toHaveLength(2)
  })
})

describe('somebody the directory does not know yet', () => {
  /** A new coworker, as if the event had not arrived. */
  const arrive = async (name: string) => {
    const newcomer = await world.sandbox.addPerson({ name, realName: `${name} Sol` })
    await world.stored(({ trx, workspaceId }) =>
      trx.deleteFrom('member').where('workspace_id', '=', workspaceId).where('id', '=', newcomer.id).execute(),
    )
    return newcomer
  }
  const answers = () => world.sandbox.ephemerals('noor').map((message) => message.text)

  it('is looked up, and the giver hears the result', async () => {
    const { sandbox } = world
    const newcomer = await arrive('maelle')
    await sandbox.as('noor').command('#general', '/kudos', '@maelle for the first day')
    expect(answers()).toContain('Checking who that is…')
    await world.settled()
    expect(answers()).toContainEqual(expect.stringContaining(`<@${newcomer.id}> is on its way`))
    expect(sandbox.directMessages('maelle')).toHaveLength(1)
  })

  it('is looked up again when Slack stutters, and given once', async () => {
    const { sandbox } = world
    await arrive('oskar')
    sandbox.faults.api('users.info', { status: 500 }, 1)
    await sandbox.as('noor').command('#general', '/kudos', '@oskar for the second try')
    await eventually('the note', () => sandbox.directMessages('oskar').length === 1)
  })

  it('gets a sentence when Slack does not know them either', async () => {
    const { sandbox } = world
    const ghost = await arrive('ghost')
    sandbox.faults.api('users.info', { error: 'user_not_found' }, 1)
    await sandbox.as('noor').command('#general', '/kudos', '@ghost for nothing')
    await world.settled()
    expect(answers()).toContainEqual(expect.stringContaining(`<@${ghost.id}> could not be found`))
  })
})
