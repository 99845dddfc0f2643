import type { Control } from '../contract.ts'
import { CheckIcon, ChevronIcon } from './icons.tsx'
import { Menu } from './menu.tsx'
import { useWorkspace } from './workspace.ts'

/** What the app may do if whoever installs it agrees; nothing where it asks for nothing. */
export function ScopesMenu({ onChange }: { onChange(control: Control): void }) {
  const { optionalScopes } = useWorkspace().state
  if (optionalScopes.length === 0) return null
  return (
    <Menu
      label="Optional scopes"
      title="What the app may do only if whoever installs it agrees"
      className="control-button"
      items={optionalScopes.map(({ scope, granted }) => ({
        id: scope,
        label: scope,
        detail: granted ? 'granted' : 'not granted',
        icon: granted ? <CheckIcon /> : <span className="menu-no-icon" />,
      }))}
      onPick={(id) => {
        const granted = optionalScopes.some(({ scope, granted }) => scope === id && granted)
        onChange({ type: 'scope', scope: id, on: !granted })
      }}
    >
      Scopes <ChevronIcon />
    </Menu>
  )
}
