import { describe, expect, it } from 'vitest'
import { LANGUAGES, libraryOf } from '../../src/prompts/library.ts'

/** Nothing about family, health, faith, looks, drinking, money, politics, or what only some of us do or have. */
const FORBIDDEN =
  /\b(famil(y|ies)|mothers?|fathers?|parents?|child(ren|hood)?|kids?|sons?|daughters?|wife|husband|spouse|girlfriend|boyfriend|marri\w*|wedding|birthdays?|pets?|dogs?|cats?|health\w*|ill|illness|sick\w*|doctor|diet|weight|gym|sports?|running|jog\w*|asleep|sleep\w*|faith|god|pray\w*|church|mosque|religio\w*|holy|holidays?|christmas|easter|ramadan|beautiful|handsome|pretty|outfits?|dress\w*|hair|clothes|looks|drink\w*|beer|wine|alcohol|pub|bar|coffee|lunch|dinner|breakfast|eat\w*|food|cook\w*|cake|weekends?|vacations?|travel\w*|trips?|house|flat|garden|salary|money|buy\w*|rich|poor|politic\w*|vote\w*|young\w*|age|old|country|accent|school|university|degree|stand up|walk\w*|see you|camera|desk|office|kitchen|corridor)\b/i

describe.each(LANGUAGES)('the library in %s', (language) => {
  const { prompts, findings } = libraryOf(language)
  const all = [...prompts.values()]

  it('lasts two years without a repeat, half of it appreciation, half connection', () => {
    const of = (kind: string) => all.filter((prompt) => prompt.kind === kind).length
    expect(all.length).toBeGreaterThanOrEqual(104)
    expect(of('appreciation')).toBe(of('connection'))
  })

  it('never says the same twice', () => {
    const words = (text: string) =>
      new Set(
        text
          .toLowerCase()
          .match(/\p{L}{4,}/gu)
          ?.filter((word) => !['somebody', 'what', 'that', 'them'].includes(word)),
      )
    const texts = all.map(({ id, text }) => ({ id, words: words(text) }))
    expect(new Set(all.map(({ text }) => text.toLowerCase())).size).toBe(all.length)
    const alike = texts.flatMap((a, index) =>
      texts.slice(index + 1).flatMap((b) => {
        const shared = [...a.words].filter((word) => b.words.has(word)).length
        return shared / Math.min(a.words.size, b.words.size) > 0.6 ? [`${a.id} and ${b.id}`] : []
      }),
    )
    expect(alike).toEqual([])
  })

  it('is short enough for a tired person on a phone', () => {
    for (const { id, text } of all) {
      expect(text.length, id).toBeLessThanOrEqual(140)
      expect(text.split(/(?<=[.?!])[”]?\s/).length, id).toBeLessThanOrEqual(4)
      expect(text, id).toMatch(/[.?”]$/)
      expect(text, id).not.toMatch(/[!<>&*_`'"]|\s{2}/)
    }
  })

  it('rests on findings, each with its source, and on every one of them', () => {
    const used = new Set(all.map(({ finding }) => finding))
    expect([...used].sort()).toEqual([...findings.keys()].sort())
    for (const { line, source } of findings.values()) {
      expect(line).toMatch(/\.$/)
      expect(source).not.toBe('')
    }
  })

  it('has something for every effort', () => {
    for (const effort of ['moment', 'minute', 'two minutes']) {
      expect(all.filter((prompt) => prompt.effort === effort).length).toBeGreaterThan(20)
    }
  })
})

describe('in English, the library', () => {
  const all = [...libraryOf('en').prompts.values()]

  it('leaves nobody out', () => {
    expect(all.filter(({ text }) => FORBIDDEN.test(text)).map(({ text }) => text)).toEqual([])
    // The list would notice.
    expect('Who brings cake to the office?').toMatch(FORBIDDEN)
  })

  it('appreciates somebody else, and asks for a reason', () => {
    const appreciation = all.filter(({ kind }) => kind === 'appreciation')
    for (const { id, text } of appreciation) {
      expect(text, id).toMatch(/\b(who|whom|whose|somebody|coworker)\b/i)
      expect(text, id).toMatch(/\b(say|what|why|how|tell|name|describe|recall|give|think|thank|one thing|remind)\b/i)
    }
  })
})

it('a language that is not there is the usual one', () => {
  expect(libraryOf('tlh')).toBe(libraryOf('en'))
})
