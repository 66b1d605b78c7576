import { expect, type Page } from '@playwright/test'
import type { IdentityId } from '../psc-simulator/identities.ts'
import { atCounter, finishAs, nobodyIn, read, type AtCounter } from './by-psc.ts'
import { button, pastDeafTime } from './counter.ts'
import { goOut, type PscSite } from './psc.ts'
import type { Workstation } from './test.ts'

export const mustConfirm = 'Le titulaire ou une personne autorisée doit confirmer.'

/** « Associer ce RPPS », of somebody whom Pro Santé Connect has just identified. */
export async function askWhose(site: PscSite, id: IdentityId) {
  const counter = await atCounter(site)
  const identification = await goOut(counter.program)
  await finishAs(counter.browser, id)
  await expect(identification.getByRole('heading', { name: 'Associer ce RPPS' })).toBeVisible()
  return { ...counter, simulator: site.simulator, identification }
}

/** « Associer », once the question is heard. */
export async function associate(identification: Page, asked: string): Promise<void> {
  await expect(identification.getByRole('heading', { name: asked })).toBeVisible()
  await pastDeafTime(identification)
  await button(identification, 'Associer').click()
}

/** Nobody is connected, and code « 2 » has no RPPS. */
export async function expectNothing(
  workstation: Workstation,
  { launcher }: Pick<AtCounter, 'launcher'>,
): Promise<void> {
  await nobodyIn(launcher)
  expect(read(workstation, "select rpps from operator where code = '2'")).toEqual({ rpps: null })
  expect(workstation.journal().filter(({ kind }) => kind === 'operator.rpps-linked')).toEqual([])
}
