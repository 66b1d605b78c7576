import { settingsSchema } from '../../settings/schema.ts'
import { systemClock } from '../../clock.ts'
import type { DiagnosticSite } from '../../diagnostic/site.ts'

const settings = settingsSchema.parse({})

/** A workstation without Pro Santé Connect where all is well, but for what is given. */
export function healthySite(given: Partial<DiagnosticSite> = {}): DiagnosticSite {
  return {
    clock: systemClock,
    workstation: 'Comptoir 1',
    machine: { platform: 'linux', env: {}, home: '/home/comptoir', remote: null },
    settings,
    settingsFile: () => Promise.resolve({ path: '/etc/comptoir/comptoir.json', state: { kind: 'read' } }),
    card: () => Promise.resolve({ kind: 'off' }),
    readerIsPlugged: () => Promise.resolve(false),
    operatorOf: () => Promise.resolve(null),
    psc: () => Promise.resolve({ kind: 'off' }),
    port: () => Promise.resolve('free'),
    browser: () => Promise.resolve({ kind: 'found', name: 'Firefox', outdated: false }),
    reaches: () => Promise.resolve(true),
    keychain: () => Promise.resolve({ kind: 'open', names: [] }),
    database: () =>
      Promise.resolve({
        kind: 'open',
        bytes: 100_000,
        wal: true,
        older: false,
        damaged: false,
        soundAt: new Date().toISOString(),
      }),
    backup: () => Promise.resolve({ kind: 'found', day: '2026-03-02', ageDays: 0, sound: true }),
    journal: () => Promise.resolve({ kind: 'verified', rows: 12, whole: true, bad: null, fullAt: null }),
    disks: () => Promise.resolve([{ of: 'data', freeBytes: 50e9 }]),
    screens: () => [{ width: 1920, height: 1080, scale: 1, patient: false }],
    versions: {
      comptoir: '0.1.0',
      electron: '25.1.1',
      chromium: '114',
      node: '18',
      system: 'Linux 6',
      testPackage: false,
    },
    newer: () => Promise.resolve({ kind: 'off' }),
    ...given,
  }
}
