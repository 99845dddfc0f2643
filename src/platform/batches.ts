/** Cuts a list into pieces of at most so many: what is done for one of them stays short, however long the whole is. */
export function* batches<T>(items: readonly T[], most: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += most) yield items.slice(at, at + most)
}
