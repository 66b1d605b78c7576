import { fr } from './french.ts'

/** The launcher's line about the workstation. */
export const readinessTexts = {
  label: 'État du poste',
  ready: 'Tout est prêt',
  toDo: (remedy: string) => fr(`À faire : ${remedy}`),
  others: (count: number) => {
    if (count === 0) return null
    return count === 1
      ? 'Un autre point est dans le diagnostic.'
      : fr(`${count} autres points sont dans le diagnostic.`)
  },
} as const
