/** Teams from a file: a header with `member` and `team`, then a row for each person; an empty team takes theirs away. */
import { parse } from 'csv-parse/sync'
import { type MemberKind, NO_PERSON } from './member.ts'
import { MAX_TEAM_NAME, teamName } from './team.ts'
import type { TeamClaim } from './team-store.ts'

const MOST_ROWS = 100_000

export interface BadRow {
  /** As an editor counts lines; 1 is the header. */
  line: number
  problem: string
}

export type TeamFile = { rows: { line: number; memberId: string; team: string | null }[]; bad: BadRow[] }

/** Reads a file as people's programs write them: with commas or semicolons, quotes, a byte order mark, any line ends. */
export function readTeamFile(content: Buffer): TeamFile {
  const text = content.toString('utf8')
  if (text.includes('\ufffd')) return refused('The file is not UTF-8. Save it as "CSV UTF-8", and try again.')
  let records: { record: string[]; info: { lines: number } }[]
  try {
    const firstLine = text.slice(0, text.search(/\r|\n|$/))
    records = parse(text, {
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: firstLine.includes(';') && !firstLine.includes(',') ? ';' : ',',
    }) as unknown as typeof records
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string }
    return refused(`This is no CSV: ${message.split('\n')[0]}`, lines ?? 1)
  }
  const [header, ...rest] = records
  const names = header?.record.map((name) => name.toLowerCase()) ?? []
  const [member, team] = [names.indexOf('member'), names.indexOf('team')]
  if (member < 0 || team < 0) return refused('The first line has to name the columns: member,team')
  if (rest.length > MOST_ROWS) return refused(`The file has more than ${MOST_ROWS.toLocaleString('en')} rows.`)

  const file: TeamFile = { rows: [], bad: [] }
  for (const { record, info } of rest) {
    const said = record[member] ?? ''
    const id = said.toUpperCase()
    const written = record[team] ?? ''
    const problem = problemOf(said, record[team])
    if (problem) file.bad.push({ line: info.lines, problem })
    else file.rows.push({ line: info.lines, memberId: id, team: teamName(written) })
  }
  return file
}

const refused = (problem: string, line = 1): TeamFile => ({ rows: [], bad: [{ line, problem }] })

function problemOf(said: string, team: string | undefined): string | null {
  if (!/^[UW][A-Z0-9]{2,20}$/i.test(said)) {
    return `"${said.slice(0, 40)}" is no member id. It looks like U0123ABCD: in Slack, a profile's menu has "Copy member ID".`
  }
  if (team === undefined) return 'The row has no team. Write an empty one ("U0123ABCD,") to take it away.'
  return [...team].length > MAX_TEAM_NAME ? `The team's name is longer than ${MAX_TEAM_NAME} characters.` : null
}

/** Holds the rows of a file against the directory: what can be set, and which rows are wrong. */
export function checkTeams(file: TeamFile, kinds: Map<string, MemberKind>): { claims: TeamClaim[]; bad: BadRow[] } {
  const bad = [...file.bad]
  const byMember = new Map<string, { line: number; team: string | null }>()
  for (const { line, memberId, team } of file.rows) {
    const kind = kinds.get(memberId)
    const before = byMember.get(memberId)
    if (kind === undefined) bad.push({ line, problem: `${memberId} is not known in this workspace.` })
    else if (NO_PERSON[kind]) bad.push({ line, problem: `${memberId} ${NO_PERSON[kind]}.` })
    else if (before && before.team !== team) {
      bad.push({ line, problem: `${memberId} has another team in line ${before.line}. Keep one of the two.` })
    } else byMember.set(memberId, { line, team })
  }
  const claims = [...byMember].map(([memberId, { team }]) => ({ memberId, team }))
  return { claims, bad: bad.sort((a, b) => a.line - b.line) }
}
