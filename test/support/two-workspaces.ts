import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type Db, inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { saveInstallation } from '../../src/workspace/store.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export interface TwoWorkspaces {
  readonly db: Db
  readonly id: string
  readonly other: string
  /** In a transaction of the first, unless another is named. */
  within<T>(work: (tenant: Tenant) => Promise<T>, id?: string): Promise<T>
}

/** Two workspaces with the app in them, new ones for each test, on a database of the file's own. */
export function twoWorkspaces(now: Date): TwoWorkspaces {
  let database: TestDatabase
  let run = 0
  const workspaces: TwoWorkspaces = {
    get db() {
      return database.db
    },
    get id() {
      return `T${run}`
    },
    get other() {
      return `T${run}OTHER`
    },
    within: (work, id = workspaces.id) => inWorkspace(database.db, id, work),
  }
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database?.drop())
  beforeEach(async () => {
    run += 1
    for (const workspaceId of [workspaces.id, workspaces.other]) {
      await saveInstallation(database.db, { workspaceId, botUserId: 'U0BOT', botId: 'B0BOT' }, now)
    }
  })
  return workspaces
}
