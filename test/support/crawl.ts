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

/** Opens the Home tab, uses each element of it once but those left out, and submits whatever form opens, as it is. */
export async function crawlHome(world: World, name: string, leftOut: string[] = []): Promise<void> {
  const { sandbox } = world
  const blocks = () => sandbox.home(name)?.view.blocks ?? []
  await sandbox.as(name).openHome()
  await world.homeOf(name, 'Yours to decide')
  for (const { action, block } of elementsOf(blocks()).filter(({ action }) => !leftOut.includes(action))) {
    // The tab was drawn anew, perhaps without it.
    if (!elementsOf(blocks()).some((one) => one.action === action && one.block === block)) continue
    await clickAndSubmit(world, name, () => sandbox.as(name).click('home', action, undefined, block))
  }
}

/** Uses each element of each message in somebody's direct message with the app. */
export async function crawlMessages(world: World, name: string): Promise<void> {
  const { sandbox } = world
  for (const message of sandbox.directMessages(name)) {
    for (const { action, block } of elementsOf(message.blocks ?? [])) {
      await clickAndSubmit(world, name, () => sandbox.as(name).click(message, action, undefined, block))
    }
  }
}

/** Whatever a click comes to, a call of ours follows it: a form, an answer, or a tab that is drawn anew. */
async function clickAndSubmit(world: World, name: string, use: () => Promise<unknown>): Promise<void> {
  const { sandbox } = world
  const before = sandbox.calls.length
  if ((await maybe(use)) === null) return
  await maybe(() => eventually('what follows', () => sandbox.calls.length > before, 1))
  await world.settled()
  if (sandbox.view(name)?.view.submit) await maybe(() => sandbox.as(name).submit({}))
  while (sandbox.view(name) && (await maybe(() => sandbox.as(name).close()))) {
    // One after the other, until none is left.
  }
}
