import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLiveSettings } from '../program/live-settings.ts'
import { settingsJsonSchema } from './json-schema.ts'
import { judgeSettings } from './read.ts'
import { settingsSchema } from './schema.ts'
import { isValid } from './testing/json-schema.ts'

const resources = join(import.meta.dirname, '../../resources')
const read = (name: string): Buffer => readFileSync(join(resources, name))
const json = (name: string): unknown => JSON.parse(read(name).toString('utf8'))
const schema = settingsJsonSchema()
const example = json('comptoir.exemple.json')

/** The example with `value` at a path. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = structuredClone(example)
  const holder = path.slice(0, -1).reduce<unknown>((inside, key) => {
    if (typeof inside !== 'object' || inside === null) throw new Error(`nothing at ${path.join('.')}`)
    return Reflect.get(inside, key)
  }, copy)
  if (typeof holder !== 'object' || holder === null) throw new Error(`nothing at ${path.join('.')}`)
  Reflect.set(holder, path.at(-1) ?? '', value)
  return copy
}

/** Each schema of a key, by its path. */
function* keysOf(node: unknown, path = ''): Generator<[string, object]> {
  if (typeof node !== 'object' || node === null) return
  for (const [name, inside] of Object.entries(node)) {
    if (name === 'properties') {
      for (const [key, value] of Object.entries(Object(inside))) {
        yield [`${path}.${key}`, Object(value)]
        yield* keysOf(value, `${path}.${key}`)
      }
    } else if (name === 'items') yield* keysOf(inside, `${path}[]`)
    else if (/^(?:any|one|all)Of$/u.test(name)) for (const form of Object(inside)) yield* keysOf(form, path)
  }
}

describe('comptoir.schema.json', () => {
  it('is what the schema of the settings gives (`npm run schema` writes it again)', () => {
    expect(json('comptoir.schema.json')).toEqual(JSON.parse(JSON.stringify(schema)))
  })

  it('names and explains every key in French, and allows no other', () => {
    const keys = [...keysOf(schema)]
    expect(keys.length).toBeGreaterThan(60)
    for (const [path, key] of keys) {
      expect([path, Reflect.get(key, 'title')]).toEqual([
        path,
        expect.stringMatching(/^(?:[\p{Lu}«]|e-CPS)/u),
      ])
      expect([path, Reflect.get(key, 'description')]).toEqual([path, expect.stringMatching(/[.»]$/u)])
    }
    const text = JSON.stringify(schema)
    const count = (part: string): number => text.split(part).length - 1
    expect(count('"additionalProperties":false')).toBe(count('"properties":{'))
  })

  it('says of each key that waits for the next start that it does, and of no other', () => {
    const live = createLiveSettings(settingsSchema.parse({}))
    const { pending } = live.replace(
      settingsSchema.parse({
        ...Object(example),
        updates: { url: 'https://a.fr' },
        network: { proxy: 'http://a' },
        card: { enabled: false, modulePath: '/a' },
      }),
    )
    const waiting = new Set(pending.map((key) => (key.startsWith('card.') ? key : key.split('.')[0])))
    const saying = [...keysOf(schema)]
      .filter(([, key]) => String(Reflect.get(key, 'description')).includes('au prochain démarrage'))
      .map(([path]) => path.slice(1))
    expect(new Set(saying)).toEqual(waiting)
  })

  it.each([
    ['the example', example],
    ['nothing', {}],
    [
      'only what has no default',
      { psc: { discoveryUrl: 'HTTPS://a.fr/b', issuer: 'https://a.fr', clientId: 'x' } },
    ],
    ['a screen by its name', changed(['workstation', 'patientDisplay'], 'Écran patients')],
    ['some claims', changed(['modules', 0, 'session'], { claims: ['code'] })],
  ])('accepts %s, as Comptoir does', (_what, value) => {
    expect(isValid(schema, value)).toBe(true)
    expect(settingsSchema.safeParse(value).success).toBe(true)
  })

  it.each<[string, unknown]>([
    ['no object', []],
    ['an unknown key', changed(['pharmacie'], {})],
    ['an unknown key in a section', changed(['card', 'modulePaht'], '/a')],
    ['an unknown key of a module', changed(['modules', 0, 'launch', 'url'], 'https://a.fr')],
    ['a module without its kind', changed(['modules', 0, 'launch'], { command: '/a' })],
    ['a kind that is none', changed(['modules', 0, 'launch', 'kind'], 'page')],
    ['a relative command', changed(['modules', 0, 'launch', 'command'], 'a.exe')],
    ['a page that is no page', changed(['modules', 2, 'launch', 'url'], 'file:///etc/passwd')],
    ['a key kept for the help', changed(['modules', 0, 'shortcut'], 'F1')],
    ['a module without an id', changed(['modules', 0, 'id'], undefined)],
    ['an id with a capital', changed(['modules', 0, 'id'], 'Produits')],
    ['a role that is none', changed(['modules', 2, 'roles'], ['patron'])],
    ['no role at all', changed(['modules', 2, 'roles'], [])],
    ['claims that are none', changed(['modules', 0, 'session'], { claims: ['nom'] })],
    ['a text for a choice', changed(['card', 'enabled'], 'oui')],
    ['a number for a text', changed(['pharmacy', 'name'], 3)],
    ['an empty text', changed(['support', 'phone'], '')],
    ['a screen of rank 0', changed(['workstation', 'patientDisplay'], 0)],
    ['part of a month', changed(['journal', 'retentionMonths'], 1.5)],
    ['too long a retention', changed(['journal', 'retentionMonths'], 37)],
    ['too short a countdown', changed(['session', 'stayConnectedSeconds'], 19)],
    ['a session without end', changed(['session', 'maxHours'], 0)],
    ['a database server', changed(['storage', 'url'], 'postgres://a')],
    ['a redirection elsewhere', changed(['psc', 'redirectUris', 0], 'http://exemple.fr:43110/')],
    ['no redirection', changed(['psc', 'redirectUris'], [])],
    ['a provider without an address', changed(['psc', 'issuer'], undefined)],
    ['a secret', changed(['psc', 'clientSecret'], 'x')],
    ['an authentication that is none', changed(['psc', 'clientAuthentication'], 'password')],
  ])('refuses %s, as Comptoir does', (_what, value) => {
    const written: unknown = JSON.parse(JSON.stringify(value))
    expect(isValid(schema, written)).toBe(false)
    expect(settingsSchema.safeParse(written).success).toBe(false)
  })
})

describe('comptoir.exemple.json', () => {
  it('is right in an installed program', () => {
    const outcome = judgeSettings(
      { kind: 'bytes', bytes: read('comptoir.exemple.json') },
      { edition: 'installed' },
    )
    expect(outcome).toMatchObject({ kind: 'read' })
  })
})
