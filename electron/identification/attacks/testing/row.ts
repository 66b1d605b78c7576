import { expect } from 'vitest'
import type { PscFailureReason } from '../../../psc/failure.ts'
import type { Site } from './site.ts'

/** One fault or attack: what is done to the client, and what must come of it. */
export type Attack = {
  readonly what: string
  readonly play: (site: Site) => Promise<void> | void
  /** What the window says. */
  readonly shown: string
  /** The journal's word for it, and its detail. */
  readonly journalled: readonly [PscFailureReason, detail: string]
}

/** The sentences that the window shows. */
export const says = {
  invalid: "La réponse de Pro Santé Connect n'est pas valable : personne n'a été connecté.",
  unreachable: 'Pro Santé Connect ne répond pas.',
  misconfigured: "Le service réglé sur ce poste n'est pas le Pro Santé Connect attendu.",
  error: (word: string) => `Pro Santé Connect a répondu par une erreur (${word}).`,
  level: (name: string) => `Pro Santé Connect n'a pas garanti le niveau demandé (${name}).`,
  abandoned: "L'identification a été abandonnée ou refusée dans Pro Santé Connect.",
  late: "Le navigateur n'est pas revenu à temps.",
  noIdentifier: "Pro Santé Connect n'a donné aucun identifiant.",
  phoneLate: "La demande n'a pas été validée à temps.",
  phoneUnknown: 'Pro Santé Connect ne peut pas envoyer de demande à cette personne.',
  untrusted: (word: string) => `Le service réglé sur ce poste ne prouve pas son identité (${word}).`,
  credential: (word: string) => `Pro Santé Connect ne reconnaît pas ce poste (${word}).`,
  clock: (minutes: number) => `Heure du poste fausse de ${minutes} min : corrigez l'heure de Windows.`,
} as const

/** The trap is set, somebody presses the button and identifies: nobody gets in, and the next sound try does. */
export async function plays(site: Site, { play, shown, journalled }: Attack): Promise<void> {
  await play(site)
  const url = await site.press()
  if (url !== '') await site.visit(url)
  await site.settled()
  await nobodyGotIn(site, shown, journalled)
}

/** Nobody is connected; the window says so, and the journal why, under one reference. */
export async function nobodyGotIn(
  site: Site,
  shown: string,
  [reason, detail]: Attack['journalled'],
  flow: 'code' | 'ciba' = 'code',
): Promise<void> {
  const told = site.shown()
  expect(told?.message.replaceAll('\u00A0', ' ')).toBe(shown)
  expect(told?.remedy?.length).toBeGreaterThan(20)
  expect(site.connected()).toBeNull()
  const rows = await site.rows()
  expect(rows).toMatchObject([
    { kind: 'identification.failed', reference: told?.reference, details: { flow, reason, detail } },
  ])
}
