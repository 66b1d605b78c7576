import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from '../bootstrap/places.mjs'
import { licensedComponents, writeComponents, writeLicences } from './licences.ts'
import { shipped } from './testing/shipped.ts'
import { shippedComponent } from '../../electron/ipc/component-views.ts'

const folder = mkdtempSync(join(tmpdir(), 'comptoir-licences-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the licences', () => {
  const components = licensedComponents(shipped)
  const textOf = (name: string): string => components.find((each) => each.name === name)?.text ?? ''

  it('are there in words for each component, with the notices', () => {
    for (const { name, text } of components) expect(text.length, name).toBeGreaterThan(60)
    expect(textOf('@fontsource-variable/inter')).toContain('SIL OPEN FONT LICENSE Version 1.1')
    expect(textOf('lucide-react')).toContain('ISC License')
    expect(textOf('electron')).toContain('Copyright (c) Electron contributors')
    expect(textOf('SQLite')).toContain('May you share freely')
    expect(textOf('@zxcvbn-ts/language-fr')).toContain('OpenSubtitles')
    expect(textOf('Chromium')).toContain('LICENSES.chromium.html')
    // It brings none of its own.
    expect(existsSync(join(root, 'node_modules/@node-rs/argon2-linux-x64-gnu/LICENSE'))).toBe(false)
    expect(textOf('@node-rs/argon2-linux-x64-gnu')).toBe(textOf('@node-rs/argon2'))
  })

  it('are all written for people, and for « À propos »', () => {
    const text = readFileSync(writeLicences(join(folder, 'licences'), shipped), 'utf8')
    for (const { name, version } of components) expect(text).toContain(`\n${name} ${version} (`)
    const written: unknown = JSON.parse(
      readFileSync(writeComponents(join(folder, 'licences'), shipped), 'utf8'),
    )
    const told = z.array(shippedComponent).parse(written)
    expect(told.map(({ name }) => name)).toEqual(components.map(({ name }) => name))
    // The program that runs tells its own.
    expect(told.filter(({ version }) => version === '').map(({ runtime }) => runtime)).toEqual([
      'chrome',
      'electron',
      'node',
      'v8',
    ])
  })

  it.each([
    ['MIT', 'README.md', 'left: no licence file in its package'],
    ['GPL-3.0-only', 'LICENSE', 'left: licence GPL-3.0-only is not allowed'],
    [undefined, 'LICENSE', 'node_modules/left: package-lock.json tells no licence'],
  ])('of a package under %s with a file %s: refused by its name', (license, file, message) => {
    const checkout = mkdtempSync(join(folder, 'checkout-'))
    const put = (path: string, content: string): void => {
      mkdirSync(dirname(join(checkout, path)), { recursive: true })
      writeFileSync(join(checkout, path), content)
    }
    put(
      'package-lock.json',
      JSON.stringify({
        packages: { '': { version: '1.0.0' }, 'node_modules/left': { version: '1.0.0', license } },
      }),
    )
    put(`node_modules/left/${file}`, 'Do as you please.')
    put('node_modules/electron/LICENSE', 'Do as you please.')
    const header = 'node_modules/better-sqlite3/deps/sqlite3/sqlite3.h'
    put(header, readFileSync(join(root, header), 'utf8'))
    const odd = { ...shipped, bundled: ['node_modules/left'], root: checkout }
    expect(() => writeLicences(join(checkout, 'out'), odd)).toThrow(message)
    expect(existsSync(join(checkout, 'out'))).toBe(false)
  })
})
