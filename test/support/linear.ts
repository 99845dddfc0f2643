/** Whether a sum follows from others by adding, subtracting and scaling them: whether `wanted` is in the span of `known`. */
export function isDetermined(wanted: number[], known: number[][]): boolean {
  const basis: { at: number; row: number[] }[] = []
  for (const row of known) {
    const left = reduced(row, basis)
    const at = left.findIndex((value) => Math.abs(value) > 1e-9)
    if (at < 0) continue
    const scale = left[at] ?? 1
    basis.push({ at, row: left.map((value) => value / scale) })
  }
  return reduced(wanted, basis).every((value) => Math.abs(value) < 1e-9)
}

function reduced(row: number[], basis: { at: number; row: number[] }[]): number[] {
  return basis.reduce((left, { at, row: base }) => {
    const times = left[at] ?? 0
    return left.map((value, index) => value - times * (base[index] ?? 0))
  }, row)
}
