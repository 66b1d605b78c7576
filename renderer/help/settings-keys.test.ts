import { describe, expect, it } from 'vitest'
import { settingsParts } from './settings-keys.ts'

const keys = settingsParts().flatMap((part) => part.keys)
const of = (key: string): unknown => keys.find((each) => each.key === key)?.value

describe('what the help says of comptoir.json', () => {
  it('has every key, with its default and what it is', () => {
    expect(settingsParts().map(({ name }) => name)).toEqual([
      'pharmacy',
      'workstation',
      'support',
      'storage',
      'network',
      'psc',
      'card',
      'identification',
      'session',
      'journal',
      'updates',
      'modules',
    ])
    expect(keys.length).toBeGreaterThan(50)
    for (const { key, about } of keys) expect(about, key).not.toBe('')
  })

  it('tells a default from what must be given and from what has none', () => {
    expect(of('session.idleLockMinutes')).toEqual({ default: '10' })
    expect(of('card.onRemoval')).toEqual({ default: '"ask"' })
    expect(of('psc.clientId')).toBe('needed')
    expect(of('modules[].shortcut')).toBe('none')
  })

  it('has the keys of each form of a section, and the section itself where it may be a value', () => {
    const named = keys.map(({ key }) => key)
    for (const key of ['modules[].launch.command', 'modules[].launch.url', 'modules[].launch.origins']) {
      expect(named.filter((each) => each === key)).toHaveLength(1)
    }
    expect(named.filter((each) => each === 'modules[].launch.kind')).toHaveLength(3)
    expect(named).toEqual(
      expect.arrayContaining(['modules[].session', 'modules[].session.claims', 'psc.ciba.channel']),
    )
    expect(named).not.toContain('psc.ciba')
  })
})
