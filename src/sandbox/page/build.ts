import { accessSync, constants, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

/**
 * Builds the sandbox's page and returns the folder with its index.html. Takes about a second, so it runs at every start.
 *
 * File names carry no hash and the folder is never emptied: a second sandbox that starts meanwhile writes the same bytes
 * over the same files. Serve them with `cache-control: no-store`.
 */
export async function buildPage(): Promise<string> {
  const outDir = cacheFolder()
  await build({
    root: import.meta.dirname,
    configFile: false,
    envDir: false,
    base: './',
    logLevel: 'silent',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: false,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: {
        output: { entryFileNames: 'page.js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
      },
    },
  })
  return outDir
}

/** Where the other tools keep what can be made again; a folder of one's own where this user may not write there. */
function cacheFolder(): string {
  const modules = path.resolve(import.meta.dirname, '../../../node_modules')
  try {
    accessSync(modules, constants.W_OK)
    return path.join(modules, '.cache/small-acts-page')
  } catch {
    return mkdtempSync(path.join(tmpdir(), 'small-acts-page-'))
  }
}
