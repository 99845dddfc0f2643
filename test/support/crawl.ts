/** Somebody who clicks on everything there is: what Slack sends then is what a real workspace sends. */
import type { Block } from '../../src/sandbox/slack/state.ts'
import { eventually } from './eventually.ts'
import type { World } from './world.ts'

/** Does what may not be possible right now; null when it is not. */
export async function maybe<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act()
  } catch {
    return null
  }
}

interface Found {
  action: string
  block: string | undefined
}

/** The buttons and menus of some blocks. */
function elementsOf(blocks: Block[]): Found[] {
  return blocks.flatMap((block) => {
    const { elements = [], accessory } = block as {
      elements?: { action_id?: string }[]
      accessory?: { action_id?: string }
    }
    const all = [...(Array.isArray(elements) ? elements : []), ...(accessory ? [accessory] : [])]
    return all.flatMap(({ action_id }) => (action_id ? [{ action: action_id, block: block.block_id }] : []))
  })
}

/** Opens the Home tab, uses each element of it once, and submits whatever form opens, as it is. */
export async function crawlHome(world: World, name: string): Promise<void> {
  const { sandbox } = world
  const somebody = sandbox.as(name)
  await somebody.openHome()
  await world.homeOf(name, 'Yours to decide')
  for (const { action, block } of elementsOf(sandbox.home(name)?.view.blocks ?? [])) {
    const standing = elementsOf(sandbox.home(name)?.view.blocks ?? [])
    // The tab was drawn anew, without it.
    if (!standing.some((one) => one.action === action && one.block === block)) continue
    const before = sandbox.calls.filter(({ method }) => method === 'views.open').length
    const seen = await maybe(() => somebody.click('home', action, undefined, block))
    if (!seen) continue
    await world.settled()
    await closeForms(world, name, before)
  }
}

/** Uses each element of each message in somebody's direct message with the app. */
export async function crawlMessages(world: World, name: string): Promise<void> {
  const { sandbox } = world
  for (const message of sandbox.directMessages(name)) {
    for (const { action, block } of elementsOf(message.blocks ?? [])) {
      const before = sandbox.calls.filter(({ method }) => method === 'views.open').length
      await maybe(() => sandbox.as(name).click(message, action, undefined, block))
      await world.settled()
      await closeForms(world, name, before)
    }
  }
}

async function closeForms(world: World, name: string, before: number): Promise<void> {
  const { sandbox } = world
  const opened = sandbox.calls.filter(({ method }) => method === 'views.open').length > before
  if (opened) await eventually('the form', () => sandbox.view(name)).catch(() => null)
  for (let turn = 0; turn < 5 && sandbox.view(name); turn += 1) {
    if (turn === 0 && sandbox.view(name)?.view.submit) await maybe(() => sandbox.as(name).submit({}))
    else await maybe(() => sandbox.as(name).close())
  }
}
