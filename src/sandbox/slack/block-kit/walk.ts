import { freshBlockId } from '../ids.ts'
import type { Block } from '../state.ts'

/** An interactive element, as far as the sandbox looks into it. */
export interface BlockElement {
  type: string
  action_id?: string
  [property: string]: unknown
}

const STILL = new Set(['image', 'plain_text', 'mrkdwn'])

/** The interactive elements of a block. */
export function elementsIn(block: Block): BlockElement[] {
  const candidates =
    block.type === 'actions'
      ? (block.elements as BlockElement[])
      : [(block.accessory ?? block.element) as BlockElement | undefined]
  return candidates.filter((element): element is BlockElement => element !== undefined && !STILL.has(element.type))
}

/** A copy in which every block and element that came without an id has one, as Slack returns them. */
export function withIds(blocks: Block[]): Block[] {
  const copy = structuredClone(blocks)
  for (const block of copy) {
    block.block_id ??= freshBlockId()
    for (const element of elementsIn(block)) element.action_id ??= freshBlockId()
  }
  return copy
}

/** The element with these ids, and the block it is in. */
export function findElement(
  blocks: Block[],
  blockId: string,
  actionId: string,
): { block: Block; element: BlockElement } | undefined {
  const block = blocks.find((candidate) => candidate.block_id === blockId)
  const element = block && elementsIn(block).find((candidate) => candidate.action_id === actionId)
  return block && element ? { block, element } : undefined
}
