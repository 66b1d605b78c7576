import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pathsOf, profileFolder } from './paths.ts'

const overrides = { COMPTOIR_CONFIG: '/essai/comptoir.json', COMPTOIR_DATA_DIR: '/essai/data' }

describe('pathsOf', () => {
  it.each([
    ['linux', { settings: '/etc/comptoir/comptoir.json', data: '/var/lib/comptoir' }],
    [
      'darwin',
      {
        settings: '/Library/Application Support/Comptoir/comptoir.json',
        data: '/Library/Application Support/Comptoir/data',
      },
    ],
    [
      'win32',
      {
        settings: join('D:\\Commun', 'Comptoir', 'comptoir.json'),
        data: join('D:\\Commun', 'Comptoir', 'data'),
      },
    ],
  ])('on %s is machine-wide, and an installed program ignores the overrides', (platform, paths) => {
    const env = { ProgramData: 'D:\\Commun' }
    expect(pathsOf({ platform, env, installed: false })).toEqual(paths)
    expect(pathsOf({ platform, env: { ...env, ...overrides }, installed: true })).toEqual(paths)
  })

  it('falls back on the usual folder of Windows', () => {
    const { data } = pathsOf({ platform: 'win32', env: {}, installed: true })
    expect(data).toBe(join('C:\\ProgramData', 'Comptoir', 'data'))
  })

  it('follows each override by itself in development', () => {
    const machine = { platform: 'linux', installed: false }
    expect(pathsOf({ ...machine, env: overrides })).toEqual({
      settings: overrides.COMPTOIR_CONFIG,
      data: overrides.COMPTOIR_DATA_DIR,
    })
    expect(pathsOf({ ...machine, env: { COMPTOIR_DATA_DIR: '/essai/data' } })).toEqual({
      settings: '/etc/comptoir/comptoir.json',
      data: '/essai/data',
    })
  })
})

describe('profileFolder', () => {
  it.each([
    [{}, 'profil'],
    [{ SESSIONNAME: 'Console' }, 'profil-Console'],
    [{ SESSIONNAME: 'RDP-Tcp#12' }, 'profil-RDP-Tcp-12'],
    [{ SESSIONNAME: '..\\..\\x/y' }, 'profil-------x-y'],
  ])('for %j is %s, inside the data folder', (env, name) => {
    expect(profileFolder('/var/lib/comptoir', env)).toBe(join('/var/lib/comptoir', name))
  })
})
