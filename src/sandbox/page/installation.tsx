import { useWorkspace } from './workspace.ts'

/** Removing the app, and the way back: its own page, where whoever likes adds it to their workspace. */
export function Installation({ busy, onUninstall }: { busy: boolean; onUninstall(): void }) {
  const { installed, page } = useWorkspace().state.installation
  if (installed) {
    return (
      <button type="button" className="control-button" aria-busy={busy} onClick={onUninstall}>
        {busy && <span className="spinner" />}
        Uninstall
      </button>
    )
  }
  if (page === null) return null
  return (
    <a className="control-button" href={page} target="_blank" rel="noreferrer">
      Install…
    </a>
  )
}
