import { describe, expect, it } from 'vitest'
import { isElevated } from './rights.ts'
import { windowsFileRights, windowsFolderRights } from './windows-rights.ts'

const folder = 'C:\\ProgramData\\Comptoir'

describe('the rights of the folders on Windows', () => {
  it('let everybody read the settings, and administrators alone write them', () => {
    expect(windowsFolderRights(folder, 'read')).toEqual([
      { tool: 'takeown.exe', args: ['/F', folder, '/A'] },
      { tool: 'icacls.exe', args: [folder, '/reset', '/L', '/Q'] },
      {
        tool: 'icacls.exe',
        args: [
          folder,
          '/inheritance:r',
          '/grant:r',
          '*S-1-5-18:(OI)(CI)F',
          '*S-1-5-32-544:(OI)(CI)F',
          '*S-1-5-32-545:(OI)(CI)RX',
          '/L',
          '/Q',
        ],
      },
    ])
  })

  it('let everybody write the data', () => {
    const granted = windowsFolderRights(folder, 'write').flatMap(({ args }) => args)
    expect(granted).toContain('*S-1-5-32-545:(OI)(CI)M')
    expect(granted).not.toContain('*S-1-5-32-545:(OI)(CI)RX')
  })

  it('leave to a file those of its folder', () => {
    const file = `${folder}\\comptoir.json`
    expect(windowsFileRights(file)).toEqual([
      { tool: 'takeown.exe', args: ['/F', file, '/A'] },
      { tool: 'icacls.exe', args: [file, '/reset', '/L', '/Q'] },
    ])
  })
})

// `whoami /groups /fo csv /nh`, its names in the language of Windows.
const lines = (label: string) =>
  [
    '"Tout le monde","Groupe bien connu","S-1-1-0","Groupe obligatoire"',
    '"BUILTIN\\Administrateurs","Alias","S-1-5-32-544","Groupe utilisé pour les refus uniquement"',
    `"Étiquette obligatoire\\Niveau","Étiquette","${label}",""`,
  ].join('\r\n')

describe('an elevated token of Windows', () => {
  it.each([
    ['S-1-16-12288', true],
    ['S-1-16-16384', true],
    ['S-1-16-8192', false],
    ['S-1-16-122880', false],
    ['', false],
  ])('has the label %s: %s', (label, expected) => {
    expect(isElevated(lines(label))).toBe(expected)
  })
})
