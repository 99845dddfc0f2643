import { config as loadEnvironment } from 'dotenv'
import { type RunningApp, StartError, startApp } from './app.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { systemClock } from './platform/clock.ts'
import { EmbeddedDatabaseError } from './platform/embedded/embedded.ts'

loadEnvironment({ quiet: true })

try {
  const config = readConfig(process.env)
  const { slack } = config
  const running = slack.mode === 'sandbox' ? await startInSandbox(config) : await startApp({ ...config, slack })
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
async function startInSandbox(config: Config): Promise<Pick<RunningApp, 'stop'>> {
  // Imported only here: a production image has no sandbox in it.
  const { startSandbox } = await import('./sandbox/sandbox.ts')
  const sandbox = await startSandbox({ port: config.port === 0 ? 0 : config.port + 1, clock: systemClock, page: true })
  const { apiUrl, botToken, signingSecret } = sandbox
  try {
    const slack = { mode: 'http' as const, apiUrl, botToken, signingSecret }
    const app = await startApp({ ...config, slack }, { kudosChannel: sandbox.channel('#kudos').id })
    sandbox.connectApp(`http://127.0.0.1:${app.port}/slack/events`)
    process.stdout.write(`\nSmall Acts is ready. Open the sandbox in a browser:\n\n    ${sandbox.url}\n\n`)
    return {
      async stop() {
        await app.stop()
        await sandbox.stop()
      },
    }
  } catch (error) {
    await sandbox.stop()
    throw error
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
