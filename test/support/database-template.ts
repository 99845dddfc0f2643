/**
 * A database with the schema in it, made once a run, that each test file copies: a folder of the embedded one, or, with
 * TEST_DATABASE_URL, a template database on that PostgreSQL server.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/platform/database.ts'
import { startEmbedded } from '../../src/platform/embedded/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import { migrate } from '../../src/platform/migrations.ts'

export type DatabaseTemplate = { kind: 'embedded'; folder: string } | { kind: 'server'; url: string; name: string }

declare module 'vitest' {
  interface ProvidedContext {
    databaseTemplate: DatabaseTemplate
  }
}

const log = createLog('warn')

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
  return server ? await onServer(project, server) : await onEmbedded(project)
}

async function onEmbedded(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'small-acts-test-'))
  const embedded = await startEmbedded(folder, log)
  await prepare(embedded.url)
  await embedded.stop()
  project.provide('databaseTemplate', { kind: 'embedded', folder })
  return async () => rmSync(folder, { recursive: true, force: true })
}

async function onServer(project: TestProject, url: string) {
  const name = `small_acts_template_${process.pid}`
  await onServerRun(url, `create database ${name}`)
  await prepare(databaseOn(url, name))
  project.provide('databaseTemplate', { kind: 'server', url, name })
  return async () => onServerRun(url, `drop database if exists ${name} with (force)`)
}

async function prepare(url: string) {
  const db = openDatabase(url, 'migrating', log)
  await migrate(db)
  await db.destroy()
}

/** The same server, another database. */
export function databaseOn(url: string, name: string): string {
  const result = new URL(url)
  result.pathname = `/${name}`
  return result.href
}

/** Runs one statement outside any of the tests' databases. */
export async function onServerRun(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
