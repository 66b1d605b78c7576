import { join, parse } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backupsFolder, pathsOf, profileFolder } from './paths.ts'

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
    expect(pathsOf({ platform, env, edition: 'development' })).toEqual(paths)
    if (platform === 'win32') return
    expect(pathsOf({ platform, env: { ...env, ...overrides }, edition: 'installed' })).toEqual(paths)
  })

  it('falls back on the usual folder of Windows', () => {
    const { data } = pathsOf({ platform: 'win32', env: {}, edition: 'development' })
    expect(data).toBe(join('C:\\ProgramData', 'Comptoir', 'data'))
  })

  it('is never where whoever starts an installed program says', () => {
    const env = { ProgramData: 'D:\\Commun', ...overrides }
    const { settings } = pathsOf({ platform: 'win32', env, edition: 'installed' })
    expect(settings).toBe(join(parse(process.execPath).root, 'ProgramData', 'Comptoir', 'comptoir.json'))
  })

  it('follows the overrides in a test package, which says so itself', () => {
    expect(pathsOf({ platform: 'linux', env: overrides, edition: 'test-package' })).toEqual({
      settings: overrides.COMPTOIR_CONFIG,
      data: overrides.COMPTOIR_DATA_DIR,
    })
  })

  it('follows each override by itself in development', () => {
    const machine = { platform: 'linux', edition: 'development' } as const
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
    ['win32', {}, undefined, 'profil'],
    ['win32', { SESSIONNAME: 'Console' }, undefined, 'profil-Console'],
    ['win32', { SESSIONNAME: 'RDP-Tcp#12' }, undefined, 'profil-RDP-Tcp-12'],
    ['win32', { SESSIONNAME: '..\\..\\x/y' }, undefined, 'profil-------x-y'],
    ['linux', {}, 1000, 'profil-1000'],
    // Anybody sets their own environment: that of another account is not theirs to name.
    ['linux', { SESSIONNAME: '1001' }, 1000, 'profil-1000'],
    ['darwin', {}, 501, 'profil-501'],
  ])('on %s with %j for the account %s is %s, inside the data folder', (platform, env, account, name) => {
    expect(profileFolder('/var/lib/comptoir', { platform, env, account })).toBe(
      join('/var/lib/comptoir', name),
    )
  })
})

describe('the folder of the backups', () => {
  it('is beside the data, unless the settings name one', () => {
    expect(backupsFolder('/var/lib/comptoir', null, 'POSTE-1')).toBe('/var/lib/comptoir/sauvegardes')
  })

  it('has the name of the computer where several may share it', () => {
    expect(backupsFolder('/var/lib/comptoir', '/mnt/nas', 'POSTE-1')).toBe('/mnt/nas/POSTE-1')
    expect(backupsFolder('/var/lib/comptoir', 'copies', 'Poste é/../2')).toBe(
      '/var/lib/comptoir/copies/Poste-é----2',
    )
  })
})
