import type { z } from 'zod'
import type { Block, ViewContent } from '../state.ts'
import { homeView, messageBlocks, modalView } from './blocks.ts'
import { elementsIn } from './walk.ts'

/** What Slack would say about these blocks in a message, in its own words; an empty list when they are fine. */
export function checkMessageBlocks(blocks: unknown): string[] {
  const problems = complaints(messageBlocks, blocks, '/blocks')
  return problems.length > 0 ? problems : repeated(blocks as Block[], '/blocks')
}

/** What Slack would say about this view; an empty list when it is fine. */
export function checkView(view: unknown, type: 'modal' | 'home'): string[] {
  const problems = complaints(type === 'modal' ? modalView : homeView, view, '/view')
  if (problems.length > 0) return problems
  const { blocks, submit } = view as ViewContent
  const inputs = blocks.flatMap((block, at) => (block.type === 'input' ? [`/view/blocks/${at}/input`] : []))
  return [
    ...repeated(blocks, '/view/blocks'),
    ...(type === 'modal' && !submit
      ? inputs.map((at) => `must define \`submit\` to use an \`input\` block in modals [json-pointer:${at}]`)
      : []),
    ...tooManyFocused(blocks),
  ]
}

/** Characters over all blocks: Slack gives no formula, so every string counts but types and ids. */
export function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + lengthOf(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce((sum, [key, item]) => (/^type$|_id$/.test(key) ? sum : sum + lengthOf(item)), 0)
}

function complaints(schema: z.ZodType, value: unknown, at: string): string[] {
  const parsed = schema.safeParse(value, { reportInput: true })
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => sayAll(issue, at))
}

type Issue = z.core.$ZodIssue

/** Of a union without a discriminator the branch that came closest speaks. */
function sayAll(issue: Issue, at: string): string[] {
  const here = [at, ...issue.path].join('/')
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const closest = issue.errors.reduce((best, branch) => (distance(branch) < distance(best) ? branch : best))
    return closest.flatMap((inner) => sayAll(inner, here))
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `invalid additional property: ${key} [json-pointer:${here}]`)
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    const field = String(issue.path.at(-1))
    return [`missing required field: ${field} [json-pointer:${[at, ...issue.path.slice(0, -1)].join('/')}]`]
  }
  return [`${say(issue)} [json-pointer:${here}]`]
}

/** A branch for another type is further away than one with the wrong content. */
const distance = (issues: Issue[]) => issues.length + (issues.some((issue) => issue.path.at(-1) === 'type') ? 100 : 0)

function say(issue: Issue): string {
  switch (issue.code) {
    case 'too_big':
      if (issue.origin === 'string') return `must be less than ${Number(issue.maximum) + 1} characters`
      return issue.origin === 'array'
        ? `no more than ${issue.maximum} items allowed`
        : `must be at most ${issue.maximum}`
    case 'too_small':
      if (issue.origin === 'string') return `must be more than ${Number(issue.minimum) - 1} characters`
      return issue.origin === 'array'
        ? `must provide at least ${issue.minimum} items`
        : `must be at least ${issue.minimum}`
    case 'invalid_type':
      return `must provide ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
    case 'invalid_union':
      return `unsupported type: ${(issue.input as { type?: unknown } | undefined)?.type}`
    case 'invalid_value':
      return `must be one of: ${issue.values.join(', ')}`
    case 'custom':
      return issue.message
    default:
      return 'failed to match schema'
  }
}

function repeated(blocks: Block[], at: string): string[] {
  const problems: string[] = []
  const blockIds = new Set<string>()
  blocks.forEach((block, index) => {
    if (block.block_id !== undefined) {
      if (blockIds.has(block.block_id)) {
        problems.push(`\`block_id\` "${block.block_id}" already exists [json-pointer:${at}/${index}/block_id]`)
      }
      blockIds.add(block.block_id)
    }
    const actionIds = new Set<unknown>()
    for (const { action_id: id } of elementsIn(block)) {
      if (id === undefined) continue
      if (actionIds.has(id)) problems.push(`\`action_id\` "${id}" already exists [json-pointer:${at}/${index}]`)
      actionIds.add(id)
    }
  })
  return problems
}

function tooManyFocused(blocks: Block[]): string[] {
  const focused = blocks.flatMap(elementsIn).filter((element) => element.focus_on_load === true)
  return focused.length > 1 ? ['only one element can have focus_on_load [json-pointer:/view/blocks]'] : []
}
