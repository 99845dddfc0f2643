/** Looks again and again until `look` gives something other than null, undefined or false. Throws after 10 s. */
export async function eventually<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found as NonNullable<Exclude<T, false>>
    if (Date.now() > deadline) throw new Error(`waited 10 s for ${what}`)
    await new Promise((done) => setTimeout(done, 20))
  }
}
