import type { Message } from '../contract.ts'

/** The files of a message, to be taken along. */
export function MessageFiles({ files }: Pick<Message, 'files'>) {
  if (files.length === 0) return null
  return (
    <ul className="message-files">
      {files.map(({ id, name, content }) => (
        <li key={id}>
          <a download={name} href={`data:text/plain;charset=utf-8,${encodeURIComponent(content)}`}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}
