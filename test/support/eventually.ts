/**
 * Looks again and again until `look` gives something other than null, undefined or false. The limit is only there to
 * end a test that would never end: nothing is measured by it.
 */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  withinSeconds = 30,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + withinSeconds * 1_000
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found as NonNullable<Exclude<T, false>>
    if (Date.now() > deadline) throw new Error(`waited ${withinSeconds} s for ${what}`)
    await new Promise((done) => setTimeout(done, 20))
  }
}
