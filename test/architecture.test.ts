/** The rules of the house: which way imports run, and where the present, chance and the environment come from. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const files = globSync('src/**/*.{ts,tsx}').map(normalize).sort()
const FEATURES = ['kudos', 'prompts', 'pairing', 'digest', 'home', 'own-data']

interface Import {
  from: string
  to: string
}

/** Every import and re-export of a file; relative ones as paths from the root. */
function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8')
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\})?[^'"\n;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? ''
    return { from: file, to: target.startsWith('.') ? join(dirname(file), target) : target }
  })
}

const imports = files.flatMap(importsOf)
const room = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] ?? null
const show = (list: Import[]) => list.map(({ from, to }) => `${from} -> ${to}`)

/** Crossings between features, one by one. */
const CROSSINGS = [
  'src/home/command-listeners.ts -> src/digest/acts.ts',
  'src/home/check-in-listeners.ts -> src/pairing/clicks.ts',
  'src/home/check-in-listeners.ts -> src/pairing/on-home.ts',
  'src/home/coming.ts -> src/digest/month.ts',
  'src/home/coming.ts -> src/pairing/schedule.ts',
  'src/home/example-messages.ts -> src/pairing/messages.ts',
  'src/home/command-listeners.ts -> src/own-data/listeners.ts',
  'src/home/command-listeners.ts -> src/own-data/messages.ts',
  'src/home/home-store.ts -> src/kudos/store.ts',
  'src/home/home-store.ts -> src/pairing/history-store.ts',
  'src/home/home-store.ts -> src/pairing/on-home.ts',
  'src/home/home-store.ts -> src/pairing/schedule.ts',
  // The forms whose outcome shows on the tab.
  'src/home/listeners.ts -> src/kudos/modals.ts',
  'src/home/listeners.ts -> src/prompts/channel-forms.ts',
  'src/home/listeners.ts -> src/kudos/preference-store.ts',
  'src/home/messages.ts -> src/kudos/store.ts',
  'src/home/messages.ts -> src/kudos/visibility.ts',
  'src/home/messages.ts -> src/pairing/schedule.ts',
  'src/digest/posting-jobs.ts -> src/prompts/channel-store.ts',
  'src/digest/store.ts -> src/pairing/history-store.ts',
  'src/digest/together-store.ts -> src/pairing/history-store.ts',
  // What is drawn anew after somebody was erased.
  'src/own-data/jobs.ts -> src/kudos/acts.ts',
  'src/own-data/jobs.ts -> src/pairing/answering.ts',
  'src/digest/together-store.ts -> src/pairing/round-store.ts',
  // An answer for one person alone is a note like others; an appreciation becomes a kudos.
  'src/prompts/acts.ts -> src/kudos/preference-store.ts',
  'src/prompts/answer-jobs.ts -> src/kudos/preference-store.ts',
  'src/prompts/kudos-acts.ts -> src/kudos/decision.ts',
  'src/prompts/kudos-acts.ts -> src/kudos/giving.ts',
  'src/prompts/listeners.ts -> src/kudos/answers.ts',
]

describe('imports', () => {
  it('are found at all', () => {
    expect(show(imports)).toContain('src/kudos/listeners.ts -> src/kudos/command.ts')
    expect(show(imports)).toContain('src/main.ts -> src/sandbox/trial.ts')
    expect(show(imports)).toContain('src/bolt.ts -> @slack/bolt')
  })

  it('of the platform stay in the platform', () => {
    const bad = imports.filter(
      ({ from, to }) => room(from) === 'platform' && to.startsWith('src/') && room(to) !== 'platform',
    )
    expect(show(bad)).toEqual([])
  })

  it('of the workspace reach the platform alone', () => {
    const bad = imports.filter(
      ({ from, to }) =>
        room(from) === 'workspace' && to.startsWith('src/') && !['platform', 'workspace'].includes(room(to) ?? ''),
    )
    expect(show(bad)).toEqual([])
  })

  it('of a feature reach the platform, the workspace and itself, but for the crossings listed', () => {
    const bad = imports.filter(({ from, to }) => {
      const feature = room(from)
      if (!feature || !FEATURES.includes(feature) || !to.startsWith('src/')) return false
      return ![feature, 'platform', 'workspace'].includes(room(to) ?? '')
    })
    expect(show(bad).filter((crossing) => !CROSSINGS.includes(crossing))).toEqual([])
    // A crossing that is gone must leave the list.
    expect(CROSSINGS.filter((crossing) => !show(bad).includes(crossing))).toEqual([])
  })

  it('of the sandbox come from main.ts, app.ts and itself', () => {
    const bad = imports.filter(
      ({ from, to }) =>
        room(to) === 'sandbox' && room(from) !== 'sandbox' && !['src/main.ts', 'src/app.ts'].includes(from),
    )
    expect(show(bad)).toEqual([])
  })

  it('of the operator’s commands come from ops.ts and themselves', () => {
    const bad = imports.filter(({ from, to }) => room(to) === 'ops' && room(from) !== 'ops' && from !== 'src/ops.ts')
    expect(show(bad)).toEqual([])
  })

  it('of Bolt are in bolt.ts, what it stands on, and the files of listeners alone, of the Web API client in platform/slack*.ts', () => {
    const bolt = imports.filter(
      ({ from, to }) => to === '@slack/bolt' && !/(^src\/bolt(-receiver)?|[/-]listeners)\.ts$/.test(from),
    )
    const client = imports.filter(
      ({ from, to }) => to === '@slack/web-api' && !/^src\/platform\/slack[a-z-]*\.ts$/.test(from),
    )
    expect(show([...bolt, ...client])).toEqual([])
  })

  it('of a migration are kysely alone', () => {
    const all = globSync('migrations/*.ts').flatMap(importsOf)
    expect(all.length).toBeGreaterThan(0)
    expect(show(all.filter(({ to }) => to !== 'kysely'))).toEqual([])
  })
})

describe('sources', () => {
  const server = files.filter((file) => !file.startsWith('src/sandbox/page/'))
  /** Files that match, comments left out. */
  const using = (pattern: RegExp, among: string[]) =>
    among.filter((file) => pattern.test(readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))

  it('take the present from the clock and chance from random', () => {
    const ambient = /new Date\(\)|Date\.now\(\)|DateTime\.(now|local|utc)\(\)|Math\.random\(\)/
    const allowed = ['src/platform/clock.ts', 'src/platform/random.ts']
    expect(using(ambient, server).filter((file) => !allowed.includes(file))).toEqual([])
  })

  it('leave the environment to the entry points, which hand it to config.ts', () => {
    expect(using(/process\.env/, server).sort()).toEqual(['src/main.ts', 'src/ops.ts'])
  })

  it('have SQL in stores, the database and migrations alone', () => {
    const sqlish = /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql[`<]/
    const bad = using(sqlish, server).filter(
      (file) => !/\/store\.ts$|-store\.ts$|^src\/platform\/database\.ts$/.test(file),
    )
    expect(bad.filter((file) => !file.startsWith('src/sandbox/'))).toEqual([])
  })

  it('of the sandbox stay small enough to love', () => {
    const lines = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length
    const room = globSync('src/sandbox/**/*.{ts,tsx,css,html}')
    expect(room.length).toBeGreaterThan(100)
    expect(room.filter((file) => lines(file) > 250)).toEqual([])
  })

  it('have copy in messages.ts alone: listeners and jobs build no blocks', () => {
    const blocks = /type:\s*'(section|actions|context|header|rich_text|mrkdwn|plain_text)'/
    const bad = using(blocks, server).filter((file) => /[/-](listeners|jobs|store|acts)\.ts$/.test(file))
    expect(bad).toEqual([])
  })

  it('have names that say what is inside', () => {
    expect(files.filter((file) => /(utils?|helpers?|misc|common|manager|service)[^/]*$/i.test(file))).toEqual([])
    expect(files.filter((file) => !/^[a-z0-9-]+\.(ts|tsx)$/.test(file.split('/').at(-1) ?? ''))).toEqual([])
  })
})
