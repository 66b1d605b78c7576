import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { elf, machO, universal } from './testing/binaries.ts'
import { fakeWorkstation, type FakeWorkstation } from './testing/workstation.ts'

let poste: FakeWorkstation
const on = (platform: 'darwin' | 'linux') => {
  beforeEach(async () => {
    poste = await fakeWorkstation(platform)
  })
  afterEach(() => poste.dispose())
}
const at = (path: string, productVersion: string | null = null) => ({
  kind: 'found',
  path,
  bits: 64,
  productVersion,
})
const manifest = (path: string) => JSON.stringify({ name: 'cps3', path, type: 'pkcs11' })

describe('on Linux', () => {
  on('linux')
  const usual = '/usr/lib64/libcps3_pkcs11_lux.so'
  const opt = '/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so'
  const galss = '/usr/local/galss/libcps3_pkcs11_lux.so'

  it.each([usual, opt, galss])('it is at %s', async (path) => {
    await poste.write(path, elf('x64'))
    expect(await poste.find()).toEqual(at(path))
  })

  it('it is looked for at the newer places first', async () => {
    await poste.write(galss, elf('x64'))
    await poste.write(opt, elf('x64'))
    expect(await poste.find()).toEqual(at(opt))
  })

  it.each(['/usr/lib64/mozilla/pkcs11-modules/cps3.json', '/usr/lib/mozilla/pkcs11-modules/cps3.json'])(
    'the manifest %s says where it is before any other place',
    async (file) => {
      await poste.write(usual, elf('x64'))
      await poste.write('/srv/cps/lib.so', elf('x64'))
      await poste.write(file, `\uFEFF${manifest('/srv/cps/lib.so')}`)
      expect(await poste.find()).toEqual(at('/srv/cps/lib.so'))
    },
  )

  it('a manifest’s path may be relative to it', async () => {
    await poste.write('/usr/lib64/mozilla/lib.so', elf('x64'))
    await poste.write('/usr/lib64/mozilla/pkcs11-modules/cps3.json', manifest('../lib.so'))
    expect(await poste.find()).toEqual(at('/usr/lib64/mozilla/lib.so'))
  })

  it.each([
    ['names nothing', '{}'],
    ['names what is no text', '{ "path": 3 }'],
    ['names an empty path', manifest('')],
    ['is no JSON', 'path=/srv/cps/lib.so'],
    ['is far too long', `${manifest('/srv/cps/lib.so')}${' '.repeat(100_000)}`],
    ['names a library that is gone', manifest('/srv/gone.so')],
  ])('a manifest is passed over that %s', async (_, text) => {
    await poste.write('/srv/cps/lib.so', elf('x64'))
    await poste.write('/usr/lib64/mozilla/pkcs11-modules/cps3.json', text)
    await poste.write(usual, elf('x64'))
    expect(await poste.find()).toEqual(at(usual))
  })

  it('it is missing, and all that was looked at is told', async () => {
    expect(await poste.find()).toEqual({ kind: 'missing', looked: [usual, opt, galss] })
    expect(poste.commands).toEqual(['/usr/bin/rpm -q --qf %{VERSION} CryptolibCPS'])
  })

  it('a place that holds no library is passed over where another does', async () => {
    await poste.write(usual, 'INPUT(-lcps3)')
    await poste.write(`${opt}/directory`, '')
    await poste.write(galss, elf('x64'))
    expect(await poste.find()).toEqual(at(galss))
  })

  it.each<[string, Buffer | string, object]>([
    ['a text', 'INPUT(-lcps3)', { kind: 'unusable', path: usual, reason: 'not-a-library' }],
    ['nothing', '', { kind: 'unusable', path: usual, reason: 'not-a-library' }],
    ['ARM', elf('arm64'), { kind: 'unusable', path: usual, reason: 'other-architecture' }],
    ['32 bits', elf('ia32'), { kind: '32-bit-only', path: usual }],
  ])('what the first file is tells why none can be used: %s', async (_, content, expected) => {
    await poste.write(usual, content)
    await poste.write(galss, elf('arm'))
    expect(await poste.find()).toEqual(expected)
  })

  it('the version of the product is the package’s', async () => {
    poste.answer('/usr/bin/rpm -q --qf %{VERSION} CryptolibCPS', '5.2.2')
    await poste.write(usual, elf('x64'))
    expect(await poste.find()).toEqual(at(usual, '5.2.2'))
  })
})

describe('where the settings say', () => {
  on('linux')

  it('it is taken from there alone', async () => {
    await poste.write('/usr/lib64/libcps3_pkcs11_lux.so', elf('x64'))
    const gone = await poste.find({ configured: '/srv/Lecteur santé/librairie à moi.so' })
    expect(gone).toEqual({ kind: 'missing', looked: ['/srv/Lecteur santé/librairie à moi.so'] })
  })

  it('its path may have accents and spaces', async () => {
    const configured = '/srv/Lecteur santé/librairie à moi.so'
    await poste.write(configured, elf('x64'))
    expect(await poste.find({ configured })).toEqual(at(configured))
  })

  it('it is told apart what is of 32 bits', async () => {
    await poste.write('/srv/lib.so', elf('ia32'))
    expect(await poste.find({ configured: '/srv/lib.so' })).toEqual({
      kind: '32-bit-only',
      path: '/srv/lib.so',
    })
  })

  it('a relative path comes back absolute', async () => {
    const path = `${process.cwd()}/cps/lib.so`
    await poste.write(path, elf('x64'))
    expect(await poste.find({ configured: 'cps/lib.so' })).toEqual(at(path))
  })

  it('no path that a file cannot have is an error', async () => {
    expect(await poste.find({ configured: '/srv/\u0000' })).toMatchObject({ kind: 'missing' })
    expect(await poste.find({ configured: `/${'a'.repeat(5000)}` })).toMatchObject({ kind: 'missing' })
  })
})

describe('on macOS', () => {
  on('darwin')
  const usual = '/usr/local/lib/libcps3_pkcs11_osx.dylib'

  it.each(['x64', 'arm64'])('the universal library is of both processors: %s', async (arch) => {
    await poste.write(usual, universal(['x64', 'arm64']))
    expect(await poste.find({ arch })).toEqual(at(usual))
  })

  it('an older one is of the other processor', async () => {
    await poste.write(usual, machO('x64'))
    expect(await poste.find({ arch: 'arm64' })).toEqual({
      kind: 'unusable',
      path: usual,
      reason: 'other-architecture',
    })
  })

  it('the manifest says where it is', async () => {
    await poste.write(
      '/Library/Application Support/Mozilla/PKCS11Modules/cps3.json',
      manifest('/opt/cps.dylib'),
    )
    await poste.write('/opt/cps.dylib', machO('x64'))
    expect(await poste.find()).toEqual(at('/opt/cps.dylib'))
  })

  it('the version of the product is the package’s', async () => {
    poste.answer(
      '/usr/sbin/pkgutil --pkg-info fr.asipsante.pkg.cryptolibCPS',
      'package-id: fr.asipsante.pkg.cryptolibCPS\nversion: 5.2.1\nvolume: /\nlocation: /\n',
    )
    await poste.write(usual, machO('x64'))
    expect(await poste.find()).toEqual(at(usual, '5.2.1'))
  })
})
