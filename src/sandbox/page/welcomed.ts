const key = 'small-acts.sandbox.welcomed'

/** True once the welcome was put away in this browser. */
export function isWelcomed(): boolean {
  return localStorage.getItem(key) !== null
}

/** Puts the welcome away for good. */
export function rememberWelcome(): void {
  localStorage.setItem(key, 'yes')
}

/** Shows the welcome again at the next opening. */
export function forgetWelcome(): void {
  localStorage.removeItem(key)
}
