import { BoltIcon, LinkIcon, TrashIcon } from './icons.tsx'
import type { MenuItem } from './menu.tsx'
import type { MessageActions } from './use-message-actions.ts'

/** What "More actions" offers: the app's message shortcuts first, by their callback_id, then `link` and `delete`. `app` is the app's name. */
export function actionItems({ shortcuts, copyLink, remove }: MessageActions, app: string): MenuItem[] {
  return [
    ...shortcuts.map(({ callbackId, name }) => ({
      id: callbackId,
      label: name,
      detail: app,
      icon: <BoltIcon />,
    })),
    ...(copyLink ? [{ id: 'link', label: 'Copy link', icon: <LinkIcon />, apart: shortcuts.length > 0 }] : []),
    ...(remove ? [{ id: 'delete', label: 'Delete message…', icon: <TrashIcon />, danger: true }] : []),
  ]
}
