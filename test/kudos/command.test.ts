import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_REASON, parseKudos } from '../../src/kudos/command.ts'

const give = (people: string[], reason: string, groups: string[] = []) => ({ kind: 'give', people, groups, reason })

describe('what follows /kudos', () => {
  it.each([
    ['<@U01ANN|ann> for staying late', give(['U01ANN'], 'staying late')],
    ['<@U01ANN> staying late', give(['U01ANN'], 'staying late')],
    ['<@U01ANN|ann> <@U02RAJ|raj> for unblocking the release', give(['U01ANN', 'U02RAJ'], 'unblocking the release')],
    ['<@U01ANN|ann>, <@U02RAJ|raj> and <@W03LI|li>: the demo', give(['U01ANN', 'U02RAJ', 'W03LI'], 'the demo')],
    ['<@U01ANN|ann>&amp;<@U02RAJ|raj> because you listened', give(['U01ANN', 'U02RAJ'], 'you listened')],
    ['<@U01ANN|ann> <@U01ANN|ann> for once', give(['U01ANN'], 'once')],
    ['<!subteam^S01DES|@design> for the icons', give([], 'the icons', ['S01DES'])],
    ['<@U01ANN|ann> formidable work', give(['U01ANN'], 'formidable work')],
    ['<@U01ANN|ann> for helping <@U02RAJ|raj>', give(['U01ANN'], 'helping <@U02RAJ|raj>')],
    ['<@U01ANN|ann> andere Worte', give(['U01ANN'], 'andere Worte')],
    ['<@U01ANN|ann> — the calm', give(['U01ANN'], 'the calm')],
    ['<@U01ANN|ann> for the\nlong\nnight', give(['U01ANN'], 'the\nlong\nnight')],
  ])('reads %s', (text, expected) => {
    expect(parseKudos(text)).toEqual(expected)
  })

  it.each([
    ['', { kind: 'form' }],
    ['  ', { kind: 'form' }],
    ['  HELP ', { kind: 'help' }],
    ['given', { kind: 'list', list: 'given' }],
    ['Mine', { kind: 'list', list: 'mine' }],
    ['notes off', { kind: 'prefer', change: { notes: false } }],
    ['Notes  on', { kind: 'prefer', change: { notes: true } }],
    ['only me', { kind: 'prefer', change: { onlyMe: true } }],
    ['show only to me', { kind: 'prefer', change: { onlyMe: true } }],
    ['in the channel', { kind: 'prefer', change: { onlyMe: false } }],
    ['show in channel', { kind: 'prefer', change: { onlyMe: false } }],
    ['@ann for staying late', { kind: 'refused', problem: 'no person' }],
    ['thanks <@U01ANN|ann>', { kind: 'refused', problem: 'person not first' }],
    ['<@U01ANN|ann>', { kind: 'refused', problem: 'no reason' }],
    ['<@U01ANN|ann> for', { kind: 'refused', problem: 'no reason' }],
    ['<@U01ANN|ann> \u200b\u2060', { kind: 'refused', problem: 'no reason' }],
  ])('answers %j', (text, expected) => {
    expect(parseKudos(text)).toEqual(expected)
  })

  it('counts what people see, not what Slack made of it', () => {
    const escaped = '&amp;'.repeat(MAX_REASON)
    expect(parseKudos(`<@U01ANN|ann> ${escaped}`)).toMatchObject({ kind: 'give' })
    expect(parseKudos(`<@U01ANN|ann> ${escaped}&amp;`)).toEqual({ kind: 'refused', problem: 'too long' })
    // One emoji outside the basic plane is one character.
    expect(parseKudos(`<@U01ANN|ann> ${'🌱'.repeat(MAX_REASON)}`)).toMatchObject({ kind: 'give' })
  })

  const fragment = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '<@U01ANN|ann>',
      '<@',
      '<!subteam^S01|@x>',
      '<!channel>',
      ' for ',
      '&amp;',
      '`',
      ':',
      '<',
      '>',
      '\u0000',
      '\u202e',
      ' ',
    ),
  )
  const anything = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(''))

  it('never throws, and stays within its bounds, on any string', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const command = parseKudos(text)
        if (command.kind !== 'give') return
        expect(command.people.length + command.groups.length).toBeGreaterThan(0)
        expect(new Set(command.people).size).toBe(command.people.length)
        expect(command.reason).not.toBe('')
        expect(command.reason).not.toContain('\u0000')
        expect(command.reason.length).toBeLessThanOrEqual(20_000)
      }),
      { numRuns: 2_000 },
    )
  })

  it('finds whoever is named first, whatever the reason', () => {
    fc.assert(
      fc.property(anything, (reason) => {
        const command = parseKudos(`<@U01ANN|ann> for x${reason}`)
        if (command.kind === 'give') expect(command.people).toContain('U01ANN')
        else expect(command).toEqual({ kind: 'refused', problem: 'too long' })
      }),
    )
  })
})
