import { MenuIcon, SlidersIcon } from './icons.tsx'
import { PersonSwitcher } from './person-switcher.tsx'
import { clockTime } from './time.ts'
import { useNow } from './use-now.ts'
import { useWorkspace } from './workspace.ts'

interface Props {
  connected: boolean
  drawerOpen: boolean
  controlsOpen: boolean
  onDrawer(): void
  onControls(): void
}

/** Who one is, the way to become somebody else, and the way to the sandbox's own controls. */
export function TopBar({ connected, drawerOpen, controlsOpen, onDrawer, onControls }: Props) {
  return (
    <header className="top-bar">
      <button
        type="button"
        className="top-button drawer-button"
        aria-label={drawerOpen ? 'Hide conversations' : 'Show conversations'}
        aria-expanded={drawerOpen}
        onClick={onDrawer}
      >
        <MenuIcon />
      </button>
      <PersonSwitcher />
      <div className="top-note">
        <p role="status">{!connected && <span className="top-lost">Reconnecting…</span>}</p>
        {connected && <ControlsButton open={controlsOpen} onPress={onControls} />}
      </div>
    </header>
  )
}

function ControlsButton({ open, onPress }: { open: boolean; onPress(): void }) {
  const { state, viewer } = useWorkspace()
  const time = clockTime(useNow(), viewer.tz)
  return (
    <button
      type="button"
      className={`top-sandbox ${state.clock.ahead >= 60_000 ? 'is-ahead' : ''}`}
      aria-expanded={open}
      aria-label={`Sandbox controls, ${time}`}
      title="Time, rate limits, requests, start over"
      onClick={onPress}
    >
      <SlidersIcon /> <span>Sandbox</span> <time>{time}</time>
    </button>
  )
}
