import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { createAssociation } from '../identification/association.ts'
import type { PscParts } from '../identification/attempt.ts'
import type { PasswordIdentification } from '../identification/identification.ts'
import { createPscIdentification } from '../identification/pro-sante-connect.ts'
import type { Notice } from '../ipc/views.ts'
import type { Operator } from '../operators/operator.ts'
import type { PscBrowser } from '../psc/browser.ts'
import type { Authentication } from '../psc/client.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import { trustOf, type PscSettings } from '../settings/psc.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { Records } from './records.ts'

/** Pro Santé Connect at the counter. */
export type Psc = {
  readonly parts: PscParts
  /** Keeps what ends this operator's session in the browser, for as long as they stay connected. */
  readonly keep: (operator: Operator, authentication: Authentication) => void
  /** Forgets it unless this operator is connected: tokens do not outlive a lock or a logout. */
  readonly forgetUnless: (connected: Operator | null) => void
  /** Ends the session in the browser, never waiting for its return; says so when it cannot be. */
  readonly endInBrowser: () => void
}

type Parts = {
  settings: PscSettings
  clock: Clock
  records: Records
  session: OperatorSession
  identification: PasswordIdentification
  openExternal: (url: string) => Promise<void>
  notify: (notice: Notice) => void
}

export function createPsc(parts: Parts): Psc {
  const { settings, clock, records, session, identification, openExternal, notify } = parts
  let opened: Promise<PscBrowser> | null = null
  let kept: { operatorId: string; idToken: string } | null = null

  /** OpenID Connect is loaded at the first use of it. */
  const browser = (): Promise<PscBrowser> =>
    (opened ??= open().catch((error: unknown) => {
      opened = null
      throw error
    }))
  const open = async (): Promise<PscBrowser> => {
    const { openPsc } = await import('../psc/open.ts')
    // What requests are made of loads at its first use too, in some 10 ms: in a turn of its own.
    await nextTurn()
    void new Headers()
    await nextTurn()
    const trust = trustOf(settings)
    return openPsc({ settings: { ...settings, ...trust }, clock, pages: texts.psc.pages, openExternal })
  }

  const tellItMayRemain = (): void =>
    notify({
      tone: 'watch',
      text: texts.psc.mayRemain,
      remedy: texts.psc.mayRemainRemedy,
      reference: null,
    })

  const { admissionEvents } = session
  const now = (): Date => clock.now()
  return {
    parts: {
      browser,
      identification: createPscIdentification({ ...records, clock, admissionEvents }),
      association: createAssociation({ ...records, now, identification, admissionEvents }),
      timeoutSeconds: settings.timeoutSeconds,
    },
    keep: (operator, { idToken }) => {
      kept = { operatorId: operator.id, idToken }
    },
    forgetUnless: (connected) => {
      if (kept !== null && kept.operatorId !== connected?.id) kept = null
    },
    endInBrowser: () => {
      const idToken = kept?.idToken ?? null
      kept = null
      browser()
        .then((ready) => ready.logout(idToken))
        .then(
          (logout) => logout.kind === 'impossible' && tellItMayRemain(),
          () => tellItMayRemain(),
        )
    },
  }
}
