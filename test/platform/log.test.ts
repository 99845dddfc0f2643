import { describe, expect, it } from 'vitest'
import { createLog } from '../../src/platform/log.ts'

function logged(what: object, message?: string) {
  const lines: string[] = []
  const log = createLog('info', { write: (line: string) => void lines.push(line) })
  log.info(what, message)
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>
}

describe('a log line', () => {
  it('says what it is about', () => {
    const at = new Date(0)
    expect(logged({ workspace: 'T1', amount: 3, at, ids: ['a', 'b'], nothing: null }, 'kudos.given')).toMatchObject({
      workspace: 'T1',
      amount: 3,
      at: at.toJSON(),
      ids: ['a', 'b'],
      nothing: null,
      msg: 'kudos.given',
    })
  })

  it('hides secrets and what people wrote, however deep', () => {
    const secret = 'xoxb-secret'
    const names = ['token', 'botToken', 'appToken', 'signingSecret', 'responseUrl', 'response_url', 'text', 'reason']
    for (const name of names) {
      const deep = {
        [name]: secret,
        in: { [name]: secret, list: [{ [name]: { in: secret } }, [{ [name]: [secret] }]] },
      }
      const line = JSON.stringify(logged(deep))
      expect(line).not.toContain(secret)
      expect(line.split('[hidden]').length - 1).toBe(4)
    }
  })

  it('hides them as well in what speaks for itself', () => {
    const own = { token: 'secret', toJSON: () => ({ ...own }) }
    expect(JSON.stringify(logged({ own }))).not.toContain('secret')
  })

  it('goes no deeper than what is logged on purpose, nor in circles', () => {
    const circle: Record<string, unknown> = { name: 'circle' }
    circle.itself = circle
    expect(JSON.stringify(logged(circle))).toContain('[hidden]')
    const crowd: unknown[] = []
    crowd.push(...Array.from({ length: 60 }, () => crowd))
    expect(JSON.stringify(logged({ crowd })).length).toBeLessThan(100_000)
    const error = new Error('its own cause')
    error.cause = error
    expect(logged({ err: error }).err).toMatchObject({ message: 'its own cause' })
  })

  it('tells of an error what it says, and nothing that it carries', () => {
    const cause = Object.assign(new Error('why'), { code: '57P01', parameters: ['secret'] })
    const error = Object.assign(new TypeError('what', { cause }), { request: { headers: 'secret' } })
    for (const line of [logged({ err: error }), logged(error)]) {
      expect(line.err).toMatchObject({ type: 'TypeError', message: 'what', cause: { message: 'why', code: '57P01' } })
      expect(JSON.stringify(line)).not.toContain('secret')
    }
    expect(JSON.stringify(logged({ first: { failure: error } }))).not.toContain('secret')
    expect(logged({ err: 'no error at all' }).err).toEqual({ message: 'no error at all' })
    const like = logged({ err: { message: 'like one', body: 'secret' } })
    expect(like.err).toMatchObject({ message: 'like one' })
    expect(JSON.stringify(like)).not.toContain('secret')
  })
})
