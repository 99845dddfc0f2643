/** The app with a Slack of its own, for whoever wants to try it: both are kept from one start to the next. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { createShiftedClock, type ShiftedClock } from '../platform/clock.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'

/** The app as a trial needs it. */
export interface TrialApp {
  port: number
  timePassed(ms: number): Promise<void>
  stop(): Promise<void>
}

export interface TrialOptions {
  /** The app's; the sandbox takes the next one. */
  port: number
  /** Where the workspace is kept. */
  folder: string
  /** Everything the embedded database keeps, or null where the app has a server of its own. */
  databaseFolder: string | null
  /** Starts the app against this Slack. */
  startApp(sandbox: Sandbox, clock: ShiftedClock): Promise<TrialApp>
  onProblem(problem: string): void
}

/** Starts both. Throws what kept them from it, with nothing left running. */
export async function startTrial(options: TrialOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const { port, folder, databaseFolder, onProblem } = options
  const clock = createShiftedClock()
  let app: TrialApp | null = null
  const sandbox = await startSandbox({
    port: port === 0 ? 0 : port + 1,
    clock,
    page: true,
    memory: path.join(folder, 'sandbox.json'),
    onProblem,
    controls: {
      onClockMoved: async (ms) => await app?.timePassed(ms),
      async onStartOver() {
        await app?.stop()
        app = null
        // On a server the rows stay: the workspace gets another id, and nobody comes across them.
        if (databaseFolder) await rm(databaseFolder, { recursive: true, force: true })
        sandbox.forget()
        await startApp()
      },
    },
  })

  async function startApp(): Promise<void> {
    app = await options.startApp(sandbox, clock)
    sandbox.connectApp(`http://127.0.0.1:${app.port}/slack/events`)
  }

  try {
    await startApp()
  } catch (error) {
    await sandbox.stop()
    throw error
  }
  return {
    url: sandbox.url,
    async stop() {
      await app?.stop()
      await sandbox.stop()
    },
  }
}
