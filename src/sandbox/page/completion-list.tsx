import type { RefObject } from 'react'
import { Avatar } from './avatar.tsx'
import type { Completion, Trigger } from './completion.ts'
import { BoltIcon, SlashIcon } from './icons.tsx'
import { Popup } from './popup.tsx'
import { appPerson, useWorkspace } from './workspace.ts'

interface Props {
  id: string
  anchor: RefObject<HTMLElement | null>
  kind: Trigger['kind']
  offered: Completion[]
  active: number
  onPick(completion: Completion): void
  onPoint(index: number): void
}

const names = { command: 'Shortcuts and commands', person: 'People and groups', channel: 'Channels' }

/** What could complete the word that is being typed. The focus, and with it the keys, stay in the composer. */
export function CompletionList({ id, anchor, kind, offered, active, onPick, onPoint }: Props) {
  const { state } = useWorkspace()
  // Slack lists an app's commands and shortcuts under its name, and all of them are this app's.
  const heading = kind === 'command' ? (appPerson(state)?.realName ?? '') : names[kind]
  return (
    <Popup anchor={anchor} above className="menu completion">
      <div id={`${id}-list`} role="listbox" aria-label={names[kind]} tabIndex={-1}>
        <p className="menu-group">
          {heading}
          <span className="menu-keys">
            <kbd>↑</kbd> <kbd>↓</kbd> to choose, <kbd>Tab</kbd> or <kbd>Enter</kbd> to take, <kbd>Esc</kbd> to leave
          </span>
        </p>
        {offered.map((completion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the composer has the keys
          <div
            key={completion.text}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={`menu-item ${index === active ? 'is-active' : ''}`}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => onPoint(index)}
            onClick={() => onPick(completion)}
          >
            {kind === 'person' && (completion.person ? <Avatar person={completion.person} size={24} /> : <GroupSign />)}
            {kind === 'command' && (completion.shortcut ? <BoltIcon /> : <SlashIcon />)}
            <span className="menu-label">{completion.label}</span>
            <span className="menu-detail">{completion.detail}</span>
          </div>
        ))}
      </div>
    </Popup>
  )
}

function GroupSign() {
  return (
    <span className="group-sign" aria-hidden="true">
      @
    </span>
  )
}
