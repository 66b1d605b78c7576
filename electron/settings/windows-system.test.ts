import { describe, expect, it } from 'vitest'
import { windowsSystem } from './windows-system.ts'

const loaded = (...sharedObjects: unknown[]): object => ({ sharedObjects })
const program = 'C:\\Program Files\\Comptoir\\Comptoir.exe'

describe("Windows' own folder", () => {
  it.each([
    ['C:\\WINDOWS\\SYSTEM32', loaded(program, 'C:\\WINDOWS\\SYSTEM32\\ntdll.dll')],
    ['E:\\Windows\\System32', loaded(null, 'E:\\Windows\\System32\\ntdll.dll')],
    ['C:\\Windows\\System32', loaded('\\\\serveur\\partage\\ntdll.dll')],
    ['C:\\Windows\\System32', {}],
  ])('is %s', (folder, report) => {
    expect(windowsSystem(report).folder).toBe(folder)
  })

  it('is on the disk of the program, or on another', () => {
    const { isOnDiskOf } = windowsSystem(loaded('c:\\Windows\\System32\\ntdll.dll'))
    expect(isOnDiskOf(program)).toBe(true)
    expect(isOnDiskOf('D:\\Comptoir\\Comptoir.exe')).toBe(false)
  })
})
