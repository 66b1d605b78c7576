import type { CardHolder, CardType } from '../../../native/card/holder.ts'
import type {
  Card,
  CardSnapshot,
  CardState,
  CardStateKind,
  CryptolibReport,
  UnusableReason,
} from '../../../native/card/states.ts'
import { dayOf, fr } from './french.ts'

/** One line of what is known: « Porteur : » and « PATRICIA ADJOINTPHARM ». */
export type Fact = { readonly name: string; readonly value: string }

type Line = readonly [name: string, value: string | null]

/** The lines that have something to say. Values come from cards and paths: they are left as they are. */
function facts(lines: readonly Line[]): Fact[] {
  return lines.flatMap(([name, value]) => (value === null ? [] : [{ name: fr(`${name} :`), value }]))
}

/** CDE and CPE, CDA and CPA, are one number each in nomenclature G02: both names are said. */
const typeNames: Record<CardType, string> = {
  CPS: 'CPS (professionnel de santé)',
  CPF: 'CPF (professionnel en formation)',
  CPE: "CPE ou CDE (personnel ou direction d'établissement)",
  CPA: 'CPA ou CDA (personnel ou direction autorisés)',
}

/** What is known of a card, whose it is first. */
export function cardFacts(card: Card): Fact[] {
  const holder = card.certificate.kind === 'read' ? card.certificate.holder : null
  return facts([
    ...(holder === null ? [] : holderLines(holder)),
    ['Code porteur', triesLeft(card)],
    ['Carte', card.label],
    ['Interface', card.contactless ? 'Sans contact' : 'Avec contact'],
    ['Lecteur', card.reader],
    ['Modèle', card.model === '' ? null : card.model],
    ['Numéro de série', card.serial === '' ? null : card.serial],
    ['Émetteur', holder === null ? null : fr(`${holder.issuer.name} (${chains[holder.issuer.chain]})`)],
  ])
}

function holderLines(holder: CardHolder): Line[] {
  const name = [holder.firstName, holder.lastName].filter((part) => part !== null).join(' ')
  const { nationalId } = holder
  const rpps = nationalId?.kind === 'rpps' ? nationalId.digits : null
  return [
    ['Porteur', name === '' ? null : name],
    ['Type', holder.type === null ? null : typeNames[holder.type]],
    ['Profession', holder.profession ?? holder.title],
    ['RPPS', rpps],
    [
      'Identifiant national',
      nationalId?.kind === 'other' ? nationalId.value : rpps === null ? null : `8${rpps}`,
    ],
    ['Validité', `Valable jusqu'au ${dayOf(holder.validUntil)}`],
    ['Usage', holder.test ? 'Carte de test' : 'Carte réelle'],
  ]
}

/** Nothing is said at 3. Without contact there is no code to try. */
function triesLeft({ contactless, triesLeft: left }: Card): string | null {
  if (contactless || left === 3) return null
  return ['Bloqué', 'Dernier essai', fr('2 essais restants')][left] ?? null
}

const chains: Record<CardHolder['issuer']['chain'], string> = {
  production: 'IGC-Santé',
  test: 'IGC-Santé de test',
  unknown: 'inconnu de Comptoir',
}

/** What is known of the workstation's side: Cryptolib, the readers, the events. */
export function snapshotFacts({ state, cryptolib, readers, events }: CardSnapshot): Fact[] {
  const path = cryptolib?.path ?? ('path' in state ? state.path : null)
  return facts([
    ['Lecteurs', readers.length > 0 ? readers.join(', ') : null],
    ['Cryptolib', cryptolib === null ? null : libraryName(cryptolib)],
    ['Fichier', path],
    ['Cause', causeOf(state)],
    [
      'Suivi',
      events || unasked.has(state.kind)
        ? null
        : fr('Lecteurs interrogés toutes les 2 s, faute de service Carte à puce'),
    ],
  ])
}

/** Before its first answer, or without a Cryptolib that answers, nobody is asked for anything. */
const unasked: ReadonlySet<CardStateKind> = new Set([
  'searching',
  'restarting',
  'cryptolib-missing',
  'cryptolib-32-bit-only',
  'cryptolib-unusable',
])

/** « Cryptolib 5.2.2 (bibliothèque 3.1, 64 bits) ». */
function libraryName({ productVersion, libraryVersion, bits }: CryptolibReport): string {
  const inside = [libraryVersion === null ? null : `bibliothèque ${libraryVersion}`, `${bits} bits`]
  const known = inside.filter((part) => part !== null).join(', ')
  return fr(`Cryptolib${productVersion === null ? '' : ` ${productVersion}`} (${known})`)
}

const causes: Record<UnusableReason, string> = {
  unreadable: 'Le fichier ne se lit pas',
  directory: "C'est un dossier",
  'not-a-library': "Ce n'est pas une bibliothèque",
  'other-architecture': "La bibliothèque est faite pour un autre genre d'ordinateur",
  'not-loaded': 'Le système refuse de la charger',
  'not-pkcs11': "La bibliothèque n'est pas PKCS#11",
  'not-initialised': 'La bibliothèque ne démarre pas',
}

function causeOf(state: CardState): string | null {
  return state.kind === 'cryptolib-unusable' ? causes[state.reason] : null
}
