import { useEffect, useRef } from 'react'
import type { Conversation, Message } from '../contract.ts'
import { type Address, moveTo } from './address.ts'
import { appConversation, isChannel, useWorkspace } from './workspace.ts'

interface Place {
  /** A conversation id, `home` or `messages`. */
  place: string
  tab: 'home' | 'messages' | null
  /** The conversation that is shown, on the Messages tab the one with the app. */
  conversation: Conversation | undefined
  /** The message whose thread is open. */
  thread: Message | undefined
}

/** How long a message a link led to stays lit up. */
const litMs = 2500

/** What there is at an address. Where there is nothing, one stays where one was, and the address is put right. */
export function usePlace(address: Address): Place {
  const { state, conversations, notify } = useWorkspace()
  const last = useRef('')
  const appMessages = appConversation(state)
  const known = (place: string) => tabOf(place, appMessages) !== null || conversations.has(place)
  const aim = known(address.place) ? address.place : last.current
  const tab = tabOf(aim, appMessages)
  const open = tab ? undefined : (conversations.get(aim) ?? firstConversation(state.conversations))
  const place = tab ?? open?.id ?? ''
  const conversation = tab === 'messages' ? appMessages : open
  const find = (ts: string) => (ts ? conversation?.messages.find((message) => message.ts === ts) : undefined)
  const thread = find(address.thread)
  const linked = known(address.place) ? find(address.message) : undefined

  useEffect(() => {
    last.current = place
    const { thread: threadTs, message } = address
    if (message && !linked) {
      notify('That message is not there any more, or it is where you can’t see it.', 'refusal')
      moveTo({ place, thread: threadTs }, true)
    } else if (linked?.threadTs && threadTs !== linked.threadTs) {
      moveTo({ place, thread: linked.threadTs, message }, true)
    } else if (place && place !== address.place) {
      moveTo({ place, thread: threadTs, message }, true)
    }
  }, [place, address, linked, notify])

  // The light goes out by itself, so that the same link works again.
  const lit = linked?.ts
  useEffect(() => {
    if (!lit) return
    const timer = setTimeout(() => moveTo({ message: '' }, true), litMs)
    return () => clearTimeout(timer)
  }, [lit])

  return { place, tab, conversation, thread }
}

/** The app's direct message is its Messages tab, whichever way one comes there. */
function tabOf(place: string, appMessages: Conversation | undefined): 'home' | 'messages' | null {
  if (place === 'home' || place === 'messages') return place
  return appMessages && place === appMessages.id ? 'messages' : null
}

function firstConversation(conversations: Conversation[]): Conversation | undefined {
  const channels = conversations.filter(isChannel)
  return channels.find(({ name }) => name === 'general') ?? channels[0] ?? conversations[0]
}
