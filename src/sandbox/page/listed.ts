/** "Ann", "Ann and Kofi", "Ann, Kofi and you". */
export function listed(names: string[]): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
}
