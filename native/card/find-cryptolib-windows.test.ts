import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pe } from './testing/binaries.ts'
import { fakeWorkstation, type FakeWorkstation } from './testing/workstation.ts'

let poste: FakeWorkstation
beforeEach(async () => {
  poste = await fakeWorkstation('win32')
})
afterEach(() => poste.dispose())

const at = (path: string, productVersion: string | null = null) => ({
  kind: 'found',
  path,
  bits: 64,
  productVersion,
})
const manifest = (path: string) => JSON.stringify({ name: 'cps3', path, type: 'pkcs11' })

/** What reg.exe prints of a key, the name of its own value in French. */
function key(name: string, values: Record<string, string>, view = 64): void {
  const lines = Object.entries(values).map(
    ([value, data]) => `    ${value === '' ? '(par défaut)' : value}    REG_SZ    ${data}`,
  )
  poste.answer(
    `C:\\Windows\\System32\\reg.exe query HKLM\\SOFTWARE\\${name} /reg:${view}`,
    `\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\${name}\r\n${lines.join('\r\n')}\r\n\r\n`,
  )
}

describe('on Windows', () => {
  const system = 'C:\\Windows\\System32\\cps3_pkcs11_w64.dll'
  const wow64 = 'C:\\Windows\\SysWOW64\\cps3_pkcs11_w32.dll'
  const folder = 'D:\\Santé\\CPS\\'

  it('it is in System32, both bitnesses being installed', async () => {
    await poste.write(system, pe('x64'))
    await poste.write(wow64, pe('ia32'))
    expect(await poste.find()).toEqual(at(system))
  })

  it('it is where Windows is', async () => {
    await poste.write('E:\\WINNT\\System32\\cps3_pkcs11_w64.dll', pe('x64'))
    expect(await poste.find({ env: { SYSTEMROOT: 'E:\\WINNT' } })).toEqual(
      at('E:\\WINNT\\System32\\cps3_pkcs11_w64.dll'),
    )
  })

  it.each([
    wow64,
    'C:\\Windows\\System32\\cps3_pkcs11_w32.dll',
    'C:\\Windows\\cps_pkcs11_w32.dll',
    'C:\\Program Files\\santesocial\\CPS\\cps3_pkcs11_w32.dll',
  ])('only that of 32 bits is installed: %s', async (path) => {
    await poste.write(path, pe('ia32'))
    expect(await poste.find()).toEqual({ kind: '32-bit-only', path })
  })

  it('that of 64 bits is what is told of where it is broken', async () => {
    await poste.write(system, '')
    await poste.write(wow64, pe('ia32'))
    expect(await poste.find()).toEqual({ kind: 'unusable', path: system, reason: 'not-a-library' })
  })

  it('a process of 32 bits takes that of 32 bits', async () => {
    await poste.write(system, pe('x64'))
    await poste.write(wow64, pe('ia32'))
    expect(await poste.find({ arch: 'ia32' })).toEqual({
      kind: 'found',
      path: wow64,
      bits: 32,
      productVersion: null,
    })
  })

  it('a process of 32 bits sees the folder of 64 bits by its other name', async () => {
    const sysnative = 'C:\\Windows\\Sysnative\\cps3_pkcs11_w64.dll'
    await poste.write(sysnative, pe('x64'))
    expect(await poste.find({ arch: 'ia32' })).toEqual({
      kind: 'unusable',
      path: sysnative,
      reason: 'other-architecture',
    })
  })

  it('a process of 32 bits is told of that of 32 bits where it is broken', async () => {
    await poste.write('C:\\Windows\\Sysnative\\cps3_pkcs11_w64.dll', pe('x64'))
    await poste.write(wow64, '')
    expect(await poste.find({ arch: 'ia32' })).toEqual({
      kind: 'unusable',
      path: wow64,
      reason: 'not-a-library',
    })
  })

  it('a process of ARM64 can load neither', async () => {
    await poste.write(system, pe('x64'))
    await poste.write(wow64, pe('ia32'))
    expect(await poste.find({ arch: 'arm64' })).toEqual({
      kind: 'unusable',
      path: system,
      reason: 'other-architecture',
    })
  })

  it('the registry tells the installer’s folder and the version', async () => {
    key('ASIP\\Cryptolib CPS', { InstallDir: folder, Version: '05.02.02', ProductCode: '{0}' })
    await poste.write(system, pe('x64'))
    await poste.write(`${folder}cps3_pkcs11_w64.dll`, pe('x64'))
    expect(await poste.find()).toEqual(at(`${folder}cps3_pkcs11_w64.dll`, '5.2.2'))
  })

  it('the 32-bit view of the registry is read where the other has nothing', async () => {
    key('ASIP\\Cryptolib CPS', { InstallDir: folder, Version: '5.1.9' }, 32)
    await poste.write(`${folder}cps3_pkcs11_w64.dll`, pe('x64'))
    expect(await poste.find()).toEqual(at(`${folder}cps3_pkcs11_w64.dll`, '5.1.9'))
  })

  it('the registry tells the manifest, and this the library', async () => {
    key('Mozilla\\PKCS11Modules\\cps3', { '': `${folder}cps3.json` })
    await poste.write(`${folder}cps3.json`, manifest('D:\\Autre\\cps3_pkcs11_w64.dll'))
    await poste.write('D:\\Autre\\cps3_pkcs11_w64.dll', pe('x64'))
    await poste.write(system, pe('x64'))
    expect(await poste.find()).toEqual(at('D:\\Autre\\cps3_pkcs11_w64.dll'))
  })

  it('the manifest lies in the installer’s folder where the registry does not tell it', async () => {
    await poste.write('C:\\Program Files\\santesocial\\CPS\\cps3.json', manifest('..\\autre.dll'))
    await poste.write('C:\\Program Files\\santesocial\\autre.dll', pe('x64'))
    expect(await poste.find()).toEqual(at('C:\\Program Files\\santesocial\\autre.dll'))
  })

  it('each key is asked for once', async () => {
    key('ASIP\\Cryptolib CPS', { InstallDir: folder, Version: '05.02.02' })
    await poste.find()
    expect(new Set(poste.commands).size).toBe(poste.commands.length)
    expect(poste.commands).toHaveLength(5)
  })

  it.each(['', '05', 'cinq', '5.2.2-rc1'])('a version is none that says %j', async (Version) => {
    key('ASIP\\Cryptolib CPS', { Version })
    await poste.write(system, pe('x64'))
    expect(await poste.find()).toEqual(at(system))
  })
})
