import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, vi } from 'vitest'
import type { Operator } from '../../operators/operator.ts'
import { settingsSchema, type ModuleSettings } from '../../settings/schema.ts'
import { openTestSqlite } from '../../storage/testing/engines.ts'
import { createAttempts, type Identifying, type Step } from '../attempt.ts'
import type { Purpose } from '../purpose.ts'
import { chosenHash, openCounter, quiet, until } from './counter.ts'
import { fakeBrowser } from './psc-browser.ts'
import { fakePhone } from './psc-phone.ts'

export type Road = Awaited<ReturnType<typeof openRoad>>

/** Seconds for which the browser, then the person, are waited for. */
export const timeoutSeconds = 180

/** Attempts over a real database, with a browser that a test moves, and timers that only `pass` moves. */
export async function openRoad({ byPhone = true }: { byPhone?: boolean } = {}) {
  const database = await openTestSqlite()
  const counter = await openCounter(database)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(async () => {
    attempts.cancel()
    await quiet()
    expect(await counter.journal.flush(5000)).toBe(0)
    vi.useRealTimers()
    await database.dispose()
  })
  const web = fakeBrowser()
  const pocket = fakePhone()
  const steps: string[] = []
  const cards = new Set<string>()
  const copied: string[] = []
  const logged: string[] = []
  const succeeded: { purpose: Purpose; operator: Operator; idToken: string | null }[] = []
  const attempts = createAttempts({
    clock: counter.clock,
    identification: counter.identification,
    replaceProvisional: counter.replaceProvisional,
    psc: {
      browser: () => Promise.resolve(web.browser),
      identification: counter.psc,
      association: counter.association,
      newcomers: counter.newcomers,
      timeoutSeconds,
      phone: byPhone ? { open: pocket.open, requests: counter.requests } : null,
    },
    session: counter.session,
    cardConfirms: ({ digits }) => cards.has(digits),
    copy: (text) => copied.push(text),
    log: ({ reference }) => logged.push(reference),
    hashPassword: chosenHash,
    changed: (attempt) => steps.push(attempt.kind === 'none' ? 'none' : attempt.step.kind),
    succeeded: (purpose, operator, authentication) =>
      succeeded.push({ purpose, operator, idToken: authentication?.idToken ?? null }),
  })

  const attempt = (): Identifying => {
    const current = attempts.current()
    if (current.kind === 'none') throw new Error('no attempt')
    return current
  }
  const stepKind = () => {
    const current = attempts.current()
    return current.kind === 'none' ? 'none' : current.step.kind
  }
  /** Waits until the attempt stands there. */
  const at = async (kind: Step['kind'] | 'none'): Promise<void> => {
    await until(() => stepKind() === kind)
  }
  /** Sends the browser out, and waits until it is. */
  const goOut = async (
    call: 'startPsc' | 'forgottenPassword' | 'startNewcomer' = 'startPsc',
  ): Promise<void> => {
    const before = web.logins.length
    await attempts[call](attempt().id)
    await until(() => web.logins.length > before)
    await nextTurn()
  }
  return {
    ...counter,
    attempts,
    web,
    pocket,
    /** The RPPS of the cards in the reader, put there by who is here. */
    cards,
    steps,
    copied,
    logged,
    succeeded,
    attempt,
    stepKind,
    at,
    goOut,
    id: () => attempt().id,
    /** What the step tells of the last failure. */
    failure: () => {
      const { step } = attempt()
      return 'failure' in step ? step.failure : null
    },
    /** Begins an attempt and sends the browser out. */
    begin: async (purpose: Purpose = { kind: 'connect' }): Promise<void> => {
      attempts.begin(purpose)
      await goOut()
    },
    /** Asks again after a refusal: the browser leaves, comes back, and goes out. */
    goOutAfterLeaving: async (): Promise<void> => {
      const before = [web.logins.length, web.logouts.length] as const
      attempts.startPsc(attempt().id)
      await until(() => web.logouts.length > before[1])
      web.lastLogout().comeBack()
      await until(() => web.logins.length > before[0])
    },
    lastRow: async () => (await counter.rows()).at(-1),
  }
}

const [dmp] = settingsSchema.parse({
  modules: [
    {
      id: 'dmp',
      label: 'DMP',
      access: 'psc',
      roles: ['titulaire', 'adjoint'],
      launch: { kind: 'browser', url: 'https://dmp.fr' },
    },
  ],
}).modules
if (dmp === undefined) throw new Error('no module')
/** A module that asks for Pro Santé Connect, and for a pharmacist. */
export const pscModule: ModuleSettings = dmp
