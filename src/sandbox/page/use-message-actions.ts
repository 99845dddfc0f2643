import type { Conversation, Message, Shortcut } from '../contract.ts'
import { moveTo } from './address.ts'
import { permalinkOf } from './permalink.ts'
import { useShortcut } from './use-shortcut.ts'
import { canWrite, isInside, useWorkspace } from './workspace.ts'

/** What the viewer can do with a message, however it is offered. */
export interface MessageActions {
  /** What they can't do is null, or an empty list. */
  react: ((name: string) => void) | null
  reply: (() => void) | null
  shortcuts: Shortcut[]
  runShortcut(callbackId: string): void
  copyLink: (() => void) | null
  /** Deleting asks first; what was shown to the viewer alone just goes. */
  remove: (() => void) | null
}

/** True for what stands in place of a deleted message that has replies. */
export function isTombstone({ user, text, thread }: Message): boolean {
  return user === 'USLACKBOT' && thread !== null && text === 'This message was deleted.'
}

/** Finds out what can be done with a message. */
export function useMessageActions(message: Message, conversation: Conversation): MessageActions {
  const workspace = useWorkspace()
  const { state, viewer, act, notify } = workspace
  const runShortcut = useShortcut()
  const place = { channel: conversation.id, ts: message.ts }
  const real = !message.ephemeral && !isTombstone(message)
  const inside = isInside(conversation, workspace)
  const removable = message.ephemeral || (real && (message.user === viewer.id || viewer.isAdmin))

  const told = async (deed: ReturnType<typeof act>) => {
    const result = await deed
    if (!result.ok) notify(result.error ?? 'That did not work.', 'refusal')
  }
  return {
    react: real && inside ? (name) => void told(act({ type: 'react', ...place, name })) : null,
    reply: real && canWrite(conversation, workspace) ? () => moveTo({ thread: message.threadTs ?? message.ts }) : null,
    shortcuts: real && inside ? state.shortcuts.filter(({ type }) => type === 'message') : [],
    runShortcut: (callbackId) => void runShortcut(callbackId, place),
    copyLink: real
      ? () => {
          const link = permalinkOf(state.workspace.domain, conversation.id, message)
          navigator.clipboard.writeText(link).then(
            () => notify('Link copied'),
            // A browser may refuse the clipboard; then one can still copy it oneself.
            () => notify(link),
          )
        }
      : null,
    remove: removable ? () => void told(act({ type: 'delete', ...place })) : null,
  }
}
