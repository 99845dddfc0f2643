import { BoltIcon, PlusIcon, SendIcon, SlashIcon } from './icons.tsx'
import { Menu } from './menu.tsx'
import { useShortcut } from './use-shortcut.ts'
import { appPerson, globalShortcuts, useWorkspace } from './workspace.ts'

interface Props {
  text: string
  sending: boolean
  /** Where there are shortcuts, but no commands. */
  inThread: boolean
  onMention(): void
  /** Puts a command, or the sign for one, at the beginning. */
  onCommand(command: string): void
  onSend(): void
}

/** The row of buttons below the text. */
export function ComposerFoot({ text, sending, inThread, onMention, onCommand, onSend }: Props) {
  const { state } = useWorkspace()
  const runShortcut = useShortcut()
  const shortcuts = globalShortcuts(state)
  const commands = inThread ? [] : state.commands
  return (
    <div className="composer-foot">
      {shortcuts.length + commands.length > 0 && (
        <Menu
          label="Shortcuts"
          className="composer-plus"
          heading={appPerson(state)?.realName}
          align="start"
          above
          items={[
            ...shortcuts.map(({ callbackId, name, description }) => ({
              id: callbackId,
              label: name,
              detail: description,
              icon: <BoltIcon />,
            })),
            ...commands.map(({ command, description }) => ({
              id: command,
              label: command,
              detail: description,
              icon: <SlashIcon />,
            })),
          ]}
          onPick={(id) => (id.startsWith('/') ? onCommand(`${id} `) : void runShortcut(id))}
        >
          <PlusIcon />
        </Menu>
      )}
      <button type="button" aria-label="Mention somebody" onClick={onMention}>
        @
      </button>
      {commands.length > 0 && (
        <button type="button" aria-label="Run a command" onClick={() => onCommand('/')}>
          /
        </button>
      )}
      <span className="composer-status" role="status">
        {sending && (
          <>
            <span className="spinner" />{' '}
            {text.startsWith('/') && !inThread ? `Running ${text.split(/\s/)[0]}` : 'Sending'}…
          </>
        )}
      </span>
      <button
        type="button"
        className="composer-send"
        aria-label="Send now"
        aria-disabled={sending || text.trim() === ''}
        onClick={onSend}
      >
        <SendIcon />
      </button>
    </div>
  )
}
