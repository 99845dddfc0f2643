import { sentence } from '../platform/blocks.ts'
import type { Message, Modal } from '../platform/slack.ts'

/** For whatever failed before anything was stored. */
export const notSaved = (): Message =>
  sentence('That did not work: Small Acts could not save it, so nothing has changed. Please try again in a minute.')

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

/** To somebody of another organisation, in a channel that is shared with theirs. */
export const onlyOurs = (): Message =>
  sentence('Small Acts is for the members of this workspace. A message of your own reaches whoever you want to thank.')

export const onlyAdmins = (): Message =>
  sentence('Settings are for the admins of this workspace. What is yours to decide is on the Home tab of Small Acts.')
