import { useState } from 'react'
import type { RequestRecord } from '../contract.ts'
import { BackIcon, CopyIcon } from './icons.tsx'
import { useContents } from './use-requests.ts'

/** What one request said, and what was answered. */
export function RequestDetail({ record, onClose }: { record: RequestRecord; onClose(): void }) {
  const contents = useContents(record.id)
  return (
    <section className="request-detail" aria-label={`Request ${record.name}`}>
      <header>
        <button type="button" className="control-button" aria-label="Back to the list" onClick={onClose}>
          <BackIcon />
        </button>
        <h3>{record.name}</h3>
        <span>{record.outcome}</span>
      </header>
      {contents && (
        <div className="request-contents">
          <Json title="Request" value={contents.request} />
          <Json title="Response" value={contents.response} />
        </div>
      )}
    </section>
  )
}

function Json({ title, value }: { title: string; value: unknown }) {
  const [copied, setCopied] = useState(false)
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <div className="request-json">
      <div className="request-json-head">
        <h4>{title}</h4>
        <button
          type="button"
          className="control-button"
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          <CopyIcon />
          <span role="status">{copied ? 'Copied' : 'Copy'}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable with the keyboard */}
      <pre tabIndex={0}>{text || 'nothing'}</pre>
    </div>
  )
}
