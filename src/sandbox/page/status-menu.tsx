import { ChevronIcon } from './icons.tsx'
import { Menu } from './menu.tsx'
import { useWorkspace } from './workspace.ts'

const choices = [
  { id: 'meeting', label: 'In a meeting', detail: '1 hour', emoji: ':spiral_calendar_pad:', hours: 1 },
  { id: 'sick', label: 'Out sick', detail: '1 day', emoji: ':face_with_thermometer:', hours: 24 },
  { id: 'holiday', label: 'On holiday', detail: '1 week', emoji: ':palm_tree:', hours: 7 * 24 },
]
const clear = { id: 'clear', label: 'Clear status', apart: true }

/** Says something about oneself: the statuses Slack offers. */
export function StatusMenu() {
  const { viewer, act } = useWorkspace()
  const { text } = viewer.status
  return (
    <Menu
      label="Set a status"
      className="button"
      align="start"
      items={text ? [...choices, clear] : choices}
      onPick={(id) => {
        const { emoji, label, hours } = choices.find((choice) => choice.id === id) ?? { emoji: '', label: '', hours: 0 }
        void act({ type: 'status', emoji, text: label, hours })
      }}
    >
      Set a status <ChevronIcon />
    </Menu>
  )
}
