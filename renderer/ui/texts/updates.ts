import type { NewerFault } from '../../../electron/updates/newer-version.ts'
import { fr } from './french.ts'

const said = (detail: string): string => (detail === '' ? '' : ` (${detail})`)

/** Whether there is a newer Comptoir, which the pharmacy's own assistance installs. */
export const updateTexts = {
  /** In the launcher's footer. */
  exists: (version: string) => fr(`Comptoir ${version} existe : demandez-le à votre assistance`),
  /** In « À propos ». `page`: what IT writes of that version. */
  newer: (version: string, page: string | null) =>
    fr(
      `Comptoir ${version} existe. Demandez à votre assistance de l'installer${page === null ? '' : ` ; elle en parle à l'adresse \`${page}\``}.`,
    ),
} as const

/** Why it is not known, in « Diagnostic du poste ». */
export const updateFaultTexts = {
  /** After « le serveur des mises à jour ». */
  faults: {
    'not-https': () => "n'est pas à une adresse https",
    unreachable: (detail) => `ne répond pas${said(detail)}`,
    certificate: (detail) => `ne prouve pas qui il est${said(detail)}`,
    proxy: (detail) => `n'est pas joint par le proxy${said(detail)}`,
    'too-slow': () => 'met plus de dix secondes à répondre',
    status: (detail) => `refuse de répondre${said(detail)}`,
    'too-large': () => 'répond plus de 64 ko',
    'not-an-answer': () => "ne répond pas ce qu'une version de Comptoir attend",
  } satisfies Record<NewerFault, (detail: string) => string>,
  remedy: (why: NewerFault) =>
    fr(
      why === 'certificate'
        ? 'Demandez à votre assistance de vérifier updates.url et psc.caFile dans comptoir.json.'
        : 'Demandez à votre assistance de vérifier updates.url dans comptoir.json.',
    ),
} as const
