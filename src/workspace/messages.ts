import { actions, button, section, sentence } from '../platform/blocks.ts'
import type { Message, Modal } from '../platform/slack.ts'

/** For whatever failed before anything was stored. */
export const notSaved = (): Message =>
  sentence('That did not work: Small Acts could not save it, so nothing has changed. Please try again in a minute.')

/** To people of another organisation. */
export const notOurs = (): Message =>
  sentence(
    'Small Acts is here for the people of this workspace alone. Your own can have it as well: an admin there would add it.',
  )

/** For when the database said neither yes nor no in time. */
export const perhapsSaved = (): Message =>
  sentence(
    'Small Acts could not make sure in time that this was saved. Please look before you try again: `/kudos given` lists what you gave.',
  )

/** An answer as a modal, where there is no conversation to say it in. */
export const answerModal = (message: Message): Modal => ({
  callbackId: 'workspace.answer',
  title: 'Small Acts',
  close: 'Close',
  blocks: message.blocks,
})

export const notOpened = (): Message =>
  sentence('Slack did not open the form, so nothing has changed. Please try again.')

/** To whoever asked for a test of something that goes out. */
export const testSent = (): Message => sentence('It is on its way to you: look at the Messages tab of Small Acts.')

export const onlyAdmins = (): Message =>
  sentence('Settings are for the admins of this workspace. What is yours to decide is on the Home tab of Small Acts.')

/** To whoever installed the app, and nobody else. `again` when it had been there before. */
export function welcome(again: boolean): Message {
  const first = again
    ? 'Small Acts is back, and so is everything from before.'
    : 'Small Acts is installed, and nobody has heard of it but you.'
  const text = `${first} \`/kudos @somebody for …\` works in every conversation from now on. What can be chosen is on its Home tab, under *Set up Small Acts*, for owners and admins of the workspace: channels, teams, a weekly prompt, who gets the digest.`
  return { text, blocks: [section(text), actions(button('settings.workspace', 'Set up Small Acts', 'welcome'))] }
}
