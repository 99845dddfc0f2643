import type { RefObject } from 'react'

interface Props {
  area: RefObject<HTMLTextAreaElement | null>
  text: string
  /** Takes the new text and where the caret goes. */
  onWrite(text: string, caret: number): void
}

const formats = [
  { label: 'Bold', sign: <b>B</b>, around: '*' },
  { label: 'Italic', sign: <i>I</i>, around: '_' },
  { label: 'Strikethrough', sign: <s>S</s>, around: '~' },
  { label: 'Code', sign: <span>&lt;/&gt;</span>, around: '`' },
]

/** Puts mrkdwn's signs around what is selected. */
export function FormatBar({ area, text, onWrite }: Props) {
  const wrap = (around: string) => {
    const { selectionStart: start = text.length, selectionEnd: end = text.length } = area.current ?? {}
    const selected = text.slice(start, end)
    const wrapped = `${text.slice(0, start)}${around}${selected}${around}${text.slice(end)}`
    onWrite(wrapped, selected ? end + 2 * around.length : start + around.length)
  }
  return (
    <div className="format-bar" role="toolbar" aria-label="Formatting">
      {formats.map(({ label, sign, around }) => (
        <button
          key={label}
          type="button"
          aria-label={label}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => wrap(around)}
        >
          {sign}
        </button>
      ))}
    </div>
  )
}
