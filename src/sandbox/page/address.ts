import { useSyncExternalStore } from 'react'

const remembered = 'small-acts.sandbox.as'
const moved = 'small-acts.sandbox.moved'

/** Who is looking, and at what: both are in the address, so that a link shows the same thing to somebody else. */
export interface Address {
  /** A user id from `?as=`, or the one used last, or ''. */
  as: string
  /** A conversation id, `home` for the app's Home tab, `messages` for its Messages tab, or ''. */
  place: string
  /** The `ts` of the message whose thread is open beside it, or ''. */
  thread: string
  /** The `ts` of the message a link led to, until it was shown, or ''. */
  message: string
}

function subscribe(changed: () => void) {
  const events = ['popstate', 'hashchange', moved]
  for (const event of events) window.addEventListener(event, changed)
  return () => {
    for (const event of events) window.removeEventListener(event, changed)
  }
}

/** The address as it is now; the component draws again when it changes. */
export function useAddress(): Address {
  return readAddress(useSyncExternalStore(subscribe, () => window.location.href))
}

function readAddress(href: string): Address {
  const url = new URL(href)
  const [place = '', more = ''] = decodeURIComponent(url.hash.slice(1)).split('?')
  const inside = new URLSearchParams(more)
  return {
    as: url.searchParams.get('as') ?? localStorage.getItem(remembered) ?? '',
    place,
    thread: inside.get('thread') ?? '',
    message: inside.get('message') ?? '',
  }
}

/** What stands behind the # of an address: `C1?thread=1764000000.000100`. */
export function hashOf({ place, thread = '', message = '' }: Partial<Address> & { place: string }): string {
  const inside = [thread && `thread=${thread}`, message && `message=${message}`].filter(Boolean).join('&')
  return inside ? `${place}?${inside}` : place
}

/**
 * Goes to another place, opens a thread, or becomes another person. Another place closes the thread, unless one is named
 * along with it. `replace` leaves no entry behind for the Back button.
 */
export function moveTo(address: Partial<Address>, replace = false): void {
  const url = new URL(window.location.href)
  if (address.as !== undefined) {
    url.searchParams.set('as', address.as)
    localStorage.setItem(remembered, address.as)
  }
  const { as: _, ...here } = readAddress(window.location.href)
  const kept = address.place === undefined ? here : { thread: '', message: '' }
  url.hash = hashOf({ place: here.place, ...kept, ...address })
  if (replace) window.history.replaceState(null, '', url)
  else window.history.pushState(null, '', url)
  window.dispatchEvent(new Event(moved))
}
