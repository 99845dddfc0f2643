/** `npm run bench -- <name>`: rows for people, and as the last line one JSON object for machines. */
import type { Bench } from './bench.ts'
import { digestBench } from './digest.ts'
import { directoryBench } from './directory.ts'
import { faultsBench } from './faults.ts'
import { homeBench } from './home.ts'
import { kudosBench } from './kudos.ts'
import { limitsBench } from './limits.ts'
import { matchingBench } from './matching.ts'
import { roundBench } from './round.ts'
import { sizesBench } from './sizes.ts'
import { soakBench } from './soak.ts'
import { yearBench } from './year.ts'

const BENCHES: Record<string, Bench> = {
  digest: digestBench,
  directory: directoryBench,
  faults: faultsBench,
  home: homeBench,
  kudos: kudosBench,
  limits: limitsBench,
  matching: matchingBench,
  round: roundBench,
  sizes: sizesBench,
  soak: soakBench,
  year: yearBench,
}

const line = (text: string) => void process.stdout.write(`${text}\n`)
const name = process.argv[2] ?? ''
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
if (!bench) {
  process.stderr.write(`usage: npm run bench -- <name>, one of: ${Object.keys(BENCHES).join(', ')}\n`)
  process.exit(2)
}

const cleanUps: (() => unknown)[] = []
const cleanUp = async () => {
  for (const clean of cleanUps.splice(0).reverse()) {
    try {
      await clean()
    } catch (error) {
      process.stderr.write(`cleaning up: ${error}\n`)
    }
  }
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)))
}

try {
  const { figures, goals } = await bench({ say: line, afterwards: (clean) => cleanUps.push(clean) })
  const ok = Object.values(goals).every((goal) => goal.met)
  line('')
  for (const { goal, measured, met } of Object.values(goals)) line(`${met ? 'met   ' : 'missed'} ${goal}: ${measured}`)
  line(JSON.stringify({ bench: name, figures, goals, ok }))
  process.exitCode = ok ? 0 : 1
} finally {
  await cleanUp()
}
