/** What an operator can write after `npm run ops --`. */
import { parseArgs } from 'node:util'
import { OpsError } from './ops-error.ts'

export const USAGE = `Usage: npm run ops -- COMMAND
  migrate           bring the database's schema up to date
  import-teams FILE.csv [--workspace T0123ABCD] [--dry-run]
                    set people's teams from a file with the columns member,team; with --dry-run, or with a bad
                    row in it, nothing is changed
  post-prompt --channel C0123ABCD [--workspace T0123ABCD] [--dry-run]
                    post the weekly prompt of a channel now, unless this week has had it: the running app does it
                    within a minute; with --dry-run, only say which one
  open-round [--workspace T0123ABCD] [--dry-run]
                    open a round of check-ins now, once a day at most: the running app posts its messages
  close-round [--workspace T0123ABCD] [--dry-run]
                    close the round that is open: whoever is free hears so
  status [--workspace T0123ABCD]
                    schedules, rounds, queues, dead letters and last errors
  retry ID | --all [--queue kudos.deliver]
                    do a job again that was given up, or all of them, or all of one queue
  drop ID           forget a job that was given up, and all it carried
  replay-round ID [--workspace T0123ABCD]
                    make the groups of a round again from what they were made from, and compare
  digest [--workspace T0123ABCD] [--month 2026-10] --csv | --dry-run
                    the figures of a month that is over (the last one, if you name none), as CSV; or the message as it
                    would be posted, without changing anything
  rotate-keys       encrypt the tokens of all workspaces with the first of TOKEN_ENCRYPTION_KEYS, so that the others
                    can be taken away; stopped, it goes on where it was
  delete-workspace T0123ABCD [--dry-run]
                    delete everything about a workspace that has removed the app, now instead of after the days it
                    chose; with --dry-run, only say how much there is
  set KEY VALUE [--workspace T0123ABCD]
                    change a setting of the workspace; VALUE "none" empties it. Keys:
                      kudos.channel       id of the public channel for kudos said in private
                      kudos.values        words people can tag a kudos with: "teamwork, craft"
                      workspace.keep-days for how many days data are kept after the app was removed
                      kudos.daily-limit   how many kudos a person can give a day
                      kudos.keep-words-months  after how many months the words of kudos are forgotten

--workspace says which one it is about, where several are installed.
`

const OPTIONS = {
  workspace: { type: 'string' },
  month: { type: 'string' },
  channel: { type: 'string' },
  queue: { type: 'string' },
  all: { type: 'boolean' },
  csv: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
} as const

export interface Said {
  words: string[]
  workspace?: string
  month?: string
  channel?: string
  queue?: string
  csv: boolean
  dryRun: boolean
}

/** What follows a command: exactly these words, and no flags but these. Throws the usage for anything else. */
export function readArguments(args: string[], words: string[], allowed: (keyof typeof OPTIONS)[]): Said {
  const options = Object.fromEntries(Object.entries(OPTIONS).filter(([name]) => allowed.includes(name as 'all')))
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    if (positionals.length !== words.length) throw new OpsError(USAGE)
    const { csv = false, 'dry-run': dryRun = false, ...rest } = values as Partial<Said> & { 'dry-run'?: boolean }
    return { ...rest, words: positionals, csv, dryRun }
  } catch {
    throw new OpsError(USAGE)
  }
}
