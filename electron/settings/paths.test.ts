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
    expect(pathsOf({ platform, env, installed: false })).toEqual(paths)
    if (platform === 'win32') return
    expect(pathsOf({ platform, env: { ...env, ...overrides }, installed: true })).toEqual(paths)
  })

  it('falls back on the usual folder of Windows', () => {
    const { data } = pathsOf({ platform: 'win32', env: {}, installed: false })
    expect(data).toBe(join('C:\\ProgramData', 'Comptoir', 'data'))
  })

  it('is never where whoever starts an installed program says', () => {
    const env = { ProgramData: 'D:\\Commun', ...overrides }
    const { settings } = pathsOf({ platform: 'win32', env, installed: true })
    expect(settings).toBe(join(parse(process.execPath).root, 'ProgramData', 'Comptoir', 'comptoir.json'))
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
