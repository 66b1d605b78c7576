import { describe, expect, it, vi } from 'vitest'
import type { PscImpediment, PscState } from '../../../electron/psc/state.ts'
import { impedimentText, pscNoticeText, pscStateText, type OtherWay } from './psc-state.ts'

const plain = (text: string | null | undefined): string => (text ?? '').replaceAll('\u00A0', ' ')
const unavailable = 'Pro Santé Connect indisponible — utilisez votre code opérateur'

type Impeded = Extract<PscState, { kind: 'impeded' }>

function impeded(impediment: PscImpediment, detail: string | null): Impeded {
  return { kind: 'impeded', impediment, detail }
}

/** Every impediment, with what it is about. */
const impeding: readonly Impeded[] = [
  impeded('no-keychain', null),
  impeded('keychain-locked', null),
  impeded('keychain-failed', null),
  impeded('secret-missing', 'psc.clientSecret'),
  impeded('file-missing', 'cle.pem'),
  impeded('file-unreadable', 'cle.pem'),
  impeded('file-invalid', 'cle.pem'),
  impeded('passphrase-wrong', 'cle.pem'),
  impeded('key-mismatch', 'cle.pem/certificat.pem'),
  impeded('certificate-expired', '2026-10-01'),
]

describe('the pill of Pro Santé Connect', () => {
  it.each([
    [{ kind: 'off' }, 'Pro Santé Connect non activé sur ce poste', 'neutral'],
    [{ kind: 'unknown' }, 'Pro Santé Connect', 'neutral'],
    [{ kind: 'available' }, 'Pro Santé Connect disponible', 'fine'],
    [{ kind: 'slow' }, 'Pro Santé Connect répond lentement', 'watch'],
    [{ kind: 'unavailable' }, unavailable, 'watch'],
    [impeded('no-keychain', null), unavailable, 'mend'],
    [
      { kind: 'clock-wrong', minutes: -7 },
      "Heure du poste fausse de 7 min : corrigez l'heure de Windows.",
      'mend',
    ],
  ] as const)('says of %o: %s', (state, text, tone) => {
    const said = pscStateText(state)
    expect([plain(said.text), said.tone]).toEqual([text, tone])
  })

  it('says which way the clock is wrong', () => {
    expect(plain(pscStateText({ kind: 'clock-wrong', minutes: 1440 }).remedy)).toContain('avance de 1440 min')
    expect(plain(pscStateText({ kind: 'clock-wrong', minutes: -5 }).remedy)).toContain('retarde de 5 min')
  })

  it.each([
    [
      'secret-missing',
      'psc.clientSecret',
      'il manque le secret psc.clientSecret',
      'copiez-le, puis lancez « Get-Clipboard | comptoir secret set psc.clientSecret » dans PowerShell.',
    ],
    [
      'passphrase-wrong',
      'poste.P12',
      "n'ouvre pas le fichier poste.P12.",
      'set psc.p12Password » dans PowerShell.',
    ],
    [
      'passphrase-wrong',
      'cle.pem',
      "n'ouvre pas le fichier cle.pem.",
      'set psc.keyPassphrase » dans PowerShell.',
    ],
    ['file-missing', 'cle du poste.pem', 'le fichier cle du poste.pem est introuvable.', 'comptoir.json.'],
    ['file-missing', null, 'comptoir.json ne dit pas où sont la clé', 'corrigez comptoir.json.'],
    [
      'key-mismatch',
      'cle, a.pem/b.pem',
      "la clé cle, a.pem n'est pas celle du certificat b.pem.",
      'demander.',
    ],
    ['certificate-expired', '2026-10-01', 'a expiré le 1er octobre 2026.', 'remplacez le fichier.'],
  ] as const)('says what is missing and how to mend it: %s %s', (impediment, detail, what, remedy) => {
    const said = plain(impedimentText({ impediment, detail }))
    expect(said).toContain(what)
    const told = plain(pscStateText(impeded(impediment, detail)).remedy)
    expect(told.toLowerCase()).toContain(said.toLowerCase())
    expect(told).toMatch(/^\p{Lu}/u)
    expect(told.endsWith(remedy)).toBe(true)
  })

  it.each(['America/Martinique', 'Indian/Reunion'])('says the day itself in %s', (zone) => {
    vi.stubEnv('TZ', zone)
    const text = impedimentText({ impediment: 'certificate-expired', detail: '2026-11-30' })
    vi.unstubAllEnvs()
    expect(plain(text)).toContain('le 30 novembre 2026.')
  })

  it.each(impeding)('has one sentence of what happened and one of what to do: %o', (state) => {
    expect(impedimentText(state)).toMatch(/^[\p{Ll}].*\.$/u)
    expect(pscStateText(state).remedy?.split(/\. (?=\p{Lu})/u)).toHaveLength(2)
  })
})

const notice = (state: PscState, otherwise: OtherWay | null) => plain(pscNoticeText(state, otherwise)?.text)

describe('the notice beside the button', () => {
  it.each(['off', 'unknown', 'available', 'slow'] as const)('is not there while it is %s', (kind) => {
    expect(pscNoticeText({ kind }, 'code')).toBeNull()
  })

  it('names the other way only where there is one', () => {
    for (const state of [{ kind: 'unavailable' }, ...impeding] as const) {
      expect(notice(state, 'code')).toBe(unavailable)
      expect(notice(state, 'password')).toBe('Pro Santé Connect indisponible — utilisez votre mot de passe')
      expect(notice(state, null)).toBe('Pro Santé Connect indisponible')
    }
    const wrong = { kind: 'clock-wrong', minutes: 6 } as const
    expect(pscNoticeText(wrong, 'code')?.remedy).toContain('code opérateur')
    expect(pscNoticeText(wrong, 'password')?.remedy).toContain('mot de passe')
    expect(pscNoticeText(wrong, null)?.remedy).toBeNull()
  })
})
