import { configDefaults, defineConfig } from 'vitest/config'

/**
 * Flows about HTTP itself, processes, the network or the database, and long ones whose requests are those of others: what is
 * left is run over Socket Mode as well.
 */
const HTTP_ALONE = [
  'backup',
  'clock',
  'clock-leaps',
  'daily-limit',
  'fences-events',
  'fences-jobs',
  'fences-requests',
  'forged-admin',
  'fuzz',
  'import-teams',
  'installing',
  'leaving',
  'faults',
  'faults-afterwards',
  'kill',
  'metrics',
  'ops',
  'ops-digest',
  'own-data',
  'poisoned',
  'process',
  'prompts-kill',
  'prompts-race',
  'requests',
  'retention',
  'rotating-keys',
  'round-again',
  'round-apart',
  'round-by-hand',
  'round-faults',
  'round-kill',
  'round-trio',
  'slack-budget',
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
