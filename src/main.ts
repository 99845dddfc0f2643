import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { config as loadEnvironment } from 'dotenv'
import { type RunningApp, startApp } from './app.ts'
import { type Config, ConfigError, type InstallConfig, readConfig } from './config.ts'
import type { Tenant } from './platform/database.ts'
import { EmbeddedDatabaseError } from './platform/embedded/embedded.ts'
import type { Sandbox } from './sandbox/sandbox.ts'
import { StartError } from './starting.ts'

loadEnvironment({ quiet: true })

try {
  const config = readConfig(process.env)
  const { slack } = config
  const running =
    slack.mode === 'sandbox' ? await startInSandbox(config, slack.folder) : await startApp({ ...config, slack })
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await running.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
} catch (error) {
  const problems = explain(error)
  if (!problems) throw error
  process.stderr.write(`Small Acts can't start:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`)
  process.exit(1)
}

/** The same app, with a Slack of our own that lives in the browser. */
async function startInSandbox(config: Config, folder: string): Promise<Pick<RunningApp, 'stop'>> {
  // Imported only here: a production image has no sandbox in it.
  const { startTrial } = await import('./sandbox/trial.ts')
  const { beginWith, teams } = await import('./sandbox/beginning.ts')
  const trial = await startTrial({
    port: config.port,
    folder,
    databaseFolder: config.database.kind === 'embedded' ? join(config.database.folder, 'postgres') : null,
    onProblem: (problem) => process.stderr.write(`${problem}\n`),
    startApp(sandbox, clock) {
      const { apiUrl, botToken, signingSecret, channel, person, group } = sandbox
      const install = installInSandbox(sandbox, config.port)
      const slack = { mode: 'http' as const, apiUrl, botToken, signingSecret, install }
      const settings = {
        'workspace.zone': 'Europe/Berlin',
        'kudos.channel': channel('#kudos').id,
        'kudos.values': ['teamwork', 'craft', 'courage', 'care'],
        'teams.groups': teams.map((handle) => group(handle).id),
        'digest.people': ['margit', 'jonah'].map((handle) => person(handle).id),
      }
      const beginning = (tenant: Tenant, now: Date) => beginWith(sandbox, tenant, now)
      return startApp({ ...config, slack }, { clock, settings, beginning })
    },
  })
  process.stdout.write(`\nSmall Acts is ready. Open the sandbox in a browser:\n\n    ${trial.url}\n\n`)
  return trial
}

/** "Add to Slack" in the sandbox, with secrets that stay the same as long as its workspace does. */
function installInSandbox({ clientId, clientSecret, signingSecret }: Sandbox, port: number): InstallConfig {
  const key = createHash('sha256').update(signingSecret).digest()
  return {
    clientId,
    clientSecret,
    stateSecret: key.toString('hex'),
    publicUrl: `http://127.0.0.1:${port}`,
    keys: [{ id: 'sandbox', key }],
  }
}

/** What the operator can mend, in words; null for a defect, whose stack says more. */
function explain(error: unknown): string[] | null {
  if (error instanceof ConfigError) return error.problems
  if (error instanceof StartError || error instanceof EmbeddedDatabaseError) return [error.message]
  const { code, syscall, port, address } = error as { code?: string; syscall?: string; port?: number; address?: string }
  if (code === 'EADDRINUSE')
    return [`Port ${port} on ${address} is taken. Stop what uses it, or set PORT to another one.`]
  if (code === 'EACCES' && syscall === 'listen')
    return [`This user may not listen on port ${port}. Set PORT to one above 1023.`]
  if (code === 'EADDRNOTAVAIL' || syscall === 'getaddrinfo')
    return ['HOST is no address of this machine. Leave it empty, or set it to one that is.']
  return null
}
