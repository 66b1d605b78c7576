import { fr } from './french.ts'

/** What keeps an installed program from opening its windows, in one line on standard error. */
export const startTexts = {
  title: 'Comptoir',
  failed: fr(
    'Une erreur inattendue a arrêté Comptoir. Rouvrez-le ; si cela se répète, appelez votre assistance.',
  ),
  refusedSwitch: (name: string) =>
    fr(`Comptoir ne s'ouvre pas avec l'option « ${name} ». Enlevez-la du raccourci ou de la commande.`),
  refusedVariable: (name: string) =>
    fr(
      `Comptoir ne s'ouvre pas tant que la variable d'environnement « ${name} » existe. Enlevez-la, puis rouvrez Comptoir.`,
    ),
} as const
