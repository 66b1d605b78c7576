import type { CheckId, Finding, Verdict } from '../../../electron/diagnostic/finding.ts'
import type { HelpPage } from '../../../electron/ipc/views.ts'
import { fr } from './french.ts'
import { parisLong } from './paris.ts'

/** All is well: one sentence; `named`: the same with names and RPPS, where it has some. */
export function fine(text: string, named: string | null = null): Finding {
  return { verdict: 'fine', text: fr(text), named: named === null ? null : fr(named), remedy: null }
}

export function watch(text: string, remedy: string, named: string | null = null): Finding {
  return { ...fine(text, named), verdict: 'watch', remedy: fr(remedy) }
}

export function mend(text: string, remedy: string, named: string | null = null): Finding {
  return { ...fine(text, named), verdict: 'mend', remedy: fr(remedy) }
}

type CheckWords = { readonly name: string; readonly help: HelpPage }

/** What each check is called, and the page of the help that tells more. */
const checks: Readonly<Record<CheckId, CheckWords>> = {
  settings: { name: 'Réglages', help: 'settings' },
  cryptolib: { name: 'Cryptolib', help: 'cryptolib' },
  'smart-card-service': { name: 'Service Carte à puce', help: 'card' },
  readers: { name: 'Lecteurs de carte', help: 'card' },
  card: { name: 'Carte', help: 'card' },
  'national-id': { name: 'Identifiant national', help: 'link-rpps' },
  psc: { name: 'Pro Santé Connect', help: 'psc' },
  clock: { name: 'Heure du poste', help: 'diagnostic' },
  'loopback-ports': { name: 'Retour du navigateur', help: 'psc' },
  browser: { name: 'Navigateur par défaut', help: 'diagnostic' },
  proxy: { name: 'Proxy', help: 'settings' },
  keychain: { name: 'Trousseau de clés', help: 'psc' },
  database: { name: 'Base de données', help: 'backups' },
  backup: { name: 'Sauvegarde', help: 'backups' },
  journal: { name: 'Journal', help: 'journal' },
  disk: { name: 'Espace disque', help: 'diagnostic' },
  'remote-session': { name: 'Session à distance', help: 'card' },
  display: { name: 'Affichage', help: 'diagnostic' },
  versions: { name: 'Versions', help: 'about' },
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  fine: 'correct',
  watch: 'à surveiller',
  mend: 'à corriger',
}

/** What the checks have in common, and the report; what each finds is in diagnostic-findings.ts. */
export const diagnosticTexts = {
  checks,
  verdicts: verdictWords,
  tooSlow: (seconds: number) =>
    watch(
      `Ce contrôle n'a pas répondu en ${String(seconds).replace('.', ',')} s.`,
      'Recommencez ; si rien ne change, donnez le numéro de ce contrôle à votre assistance.',
    ),
  givenUp: watch('Ce contrôle a été interrompu.', 'Recommencez quand vous voulez.'),
  failed: watch(
    "Ce contrôle n'a pas pu être fait.",
    'Recommencez ; si rien ne change, donnez le numéro de ce contrôle à votre assistance.',
  ),
  report: {
    title: 'Comptoir\u00A0— diagnostic du poste',
    origin: (workstation: string, version: string, system: string) =>
      `${fr('Poste :')} ${workstation} · Comptoir ${version} · ${system}`,
    at: (at: string) => fr(`Fait le ${parisLong(at)} (heure de Paris)`),
    code: (code: string) => fr(`Code d'assistance : ${code}`),
    /** The numbers of what is to be mended, and of what is to be watched. */
    verdict: (toMend: readonly number[], toWatch: readonly number[]) => {
      const parts = [
        ...(toMend.length === 0 ? [] : [`${verdictWords.mend} : n° ${toMend.join(', ')}`]),
        ...(toWatch.length === 0 ? [] : [`${verdictWords.watch} : n° ${toWatch.join(', ')}`]),
      ]
      return parts.length === 0 ? 'Tout est correct.' : fr(`Contrôles ${parts.join(' ; ')}.`)
    },
    check: (number: number, name: string, verdict: Verdict, text: string) =>
      `${number}. ${name} (${verdictWords[verdict]})\u00A0: ${text}`,
    remedy: (remedy: string) => `   ${fr('À faire :')} ${remedy}`,
    masked: 'Noms et RPPS masqués.',
    named: fr("Ce rapport contient des noms et des RPPS : ne le donnez qu'à votre assistance."),
  },
} as const
