import { mkdirSync } from 'node:fs'
import { type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { createWorld, type World } from '../support/world.ts'

/** A real Chromium, each visitor a profile of their own, and everything that went wrong in their windows. */
export interface TestBrowser {
  /** A new profile with one window. */
  visit(url: string, options?: BrowserContextOptions): Promise<Page>
  /** Uncaught errors, what was logged as an error, and requests that left this machine. */
  problems: string[]
  close(): Promise<void>
}

/** Starts CHROMIUM_PATH, or where Debian puts it. */
export async function startBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const problems: string[] = []
  return {
    problems,
    async visit(url, options = {}) {
      const viewport = { width: 1280, height: 800 }
      const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...options })
      context.setDefaultTimeout(10_000)
      context.on('weberror', (error) => problems.push(`uncaught: ${error.error().stack}`))
      context.on('console', (line) => {
        if (line.type() === 'error') problems.push(`console: ${line.text()}`)
      })
      context.on('request', (request) => {
        if (leaves(request.url())) problems.push(`left this machine: ${request.url()}`)
      })
      const page = await context.newPage()
      page.on('websocket', (socket) => problems.push(`opened a socket: ${socket.url()}`))
      await page.goto(url)
      return page
    },
    close: () => browser.close(),
  }
}

/**
 * The app with the sandbox's page, and a browser, for all tests of a file. Whatever goes wrong in a window fails the test
 * it happens in.
 */
export function withPage(): { world: World; browser: TestBrowser } {
  const here = {} as { world: World; browser: TestBrowser }
  beforeAll(async () => {
    here.world = await createWorld({ page: true })
    here.browser = await startBrowser()
  })
  afterAll(async () => {
    await here.browser?.close()
    await here.world?.stop()
  })
  afterEach(() => {
    expect(here.browser.problems.splice(0)).toEqual([])
  })
  return here
}

function leaves(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return !['data:', 'blob:'].includes(protocol) && hostname !== '127.0.0.1'
}

/** The composer of what is open. */
export const composer = (page: Page): Locator => page.getByRole('textbox', { name: /^Message / })

/** The messages of what is open that contain `words`. */
export const messages = (page: Page, words: string): Locator => page.getByTestId('message').filter({ hasText: words })

/** The answers only the viewer sees, among them. */
export const answers = (page: Page, words: string): Locator =>
  messages(page, words).and(page.locator('[data-ephemeral=true]'))

/** The same without them. */
export const posts = (page: Page, words: string): Locator =>
  messages(page, words).and(page.locator('[data-ephemeral=false]'))

/** Changes who one is, by the list in the top bar. */
export async function become(page: Page, name: string): Promise<void> {
  await page.getByTestId('viewer').click()
  await page.getByRole('combobox', { name: 'Find a person to be' }).fill(name)
  await page.keyboard.press('Enter')
  await page.getByTestId('viewer').filter({ hasText: name }).waitFor()
}

/** Keeps a picture in .shots/ for somebody to look at. */
export async function keepShot(page: Page, name: string): Promise<void> {
  mkdirSync('.shots', { recursive: true })
  await page.screenshot({ path: `.shots/${name}.png` })
}
