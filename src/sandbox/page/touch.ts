/** True where there is nothing to point with before touching: a phone, a tablet. */
export const touches = window.matchMedia('(hover: none)').matches
