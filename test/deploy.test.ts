/** Dockerfile, compose.yaml and .env.example against what the app reads and is made of. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { parse as parseEnvironment } from 'dotenv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readConfig, VARIABLES } from '../src/config.ts'
import { FLAGS } from './support/app-process.ts'

const read = (file: string) => readFileSync(file, 'utf8')

interface Service {
  image?: string
  environment?: Record<string, string>
  env_file?: string
  ports?: string[]
}

const compose = parse(read('compose.yaml'), { merge: true }) as {
  services: Record<string, Service>
  configs: Record<string, { content: string }>
}
const apps = Object.entries(compose.services).filter(([name]) => name.startsWith('app'))
const example = parseEnvironment(read('.env.example'))
const proxy = compose.configs.caddyfile?.content ?? ''

/** As compose does: ${NAME:?why} from .env. */
const interpolate = (text: string, env: Record<string, string>) =>
  text.replace(/\$\{(\w+)(?::\?[^}]*)?\}/g, (_all, name: string) => env[name] ?? '')

it('.env.example names every variable there is, and no other', () => {
  expect(Object.keys(example).sort()).toEqual([...VARIABLES].sort())
  for (const value of Object.values(example)) expect(value).toBe('')
})

it('the README’s table names every variable there is', () => {
  const listed = [...read('README.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name)
  expect(listed.sort()).toEqual([...VARIABLES].sort())
})

describe('compose.yaml', () => {
  it('has two processes of the app, which read .env, and set nothing that the app does not read', () => {
    expect(apps).toHaveLength(2)
    for (const [, app] of apps) {
      expect(app.env_file).toBe('.env')
      expect(Object.keys(app.environment ?? {}).filter((name) => !VARIABLES.includes(name))).toEqual([])
      // Only the proxy can be reached from outside.
      expect(app.ports).toBeUndefined()
    }
    expect(compose.services.db?.ports).toBeUndefined()
  })

  it('makes a configuration that starts, with Slack’s credentials in .env', () => {
    const secrets = { POSTGRES_PASSWORD: 'abc123', PUBLIC_HOST: 'kudos.example.org' }
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' }
    for (const [, app] of apps) {
      const set = Object.entries(app.environment ?? {}).map(([name, value]) => [name, interpolate(value, secrets)])
      const config = readConfig({ ...example, ...slack, ...Object.fromEntries(set) })
      expect(config).toMatchObject({
        production: true,
        host: '0.0.0.0',
        port: 3000,
        database: { kind: 'server', url: 'postgres://small_acts:abc123@db:5432/small_acts' },
        slack: { mode: 'http' },
      })
    }
  })

  it('hands Slack’s requests, and nothing else, to each of them', () => {
    const names = apps.map(([name]) => `${name}:3000`).join(' ')
    expect(proxy).toContain(`reverse_proxy ${names} {`)
    expect(proxy).toContain('handle /slack/* {')
    expect(proxy).toContain('health_uri /readyz')
    // Compose would read a single dollar as a variable of its own.
    expect(read('compose.yaml').replaceAll('$$', '')).not.toMatch(/\$(?!\{(POSTGRES_PASSWORD|PUBLIC_HOST)\b)/)
  })

  it('asks for every secret by name, and has none in it', () => {
    const used = [...read('compose.yaml').matchAll(/\$\{(\w+)([^}]*)\}/g)]
    expect(new Set(used.map(([, name]) => name))).toEqual(new Set(['POSTGRES_PASSWORD', 'PUBLIC_HOST']))
    for (const [, , rest] of used) expect(rest).toMatch(/^:\?/)
  })
})

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile')
  const ignore = read('.dockerignore').split('\n')

  it('is of the Node that the package asks for, runs as nobody special, and copies what is there', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
    expect(dockerfile).toContain(`FROM node:${engines.node.replace('>=', '')}-slim`)
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).toContain('npm ci --omit=dev')
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, files]) => files?.split(' ') ?? [])
    expect(copied.sort()).toEqual(['migrations', 'package-lock.json', 'package.json', 'src'])
    for (const file of copied) {
      expect(existsSync(file)).toBe(true)
      expect(ignore).toContain(`!${file}`)
    }
  })

  it('leaves the sandbox out, which nothing of the rest needs to start', () => {
    expect(ignore).toContain('src/sandbox')
    const needing = globSync('src/**/*.ts')
      .filter((file) => !file.startsWith('src/sandbox/'))
      .filter((file) => /^(import|export) (?!type).*from '[^']*sandbox/m.test(read(file)))
    expect(needing).toEqual([])
  })
})

it('is started everywhere with the same flags of Node', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  expect(scripts.start).toBe(`exec node ${FLAGS.join(' ')} src/main.ts`)
  expect(read('Dockerfile')).toContain(`CMD ${JSON.stringify(['node', ...FLAGS, 'src/main.ts']).replaceAll(',', ', ')}`)
  expect(read('README.md')).toContain(`node ${FLAGS.join(' ')} src/main.ts`)
})
