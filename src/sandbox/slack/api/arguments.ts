import { Refusal } from '../refusal.ts'
import type { Args, ArgumentType, Method } from './method.ts'

/** Reads the raw arguments by their types. Throws Slack's invalid_arguments naming every problem. */
export function readArguments(method: Method, raw: Args): Args {
  const problems: string[] = []
  const args: Args = {}
  for (const [name, value] of Object.entries(raw)) {
    // Bolt's clients send the workspace with every call.
    const type = name === 'team_id' ? 'string' : method.takes[name]
    if (!type) {
      problems.push(`[ERROR] unsupported argument: ${name}`)
      continue
    }
    if (value === '' || value === null || value === undefined) continue
    const read = readAs(type, value)
    if (read === undefined) problems.push(`[ERROR] must provide a ${type} [json-pointer:/${name}]`)
    else args[name] = read
  }
  for (const name of method.needs) {
    if (args[name] === undefined) problems.push(`[ERROR] missing required field: ${name}`)
  }
  if (problems.length > 0) throw new Refusal('invalid_arguments', problems)
  return args
}

function readAs(type: ArgumentType, value: unknown): unknown {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : undefined
    case 'boolean':
      if (typeof value === 'boolean') return value
      return /^(true|1)$/.test(String(value)) ? true : /^(false|0)$/.test(String(value)) ? false : undefined
    case 'integer':
      return /^-?\d+$/.test(String(value)) ? Number(value) : undefined
    case 'json':
      if (typeof value !== 'string') return value
      try {
        return JSON.parse(value)
      } catch {
        // What is no JSON is told apart by the method: blocks and views have their own errors.
        return value
      }
  }
}
