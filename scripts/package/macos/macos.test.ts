import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withTransportSecurity } from './after-pack.ts'
import { entitlementsOf } from './sign.ts'

const application = '/build/mac/Comptoir.app'
const frameworks = `${application}/Contents/Frameworks`
const cardProcess = `${frameworks}/Comptoir Helper (Plugin).app`
/** What a list of entitlements grants. */
const granted = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/<key>(?<name>[^<]+)<\/key>\s*<true\/>/gu)].flatMap(
    ({ groups }) => groups?.['name'] ?? [],
  )

const plist = (value: string): string =>
  `<dict>\n  <key>NSAllowsLocalNetworking</key>\n  <true/>\n  <key>NSAllowsArbitraryLoads</key>\n  <${value}/>\n</dict>`

describe('the entitlements', () => {
  it.each([
    application,
    `${application}/Contents/Resources/app.asar.unpacked/node_modules/pkcs11js/build/Release/pkcs11.node`,
    `${frameworks}/Electron Framework.framework`,
    `${frameworks}/Comptoir Helper.app`,
    `${frameworks}/Comptoir Helper (GPU).app/Contents/MacOS/Comptoir Helper (GPU)`,
    `${frameworks}/Comptoir Helper (Renderer).app`,
  ])('of %s let it run V8, and nothing else', (path) => {
    expect(granted(entitlementsOf(path))).toEqual(['com.apple.security.cs.allow-jit'])
  })

  it.each([cardProcess, `${cardProcess}/Contents/MacOS/Comptoir Helper (Plugin)`])(
    'of %s let it load the library of ANS too',
    (path) => {
      expect(basename(entitlementsOf(path))).toBe('card-process.plist')
      expect(granted(entitlementsOf(path))).toEqual([
        'com.apple.security.cs.allow-jit',
        'com.apple.security.cs.disable-library-validation',
      ])
    },
  )
})

describe('App Transport Security', () => {
  it('is opened to this machine alone', () => {
    expect(withTransportSecurity(plist('true'))).toBe(plist('false'))
  })

  it('is not taken for closed where electron-builder writes something else', () => {
    expect(() => withTransportSecurity(plist('false'))).toThrow('0 times')
    expect(() => withTransportSecurity(plist('true') + plist('true'))).toThrow('2 times')
  })
})
