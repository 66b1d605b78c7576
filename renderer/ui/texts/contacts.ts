import { type Contact, type Desk, ans, ansPublishers } from '../contacts.ts'
import { dayOf, fr } from './french.ts'

export const contactTexts = {
  /** Of a lost « code de déblocage »: the number where one is known to be right, else the site that has it. */
  lostCode: ({ name, site, telephone }: Contact = ans) =>
    `Code perdu : ${name}, ${telephone?.number ?? site}.`,
  /** « ANS : 01 23 45 67 89 (vérifié le 3 mars 2027), esante.gouv.fr ». */
  whom: ({ name, site, telephone }: Contact = ans) =>
    fr(
      telephone === null
        ? `${name} : ${site}`
        : `${name} : ${telephone.number} (vérifié le ${dayOf(`${telephone.verified}T12:00`)}), ${site}`,
    ),
  /** « ANS, raccordement : editeurs@exemple.fr (vérifiée le 3 mars 2027), exemple.fr ». */
  desk: ({ name, site, email, verified }: Desk = ansPublishers) =>
    fr(
      verified === null
        ? `${name} : ${email} (adresse à vérifier sur ${site})`
        : `${name} : ${email} (vérifiée le ${dayOf(`${verified}T12:00`)}), ${site}`,
    ),
} as const
