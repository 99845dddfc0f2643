import { CloseIcon } from './icons.tsx'
import { useWorkspace } from './workspace.ts'

interface Props {
  onTry(text: string): void
  onDismiss(): void
}

/** What one sees at the first visit: what this is, and one thing to try. */
export function WelcomeCard({ onTry, onDismiss }: Props) {
  const { state, viewer } = useWorkspace()
  const others = state.people.filter(({ id, kind }) => kind === 'member' && id !== viewer.id)
  const somebody = others.find(({ team }) => team === viewer.team) ?? others[0]
  const command = state.commands[0]
  const example = command && somebody && `${command.command} @${somebody.name} for staying late with the release`
  return (
    <aside className="welcome" aria-label="Welcome">
      <div>
        <p>
          <b>This is a make-believe Slack on your own machine.</b> Nobody here is real, and nothing leaves it.
        </p>
        {example && (
          <p>
            Try:{' '}
            <button type="button" className="welcome-try" onClick={() => onTry(example)}>
              {example}
            </button>
          </p>
        )}
      </div>
      <button type="button" className="dialog-close" aria-label="Dismiss the welcome" onClick={onDismiss}>
        <CloseIcon />
      </button>
    </aside>
  )
}
