import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { Conversation } from '../contract.ts'
import { type Completion, complete, completionsFor, triggerAt } from './completion.ts'
import { CompletionList } from './completion-list.tsx'
import { ComposerFoot } from './composer-foot.tsx'
import type { Drafts } from './drafts.ts'
import { FormatBar } from './format-bar.tsx'
import { CloseIcon, WarningIcon } from './icons.tsx'
import { useShortcut } from './use-shortcut.ts'
import { titleOf, useWorkspace } from './workspace.ts'

interface Props {
  conversation: Conversation
  /** The thread one replies to. */
  threadTs?: string
  drafts: Drafts
}

/** Where one writes. Enter sends, Shift+Enter is a new line; "/", "@" and "#" offer what could follow. */
export function Composer({ conversation, threadTs, drafts }: Props) {
  const { state } = useWorkspace()
  const runShortcut = useShortcut()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(0)
  const [focused, setFocused] = useState(false)
  /** Where the sign stands whose list was closed with Escape. */
  const [dismissed, setDismissed] = useState(-1)
  const nextCaret = useRef<number | null>(null)
  const spot = { channel: conversation.id, threadTs }
  const { text, sending, error } = drafts.of(spot)

  const trigger = focused && !sending ? triggerAt(text, caret) : null
  const offered = trigger && trigger.start !== dismissed ? completionsFor(trigger, state, threadTs !== undefined) : []
  const title = titleOf(conversation)
  const label = threadTs ? `Reply to the thread in ${title}` : `Message ${title}`

  // Not on a phone, where the focus would bring up the keyboard.
  useEffect(() => {
    if (window.matchMedia('(pointer: fine)').matches) area.current?.focus()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    if (!area.current) return
    area.current.style.height = 'auto'
    area.current.style.height = `${area.current.scrollHeight}px`
    if (nextCaret.current === null) return
    area.current.setSelectionRange(nextCaret.current, nextCaret.current)
    setCaret(nextCaret.current)
    nextCaret.current = null
  }, [text])

  const write = (next: string, at: number) => {
    nextCaret.current = at
    drafts.write(spot, next)
    setCaret(at)
    setActive(0)
    area.current?.focus()
  }
  const accept = (completion: Completion) => {
    if (!trigger) return
    if (completion.shortcut) {
      write('', 0)
      return void runShortcut(completion.shortcut)
    }
    const done = complete(text, trigger, completion)
    write(done.text, done.caret)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const choice = offered[active]
    // A command can be whole in one word; a name is followed by more, so Enter takes it even when it is all there.
    const typed = trigger?.kind === 'command' ? text.slice(trigger.start, trigger.end) : ''
    const whole = active === 0 && state.commands.some(({ command }) => command === typed)
    if (choice && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + offered.length) % offered.length)
    } else if (choice && event.key === 'Escape') {
      event.preventDefault()
      setDismissed(trigger?.start ?? -1)
    } else if (choice && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && !whole))) {
      event.preventDefault()
      accept(choice)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void drafts.send(spot)
    }
  }

  return (
    <div className="composer-area">
      {error && (
        <div className="composer-error" role="alert" data-testid="composer-error">
          <WarningIcon /> <span>{error}</span>
          <button type="button" aria-label="Dismiss" onClick={() => drafts.write(spot, text)}>
            <CloseIcon />
          </button>
        </div>
      )}
      <div ref={box} className="composer">
        <FormatBar area={area} text={text} onWrite={write} />
        <textarea
          ref={area}
          rows={1}
          value={text}
          readOnly={sending}
          placeholder={threadTs ? 'Reply…' : label}
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={offered.length > 0 ? `${id}-list` : undefined}
          aria-activedescendant={offered.length > 0 ? `${id}-${active}` : undefined}
          onChange={(event) => {
            drafts.write(spot, event.target.value)
            setCaret(event.target.selectionStart)
            setActive(0)
            if (!triggerAt(event.target.value, event.target.selectionStart)) setDismissed(-1)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onKeyDown={onKeyDown}
        />
        <ComposerFoot
          text={text}
          sending={sending}
          inThread={threadTs !== undefined}
          onMention={() => write(...insertAt(text, caret, '@'))}
          onCommand={(command) => write(...insertAt(text, 0, command))}
          onSend={() => void drafts.send(spot)}
        />
      </div>
      <p className="composer-hint" aria-hidden="true">
        {text !== '' && !sending && (
          <>
            <b>Shift + Return</b> to add a new line
          </>
        )}
      </p>
      {trigger && offered.length > 0 && (
        <CompletionList
          id={id}
          anchor={box}
          kind={trigger.kind}
          offered={offered}
          active={active}
          onPick={accept}
          onPoint={setActive}
        />
      )}
    </div>
  )
}

/** The text with a sign put in, and a space before it if a word ends there; and where the caret goes. */
function insertAt(text: string, at: number, sign: string): [string, number] {
  const before = text.slice(0, at)
  const space = before === '' || /\s$/.test(before) ? '' : ' '
  return [`${before}${space}${sign}${text.slice(at)}`, at + space.length + 1]
}
