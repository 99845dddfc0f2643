import { useState } from 'react'
import { CloseIcon } from './icons.tsx'
import { useWorkspace } from './workspace.ts'

interface Props {
  onTry(text: string): void
  onBecome(person: string): void
  onDismiss(): void
}

/** What one sees at the first visit: what this is, one thing to try, and how to see it from the other side. */
export function WelcomeCard({ onTry, onBecome, onDismiss }: Props) {
  const { state, viewer } = useWorkspace()
  const [tried, setTried] = useState(false)
  const others = state.people.filter(({ id, kind }) => kind === 'member' && id !== viewer.id)
  const somebody = others.find(({ team }) => team === viewer.team) ?? others[0]
  const command = state.commands[0]
  const example = command && somebody && `${command.command} @${somebody.name} for staying late with the release`
  return (
    <aside className="welcome" aria-label="Welcome">
      <div>
        {!tried && (
          <p>
            <b>This is a make-believe Slack on your own machine.</b> Nobody here is real, and nothing leaves it.
          </p>
        )}
        {!tried && example && (
          <p>
            Try:{' '}
            <button
              type="button"
              className="welcome-try"
              onClick={() => {
                setTried(true)
                onTry(example)
              }}
            >
              {example}
            </button>
          </p>
        )}
        {somebody && (
          <p>
            {tried ? 'Send it. Then see the other side of it: ' : 'You can be anybody: choose at the top, or '}
            <button type="button" className="welcome-be" onClick={() => onBecome(somebody.id)}>
              become {somebody.realName}
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
