/**
 * `npm run bench -- sizes`: every query of the app on tables of five million kudos and half a million pairings, each with
 * how long it takes and its plan. With BENCH_FILLED the database of that URL, filled by an earlier run, is used as it is.
 */
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { migrate } from '../../src/platform/migrations.ts'
import type { Bench, BenchRun } from './bench.ts'
import { createBenchDatabase } from './bench-database.ts'
import { EXEMPT, forgotten, JOBS_ALONE, STORES } from './sizes-calls.ts'
import { fill } from './sizes-fill.ts'
import { createRecorder, type Plans, type Recorder, type Statement } from './sizes-recorder.ts'
import { LARGE } from './sizes-scale.ts'
import type { Call } from './sizes-store.ts'

const MOST_MS = 50

interface Measured extends Statement {
  name: string
}

export const sizesBench: Bench = async (run) => {
  const url = process.env.BENCH_FILLED ?? (await filled(run))
  const recorder = createRecorder(url)
  run.afterwards(() => recorder.db.destroy())
  const measured: Measured[] = []
  for (const [path, { calls }] of Object.entries(STORES)) {
    run.say(`\n${path}`)
    for (const [name, call] of Object.entries(calls)) {
      for (const one of await statementsOf(recorder, call, plansOf(`${path} ${name}`))) {
        const statement = { ...one, name: `${path} ${name}` }
        measured.push(statement)
        run.say(describe(statement))
      }
    }
  }
  return conclude(run, measured)
}

async function filled(run: BenchRun): Promise<string> {
  const url = await createBenchDatabase(run)
  if (!url) throw new Error('there is no PostgreSQL here: install it, or name a server in BENCH_DATABASE_URL')
  const log = createLog('silent')
  const db = openDatabase(url, 'migrating', log)
  await migrate(db).finally(() => db.destroy())
  run.say('filling')
  const rows = await fill(url, run.say)
  run.say(
    Object.entries(rows)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  )
  return url
}

/** Both, for what both may ask. */
const plansOf = (name: string): Plans[] => (JOBS_ALONE.has(name) ? ['auto'] : ['auto', 'force_generic_plan'])

/** Those of all the ways of a call; of the same text, the slowest. */
async function statementsOf(recorder: Recorder, calls: Call | Call[], plans: Plans[]): Promise<Statement[]> {
  const found = new Map<string, Statement>()
  for (const [call, plan] of [calls].flat().flatMap((call) => plans.map((plan) => [call, plan] as const))) {
    for (const statement of await recorder.record(LARGE, call, plan)) {
      const known = found.get(statement.text)
      if (!known || known.median < statement.median) found.set(statement.text, statement)
    }
  }
  return [...found.values()]
}

function conclude(run: BenchRun, measured: Measured[]): Awaited<ReturnType<Bench>> {
  const exempt = ({ name }: Measured) => name in EXEMPT
  const slow = measured.filter((one) => one.median >= MOST_MS && !exempt(one))
  const missing = forgotten()
  run.say('\nExempt, for no person waits for them:')
  for (const [name, why] of Object.entries(EXEMPT)) {
    const slowest = Math.max(0, ...measured.filter((one) => one.name === name).map(({ median }) => median))
    run.say(`${name}: ${rounded(slowest)} ms. ${why}`)
  }
  const texts = new Set(measured.map(({ text }) => text)).size
  const slowest = Math.max(...measured.filter((one) => !exempt(one)).map(({ median }) => median))
  const names = (list: string[]) => (list.length > 0 ? list.join(', ') : 'none')
  return {
    figures: {
      statements: texts,
      slowestMs: rounded(slowest),
      medians: Object.fromEntries(
        measured
          .toSorted((a, b) => b.median - a.median)
          .slice(0, 20)
          .map(({ name, median, text }) => [`${name}: ${inShort(text)}`, rounded(median)]),
      ),
    },
    goals: {
      fast: {
        goal: `every query under ${MOST_MS} ms at the median; those that are not`,
        measured: names(slow.map(({ name, median }) => `${name} (${rounded(median)})`)),
        met: slow.length === 0,
      },
      whole: {
        goal: 'every function of every store is run; those that are not',
        measured: names(missing),
        met: missing.length === 0,
      },
    },
  }
}

const inShort = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 70)
const describe = ({ name, median, times, plan, text }: Measured) =>
  `${rounded(median).toFixed(1).padStart(8)} ms ${times > 1 ? `${Math.round(times)} times ` : ''}${name.split(' ')[1]}: ${inShort(text)} | ${plan}`
const rounded = (figure: number) => Math.round(figure * 10) / 10
