/** `npm run --silent match`: a PairingInput as JSON on stdin, its PairingResult as JSON on stdout. */
import { json } from 'node:stream/consumers'
import { InvalidInput, type PairingInput } from './input.ts'
import { pair } from './pair.ts'

try {
  const input = await json(process.stdin).catch((error: Error) => {
    throw new InvalidInput('input', `is not JSON (${error.message.replaceAll('\n', ' ')})`)
  })
  process.stdout.write(`${JSON.stringify(pair(input as PairingInput))}\n`)
} catch (error) {
  if (!(error instanceof InvalidInput)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
