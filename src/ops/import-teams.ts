/** `import-teams`: people's teams from a file, all of it or nothing. */
import { readFileSync } from 'node:fs'
import type { Tenant } from '../platform/database.ts'
import { readKinds } from '../workspace/store.ts'
import { checkTeams, readTeamFile } from '../workspace/team-import.ts'
import { readAdminTeams, saveTeamClaims } from '../workspace/team-store.ts'
import { OpsError } from './ops-error.ts'

/** Says what it did, or would do. Throws OpsError naming every bad row. */
export async function importTeams(tenant: Tenant, path: string, now: Date, dryRun: boolean): Promise<string> {
  const file = readTeamFile(readContent(path))
  const kinds = await readKinds(
    tenant,
    file.rows.map(({ memberId }) => memberId),
  )
  const { claims, bad } = checkTeams(file, kinds)
  if (bad.length > 0) {
    const lines = bad.map(({ line, problem }) => `  line ${line}: ${problem}`)
    throw new OpsError(`Nothing was changed, because of these rows:\n${lines.join('\n')}`)
  }
  const before = await readAdminTeams(tenant)
  const count = (is: (team: string | null, was: string | undefined) => boolean) =>
    claims.filter(({ memberId, team }) => is(team, before.get(memberId))).length
  const told = [
    `${count((team, was) => team !== null && was === undefined)} set`,
    `${count((team, was) => team !== null && was !== undefined && was !== team)} changed`,
    `${count((team, was) => team === null && was !== undefined)} taken away`,
    `${count((team, was) => (was ?? null) === team)} as before`,
  ].join(', ')
  if (dryRun) return `This would be: ${told}. Nothing was changed.`
  await saveTeamClaims(tenant, 'admin', claims, now)
  return `Teams: ${told}.`
}

function readContent(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new OpsError(`${path} can't be read: ${(error as Error).message}.`)
  }
}
