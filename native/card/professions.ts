/**
 * The professions of nomenclature G15 (ANS, TRE_G15-ProfessionSante), by number: extension 1.2.250.1.71.1.2.7 of a
 * card's certificates.
 */
const professions: ReadonlyMap<number, string> = new Map([
  [10, 'Médecin'],
  [21, 'Pharmacien'],
  [26, 'Audioprothésiste'],
  [28, 'Opticien-lunetier'],
  [38, 'Préparateur en pharmacie hospitalière'],
  [39, 'Préparateur en pharmacie'],
  [40, 'Chirurgien-dentiste'],
  [50, 'Sage-femme'],
  [60, 'Infirmier'],
  [69, 'Infirmier psychiatrique'],
  [70, 'Masseur-kinésithérapeute'],
  [80, 'Pédicure-podologue'],
  [86, 'Technicien de laboratoire médical'],
  [91, 'Orthophoniste'],
  [92, 'Orthoptiste'],
  [94, 'Ergothérapeute'],
  [95, 'Diététicien'],
  [96, 'Psychomotricien'],
])

/** The French name of the profession that has this number in G15, or the number where it is not one of ours. */
export function professionOf(code: number): string {
  return professions.get(code) ?? String(code)
}
