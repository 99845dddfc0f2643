import { eventually } from './eventually.ts'
import type { World } from './world.ts'

/** Waits until a form is what somebody has in front of them. */
export const formOf = (world: World, name: string, callbackId: string): Promise<unknown> =>
  eventually(`${callbackId} for ${name}`, () => world.sandbox.view(name)?.view.callback_id === callbackId)

/** Opens the form that a button of somebody's Home tab opens; the last button, where there are several. */
export async function openForm(world: World, name: string, action: string): Promise<void> {
  const { sandbox } = world
  await sandbox.as(name).openHome()
  await world.homeOf(name, `"${action}"`)
  const block = sandbox.home(name)?.view.blocks.findLast((one) => JSON.stringify(one).includes(`"${action}"`))
  await sandbox.as(name).click('home', action, undefined, block?.block_id)
  await formOf(world, name, `${action}-form`)
}

/** What a menu of somebody's form offers. */
export function optionsOf(world: World, name: string, field: string): { text: string; value: string }[] {
  const block = world.sandbox.view(name)?.view.blocks.find(({ block_id }) => block_id === field)
  const { options = [] } = (block?.element ?? {}) as { options?: { text: { text: string }; value: string }[] }
  return options.map(({ text, value }) => ({ text: text.text, value }))
}
