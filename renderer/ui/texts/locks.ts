import { fr } from './french.ts'

/** « Rester connecté ? », when nobody has touched anything for long. */
export const idleTexts = {
  title: fr('Rester connecté ?'),
  reason: (minutes: number) =>
    fr(`Sans activité depuis ${String(minutes).replace('.', ',')} min. Comptoir va se verrouiller.`),
  stay: 'Rester connecté',
  lock: 'Verrouiller',
  countdown: (seconds: number) => fr(`Sans réponse, verrouillage dans ${seconds} s`),
} as const

/** Sessions that wait here for the password of their operators. */
export const suspendedTexts = {
  /** Besides the one in front, where there is one. */
  waiting: (sessions: number, besides: boolean) => {
    const other = besides ? 'autre ' : ''
    const others = besides ? 'autres ' : ''
    return fr(
      sessions === 1
        ? `1 ${other}session en attente sur ce poste`
        : `${sessions} ${others}sessions en attente sur ce poste`,
    )
  },
} as const
