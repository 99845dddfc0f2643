import { configDefaults, defineConfig } from 'vitest/config'

/** Flows about HTTP itself, processes or the network: the others are run over Socket Mode as well. */
const HTTP_ALONE = [
  'clock',
  'daily-limit',
  'faults',
  'faults-afterwards',
  'kill',
  'ops',
  'process',
  'round-kill',
  'socket-mode',
  'trial',
  'upgrades',
]

export default defineConfig({
  test: {
    globalSetup: ['test/support/database-template.ts'],
    // Each worker may have a database of its own beside it.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'all', include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, 'test/browser/**'] },
      },
      {
        extends: true,
        test: {
          name: 'socket mode',
          include: ['test/flows/*.test.ts'],
          exclude: HTTP_ALONE.map((name) => `test/flows/${name}.test.ts`),
          env: { SLACK_MODE: 'socket' },
        },
      },
    ],
  },
})
