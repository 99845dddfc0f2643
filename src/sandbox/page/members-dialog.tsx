import { useState } from 'react'
import type { Conversation } from '../contract.ts'
import { Avatar } from './avatar.tsx'
import { peopleChoices } from './choices.ts'
import { Dialog } from './dialog.tsx'
import { CloseIcon } from './icons.tsx'
import { Picker } from './picker.tsx'
import { isChannel, titleOf, useWorkspace } from './workspace.ts'

/** Who is in a conversation; in a channel, people and the app can be added and removed. */
export function MembersDialog({ conversation, onClose }: { conversation: Conversation; onClose(): void }) {
  const { people, state, viewer, act } = useWorkspace()
  const [refusal, setRefusal] = useState('')
  const title = titleOf(conversation)
  const members = conversation.members.flatMap((id) => people.get(id) ?? [])
  const changeable = isChannel(conversation) && !conversation.archived
  const change = async (type: 'join' | 'leave', user: string) => {
    const result = await act({ type, channel: conversation.id, user })
    setRefusal(result.ok ? '' : (result.error ?? 'That did not work.'))
  }

  return (
    <Dialog label={`Members of ${title}`} className="dialog-small" onClose={onClose}>
      <header className="dialog-head">
        <h2>{title}</h2>
        <button type="button" className="dialog-close" aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <div className="dialog-body">
        {changeable && (
          <Picker
            choices={peopleChoices(state.people).filter(({ id }) => !conversation.members.includes(id))}
            chosen={[]}
            placeholder="Add people or apps"
            label="Add people or apps"
            onChange={([id]) => id && void change('join', id)}
          />
        )}
        {refusal && (
          <p className="refusal" role="alert">
            {refusal}
          </p>
        )}
        <ul className="member-list">
          {members.map((person) => (
            <li key={person.id}>
              <Avatar person={person} size={28} />
              <span className="menu-label">{person.realName}</span>
              <span className="menu-detail">{person.title}</span>
              {changeable && (
                <button
                  type="button"
                  className="link-button"
                  aria-label={person.id === viewer.id ? `Leave ${title}` : `Remove ${person.realName}`}
                  onClick={() => void change('leave', person.id)}
                >
                  {person.id === viewer.id ? 'Leave' : 'Remove'}
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
