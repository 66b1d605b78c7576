import { describe, expect, it } from 'vitest'
import { settingsSchema, type Settings } from '../settings/schema.ts'
import { createLiveSettings, type SettingsChange } from './live-settings.ts'

const read = (written: unknown): Settings => settingsSchema.parse(written)

const psc = { discoveryUrl: 'https://a.fr/b', issuer: 'https://a.fr', clientId: 'x' }
const other = {
  pharmacy: { name: 'AUTRE' },
  workstation: { name: 'Poste 2', patientDisplay: 2 },
  support: { phone: '01 99 00 12 34' },
  storage: { url: 'sqlite:autre.db' },
  network: { proxy: 'http://proxy:8080' },
  psc,
  card: { enabled: false, modulePath: '/a', onRemoval: 'lock' },
  identification: { showRecentOperators: false, shortcut: 'F10' },
  session: { idleLockMinutes: 3, maxHours: 2, stayConnectedSeconds: 20, dropPscAfterModule: true },
  journal: { retentionMonths: 6 },
  updates: { url: 'https://a.fr' },
  modules: [{ id: 'a', label: 'A', access: 'none', launch: { kind: 'browser', url: 'https://a.fr' } }],
}

describe('the settings of a run', () => {
  it('hold at once where a program that runs can follow them, and the others wait for the next start', () => {
    const [before, after] = [read({}), read(other)]
    const { settings, replace } = createLiveSettings(before)
    expect({ psc: undefined, ...before }).toEqual({ ...settings })
    expect(replace(after)).toEqual({
      applied: [
        'pharmacy.name',
        'workstation.name',
        'workstation.patientDisplay',
        'support.phone',
        'card.onRemoval',
        'identification.showRecentOperators',
        'identification.shortcut',
        'session.idleLockMinutes',
        'session.maxHours',
        'session.stayConnectedSeconds',
        'session.dropPscAfterModule',
        'journal.retentionMonths',
        'modules',
      ],
      pending: ['storage.url', 'network.proxy', 'psc', 'updates.url', 'card.enabled', 'card.modulePath'],
    })
    const { storage, network, psc: road, updates, card, ...live } = settings
    expect({ storage, network, psc: road, updates }).toEqual({
      storage: before.storage,
      network: before.network,
      psc: undefined,
      updates: before.updates,
    })
    expect(card).toEqual({ enabled: true, modulePath: null, onRemoval: 'lock' })
    const { pharmacy, workstation, support, identification, session, journal, modules } = after
    expect(live).toEqual({ pharmacy, workstation, support, identification, session, journal, modules })
  })

  it('have every section that comptoir.json has', () => {
    const { settings } = createLiveSettings(read(other))
    expect({ ...settings }).toEqual(read(other))
  })

  it('say again what waits, and no longer once it is as it was at the start', () => {
    const { replace } = createLiveSettings(read({ psc }))
    expect(replace(read({ psc: { ...psc, clientId: 'y' } }))).toEqual({
      applied: [],
      pending: ['psc.clientId'],
    })
    expect(replace(read({ psc: { ...psc, clientId: 'y' }, support: { name: 'A' } }))).toEqual({
      applied: ['support.name'],
      pending: ['psc.clientId'],
    })
    expect(replace(read({ psc, support: { name: 'A' } }))).toEqual({ applied: [], pending: [] })
  })

  it('tell those who asked of what holds now, and of nothing else', () => {
    const live = createLiveSettings(read({}))
    const told: [SettingsChange, number][] = []
    live.onChange((change) => told.push([change, live.settings.session.maxHours]))
    live.replace(read({ $schema: './comptoir.schema.json' }))
    live.replace(read({ storage: { url: 'sqlite:autre.db' } }))
    expect(told).toEqual([])
    live.replace(read({ session: { maxHours: 2 } }))
    expect(told).toEqual([[{ applied: ['session.maxHours'], pending: [] }, 2]])
  })
})
