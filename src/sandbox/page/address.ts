import { useSyncExternalStore } from 'react'

const remembered = 'small-acts.sandbox.as'
const moved = 'small-acts.sandbox.moved'

/** Who is looking, and at what: both are in the address, so that a link shows the same thing to somebody else. */
export interface Address {
  /** A user id from `?as=`, or the one used last, or ''. */
  as: string
  /** A conversation id, `home` for the app's Home tab, `messages` for its Messages tab, or ''. */
  place: string
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
  const href = useSyncExternalStore(subscribe, () => window.location.href)
  const url = new URL(href)
  return {
    as: url.searchParams.get('as') ?? localStorage.getItem(remembered) ?? '',
    place: decodeURIComponent(url.hash.slice(1)),
  }
}

/** Goes to another place, or becomes another person. `replace` leaves no entry behind for the Back button. */
export function moveTo(address: Partial<Address>, replace = false): void {
  const url = new URL(window.location.href)
  if (address.as !== undefined) {
    url.searchParams.set('as', address.as)
    localStorage.setItem(remembered, address.as)
  }
  if (address.place !== undefined) url.hash = address.place
  if (replace) window.history.replaceState(null, '', url)
  else window.history.pushState(null, '', url)
  window.dispatchEvent(new Event(moved))
}
