import { expect, type Page } from '@playwright/test'
import { texts } from '../../renderer/ui/texts.ts'
import { button, connect, tile } from './counter.ts'
import { referenceIn } from './main-process.ts'
import type { PscSite } from './psc.ts'
import { line, rowOfReference, story } from './story.ts'
import type { Workstation } from './test.ts'

/** What the identification window says of a try that led nobody in, and the line of the journal about it. */
export type Failure = { readonly sentence: string; readonly remedy?: string; readonly line: string }

/** The rows of a pharmacist who comes in by her card in the end. */
export const byCard = ['identification.succeeded 1 eidas1 CARD freshness', 'session.connected 1']

/** An endpoint that gives no answer; `words`: the journal's. */
export function unavailable(words: string): Failure {
  return {
    sentence: 'Pro Santé Connect ne répond pas.',
    remedy: 'Réessayez dans un instant, ou utilisez votre code opérateur.',
    line: `identification.failed nobody ${words}`,
  }
}

/** A discovery that is not the one awaited. */
export function misconfigured(words: string): Failure {
  return {
    sentence: "Le service réglé sur ce poste n'est pas le Pro Santé Connect attendu.",
    remedy: 'Utilisez votre code opérateur, et appelez votre assistance avec cette référence.',
    line: `identification.failed nobody ${words}`,
  }
}

/** An answer that fails a check. */
export function invalid(words: string): Failure {
  return {
    sentence: "La réponse de Pro Santé Connect n'est pas valable : personne n'a été connecté.",
    remedy: 'Recommencez ; si cela se répète, appelez votre assistance avec cette référence.',
    line: `identification.failed nobody ${words}`,
  }
}

/** Somebody who gives up, or is refused, in the browser. */
export function abandoned(words: string): Failure {
  return {
    sentence: "L'identification a été abandonnée ou refusée dans Pro Santé Connect.",
    remedy: "Recommencez, ou identifiez-vous d'une autre façon.",
    line: `identification.failed nobody ${words}`,
  }
}

/** An identification by Pro Santé Connect that is to fail, in a Comptoir that is started and asks for it. */
export type Attempt = Awaited<ReturnType<PscSite['start']>> & {
  readonly identification: Page
  /** Presses Pro Santé Connect. */
  readonly press: () => Promise<void>
  /**
   * Waits until this is said, by a reference that was not told before and that the journal has in these words, and the log; the
   * launcher then shows the same operator, or nobody, in the very words of the beginning.
   */
  readonly fails: (failure: Failure) => Promise<void>
  /**
   * Ends Comptoir; the story of the journal, once neither it nor the technical log holds anything secret of what the
   * browser, or a story by itself, has visited.
   */
  readonly end: (...visited: URL[]) => Promise<string[]>
}

/**
 * Starts Comptoir and has it ask for an identification: by « S'identifier » with nobody connected, or for
 * « Ordonnances », which asks for Pro Santé Connect, of operator « 1 » connected by their code.
 */
export async function attemptAt(
  workstation: Workstation,
  site: PscSite,
  who: 'nobody' | 'operator 1',
): Promise<Attempt> {
  const started = await site.start()
  const { program, browser, launcher } = started
  if (who === 'nobody') await button(launcher, texts.launcher.identify).click()
  else {
    await connect(workstation, program, '1')
    await tile(launcher, 'Ordonnances').click()
  }
  const identification = await program.window('identification')
  const area = launcher.getByRole('region', { name: texts.launcher.operatorArea })
  const before = await area.innerText()
  expect(before).toContain(who === 'nobody' ? texts.launcher.noOperator : texts.launcher.means.password)
  const alert = identification.getByRole('alert').filter({ hasText: 'Réf. ' })
  let last = ''

  return {
    ...started,
    identification,
    press: () => button(identification, texts.psc.buttonName).click(),
    fails: async ({ sentence, remedy = '', line: expected }) => {
      const fresh = last === '' ? alert : alert.filter({ hasNotText: last })
      await expect(fresh).toContainText(sentence, { timeout: patienceMs })
      await expect(fresh).toContainText(remedy)
      const told = await fresh.innerText()
      last = referenceIn(told)
      await expect
        .poll(() => {
          const row = rowOfReference(workstation, told)
          return row === undefined ? `no row for: ${told}` : line(row)
        })
        .toBe(expected)
      await expect.poll(workstation.log).toContain(last)
      expect(await area.innerText()).toBe(before)
    },
    end: async (...visited) => {
      const tabs = browser.pages().map((tab) => tab.url())
      const secrets = secretsIn([...(await browser.handed()), ...tabs, ...visited.map(String)])
      await program.stop()
      const log = await workstation.log()
      for (const secret of [...secrets, '://', 'eyJ']) expect(log).not.toContain(secret)
      expect(log).not.toMatch(opaque)
      const rows = story(workstation, [...secrets, 'eyJ'])
      for (const row of rows) expect(row).not.toMatch(opaque)
      return rows
    },
  }
}

/** Longer than the ten seconds for which Comptoir waits for an endpoint. */
const patienceMs = 15_000

/** Codes, states, nonces, challenges and tokens are at least as long; nothing else that is written is. */
const opaque = /[\w-]{40,}/u

/** What addresses bear that is written nowhere. */
function secretsIn(addresses: readonly string[]): string[] {
  const names = ['state', 'nonce', 'code', 'code_challenge', 'id_token_hint']
  return addresses.flatMap((address) => {
    const parameters = URL.parse(address)?.searchParams
    return names.flatMap((name) => parameters?.getAll(name) ?? [])
  })
}
