import type { ErrorCode, RefusalParameters } from '../../../electron/ipc/result.ts'
import { duration, fr } from './french.ts'
import { pscStateTexts } from './psc-state.ts'

export const pscTexts = {
  ...pscStateTexts,
  identifyWith: "S'identifier avec",
  /** The two lines of ANS's button, and its accessible name. */
  button: 'PRO SANTÉ CONNECT',
  ministry: 'Un service du ministère chargé de la Santé',
  buttonName: "S'identifier avec Pro Santé Connect, un service du ministère chargé de la Santé",
  only: (module: string | null) =>
    fr(
      module === null
        ? 'Identifiez-vous avec Pro Santé Connect.'
        : `« ${module} » demande Pro Santé Connect.`,
    ),
  waiting: "Terminez l'identification dans votre navigateur",
  withCard: (certificate: string | null) =>
    fr(
      `Avec la carte : choisissez le certificat ${certificate ?? 'à votre nom (8 suivi de votre RPPS)'}. Le code demandé est le code porteur de la carte, pas votre code opérateur.`,
    ),
  onPhone: (service: string) => fr(`Votre téléphone affichera le service « ${service} ».`),
  timeLeft: (seconds: number) => fr(`Comptoir attend encore ${duration(seconds)}.`),
  waitAnnounced: (seconds: number) => fr(`Comptoir attend ${duration(seconds)}.`),
  reopen: 'Rouvrir le navigateur',
  copyLink: 'Copier le lien',
  linkCopied: 'Lien copié',
  /** Without a browser. */
  phone: {
    start: { MOBILE: 'Valider sur mon téléphone (e-CPS)', CARD: 'Valider avec ma carte (CPS)' },
    who: fr('Code opérateur ou RPPS'),
    missing: 'Saisissez votre code opérateur ou votre RPPS.',
    sending: 'Envoi de la demande…',
    waiting: {
      MOBILE: (number: string) => `Vérifiez que votre téléphone affiche le nombre ${number}, puis validez.`,
      CARD: (number: string) =>
        `Vérifiez que CPS Gestion affiche le nombre ${number}, puis validez avec votre carte.`,
    },
    service: {
      MOBILE: (service: string) => fr(`Votre téléphone affiche aussi le service « ${service} ».`),
      CARD: (service: string) =>
        fr(
          `CPS Gestion affiche aussi le service « ${service} ». Le code demandé est le code porteur de la carte, pas votre code opérateur.`,
        ),
    },
    otherNumber: {
      MOBILE: fr('Un autre nombre ? Refusez la demande sur le téléphone, puis annulez ici.'),
      CARD: fr('Un autre nombre ? Refusez la demande dans CPS Gestion, puis annulez ici.'),
    },
    browser: 'Utiliser le navigateur',
  },
  cancel: 'Annuler',
  opening: 'Ouverture du navigateur…',
  checking: 'Vérification de la réponse de Pro Santé Connect…',
  mayRemain: 'La session Pro Santé Connect peut rester ouverte dans le navigateur.',
  mayRemainRemedy: 'Fermez toutes les fenêtres du navigateur.',
  /** The pages that the browser is left with. */
  pages: {
    done: ['Identification reçue', 'Vous pouvez fermer cet onglet et revenir à Comptoir.'],
    failed: [
      "L'identification n'a pas abouti",
      'Revenez à Comptoir : la raison y est affichée. Vous pouvez fermer cet onglet.',
    ],
    left: ['Session Pro Santé Connect terminée', 'Vous pouvez fermer cet onglet et revenir à Comptoir.'],
    refused: [
      'Cette page ne correspond à aucune identification en cours',
      'Fermez cet onglet et recommencez depuis Comptoir.',
    ],
  },
} as const

export const wrongPersonTexts = {
  title: fr('Est-ce bien vous ?'),
  question: (name: string | null, rpps: string) => fr(`${identifiedByPsc(name, rpps)} Est-ce bien vous ?`),
  yes: 'Oui, continuer',
  no: "Non, ce n'est pas moi",
  password: (name: string | null) =>
    name === null
      ? 'Confirmez par votre mot de passe Comptoir.'
      : `Confirmez par le mot de passe Comptoir de ${name}.`,
  leaving: 'La session Pro Santé Connect du navigateur se termine.',
  leavingHint: "Comptoir recommence dès qu'elle est terminée.",
  closeBrowser: 'Fermez toutes les fenêtres du navigateur, puis recommencez.',
  restart: "J'ai terminé, recommencer",
} as const

export const associationTexts = {
  title: 'Associer ce RPPS',
  intro: (name: string | null, rpps: string, reference: string) =>
    fr(
      `${identifiedByPsc(name, rpps)} Aucun opérateur n'a encore ce RPPS. Pour l'associer, saisissez votre code opérateur et votre mot de passe, une seule fois. (réf. ${reference})`,
    ),
  continue: 'Continuer',
  question: (rpps: string, code: string, name: string) =>
    fr(`Associer le RPPS ${rpps} à l'opérateur « ${code} » ${name} ?`),
  differing: (psc: string | null, comptoir: string) =>
    fr(
      psc === null
        ? `Pro Santé Connect ne donne pas de nom ; Comptoir « ${comptoir} ». Associez seulement s'il s'agit de vous.`
        : `Les noms diffèrent : Pro Santé Connect « ${psc} », Comptoir « ${comptoir} ». Associez seulement s'il s'agit de vous.`,
    ),
  authorisation: 'Le titulaire ou une personne autorisée doit confirmer.',
  authoriserCode: 'Code opérateur de la personne autorisée',
  authoriserPassword: 'Son mot de passe',
  associate: 'Associer',
  cancel: 'Annuler',
  /** Told to the titulaire at their next login. */
  told: (links: readonly { code: string; rpps: string }[]) =>
    fr(
      links.length === 1
        ? `Depuis votre dernière connexion, un RPPS a été associé : ${links.map(({ code, rpps }) => `opérateur « ${code} », RPPS ${rpps}`).join('')}.`
        : `Depuis votre dernière connexion, ${links.length} RPPS ont été associés : ${links.map(({ code, rpps }) => `opérateur « ${code} », RPPS ${rpps}`).join(' ; ')}.`,
    ),
  toldRemedy: "Si ce n'est pas normal, appelez votre assistance.",
} as const

function identifiedByPsc(name: string | null, rpps: string): string {
  return `Pro Santé Connect vous identifie : ${name === null ? '' : `${name}, `}RPPS ${rpps}.`
}

/** What happened, and what to do about it. */
export type Sentence = { text: string; remedy?: string }

type PscErrorCode = Extract<ErrorCode, `psc-${string}`>

/** What is said when Pro Santé Connect leads nobody in. */
export const pscSentences: Record<PscErrorCode, (parameters: RefusalParameters) => Sentence> = {
  'psc-off': ({ module = '' }) => ({
    text: `« ${module} » demande Pro Santé Connect, qui n'est pas activé sur ce poste.`,
    remedy: "Voyez votre assistance pour l'activer.",
  }),
  'psc-impeded': ({ detail = '' }) => ({
    text: `Pro Santé Connect ne peut pas servir sur ce poste : ${detail}`,
    remedy: 'Utilisez votre code opérateur et appelez votre assistance.',
  }),
  'psc-unavailable': () => ({
    text: 'Pro Santé Connect ne répond pas.',
    remedy: 'Réessayez dans un instant, ou utilisez votre code opérateur.',
  }),
  'psc-untrusted': ({ detail = '' }) => ({
    text: `Le service réglé sur ce poste ne prouve pas son identité (${detail}).`,
    remedy:
      "Vérifiez la date et l'heure du poste, ou utilisez votre code opérateur et appelez votre assistance.",
  }),
  'psc-clock': ({ detail = '' }) => ({
    text: `Heure du poste fausse de ${detail.replace('-', '')} min : corrigez l'heure de Windows.`,
    remedy: 'Recommencez ensuite. En attendant, utilisez votre code opérateur.',
  }),
  'psc-credential': ({ detail = '' }) => ({
    text: `Pro Santé Connect ne reconnaît pas ce poste (${detail}).`,
    remedy: 'Utilisez votre code opérateur, et appelez votre assistance avec cette référence.',
  }),
  'psc-misconfigured': () => ({
    text: "Le service réglé sur ce poste n'est pas le Pro Santé Connect attendu.",
    remedy: 'Utilisez votre code opérateur, et appelez votre assistance avec cette référence.',
  }),
  'psc-ports-taken': ({ detail = '' }) => ({
    text: `Comptoir ne peut pas attendre le navigateur : un autre programme occupe ${detail}.`,
    remedy: 'Utilisez votre code opérateur ; redémarrez le poste ou appelez votre assistance.',
  }),
  'psc-browser-not-opened': () => ({
    text: "Le navigateur ne s'ouvre pas.",
    remedy: 'Copiez le lien et collez-le dans un navigateur de ce poste, ou utilisez votre code opérateur.',
  }),
  'psc-abandoned': () => ({
    text: "L'identification a été abandonnée ou refusée dans Pro Santé Connect.",
    remedy: "Recommencez, ou identifiez-vous d'une autre façon.",
  }),
  'psc-error': ({ detail = '' }) => ({
    text: `Pro Santé Connect a répondu par une erreur (${detail}).`,
    remedy: 'Recommencez ; si cela se répète, appelez votre assistance avec cette référence.',
  }),
  'psc-invalid': () => ({
    text: "La réponse de Pro Santé Connect n'est pas valable : personne n'a été connecté.",
    remedy: 'Recommencez ; si cela se répète, appelez votre assistance avec cette référence.',
  }),
  'psc-timeout': () => ({
    text: "Le navigateur n'est pas revenu à temps.",
    remedy: 'Recommencez, ou utilisez votre code opérateur.',
  }),
  'psc-phone-timeout': () => ({
    text: "La demande n'a pas été validée à temps.",
    remedy: "Recommencez, ou identifiez-vous d'une autre façon.",
  }),
  'psc-unknown-user': () => ({
    text: 'Pro Santé Connect ne peut pas envoyer de demande à cette personne.',
    remedy: "Vérifiez que l'e-CPS est activée, ou identifiez-vous d'une autre façon.",
  }),
  'psc-not-by-phone': () => ({
    text: 'Avec ce code ou ce RPPS, Comptoir ne peut pas envoyer de demande.',
    remedy: "Vérifiez-le, ou identifiez-vous d'une autre façon.",
  }),
  'psc-too-many-pushes': ({ seconds = 60 }) => ({
    text: `Trop de demandes envoyées à cette personne. Réessayez dans ${duration(seconds)}.`,
    remedy: "En attendant, identifiez-vous d'une autre façon.",
  }),
  'psc-level-not-vouched': ({ module = '' }) => ({
    text: `« ${module} » demande le niveau de Pro Santé Connect, que le service réglé sur ce poste ne garantit pas.`,
    remedy: 'Voyez votre assistance : elle peut le faire garantir (psc.acrIsFromPsc).',
  }),
  'psc-level-too-low': ({ detail = '' }) => ({
    text: `Pro Santé Connect n'a pas garanti le niveau demandé (${detail}).`,
    remedy: 'Recommencez avec votre carte ou votre e-CPS, ou appelez votre assistance.',
  }),
  'psc-no-identifier': () => ({
    text: "Pro Santé Connect n'a donné aucun identifiant.",
    remedy: 'Utilisez votre code opérateur, et appelez votre assistance avec cette référence.',
  }),
  'psc-without-rpps': ({ detail = '' }) => ({
    text: `Pro Santé Connect vous identifie sans RPPS (${detail}). Utilisez votre code opérateur.`,
  }),
  'psc-other-rpps': ({ operator }) =>
    operator === undefined
      ? {
          text: "Pro Santé Connect identifie une autre personne que celle à qui la demande a été envoyée : rien n'a changé.",
          remedy: "Recommencez, ou identifiez-vous d'une autre façon.",
        }
      : {
          text: `Pro Santé Connect identifie une autre personne que ${operator} : rien n'a changé.`,
          remedy:
            "Recommencez avec la carte ou l'e-CPS de cette personne : Comptoir fermera d'abord la session du navigateur.",
        },
  'psc-not-fresh': () => ({
    text: 'Pro Santé Connect vous avait déjà identifié avant votre demande.',
    remedy: "Recommencez : Comptoir fermera d'abord la session du navigateur. Sinon, voyez le titulaire.",
  }),
  'psc-too-old': () => ({
    text: 'La session Pro Santé Connect du navigateur est terminée : elle dure 4 heures au plus.',
    remedy: "Recommencez : Comptoir fermera d'abord la session du navigateur.",
  }),
  'psc-expired': () => ({
    text: 'Cette identification par Pro Santé Connect a attendu trop longtemps.',
    remedy: 'Recommencez, ou utilisez votre code opérateur.',
  }),
}
