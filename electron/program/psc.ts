import type { Clock } from '../clock.ts'
import { createAssociation } from '../identification/association.ts'
import type { PscParts } from '../identification/attempt.ts'
import type { PasswordIdentification } from '../identification/identification.ts'
import { createNewcomers } from '../identification/newcomers.ts'
import { createPhoneRequests } from '../identification/phone-requests.ts'
import { createPscIdentification, type PscTry } from '../identification/pro-sante-connect.ts'
import { Refusal } from '../ipc/result.ts'
import type { Notice } from '../ipc/views.ts'
import type { Operator } from '../operators/operator.ts'
import { failed } from '../psc/failure.ts'
import type { OpenPsc } from '../psc/open.ts'
import { notAsked, type PscSnapshot } from '../psc/state.ts'
import { newTrace, type PscFlow, type PscTrace } from '../psc/trace.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import { cibaChannelOf, trustOf, type PscSettings } from '../settings/psc.ts'
import type { Settings } from '../settings/schema.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { createPscAccess, type PscAccess } from './psc-access.ts'
import { createPscLeaving, type PscLeaving } from './psc-leaving.ts'
import type { Records } from './records.ts'

/** Pro Santé Connect at the counter. */
export type Psc = PscLeaving &
  Pick<PscAccess, 'start' | 'stop'> & {
    readonly parts: PscParts
    readonly snapshot: () => PscSnapshot
  }

type Parts = {
  settings: PscSettings
  network: Settings['network']
  clock: Clock
  records: Records
  session: OperatorSession
  identification: PasswordIdentification
  /** Rejects with a `Refusal` when the password is too weak. */
  hashPassword: (password: string, operator: Operator) => Promise<string>
  openExternal: (url: string) => Promise<void>
  notice: () => Notice | null
  notify: (notice: Notice | null) => void
  /** The windows that show its state are to be told. */
  changed: () => void
}

export function createPsc(parts: Parts): Psc {
  const { settings, network, clock, records, session, identification, openExternal } = parts
  const { admissionEvents } = session
  const { acrIsFromPsc } = trustOf(settings)
  const newTraceOf = (flow: PscFlow): PscTrace => newTrace(flow, settings.issuer, acrIsFromPsc)
  const common = { ...records, clock, admissionEvents, newTrace: newTraceOf }
  const byPsc = createPscIdentification(common)
  const access = createPscAccess({ settings, network, clock, openExternal, changed: parts.changed })

  /** Rejects with a `Refusal` that the journal has, where this workstation lacks what it takes. */
  const openFor = async (tried: PscTry): Promise<OpenPsc> => {
    const opened = await access.open()
    if (opened.kind === 'ready') return opened.psc
    byPsc.failed(failed('credential', opened.impediment), tried)
    throw new Refusal('psc-impeded', tried.reference, { detail: texts.psc.impediment(opened) })
  }
  const leaving = createPscLeaving({
    logout: async (tokens, inBrowser) => {
      const opened = await access.open()
      return opened.kind === 'ready' ? opened.psc.logout(tokens, inBrowser) : { kind: 'impossible' }
    },
    notice: parts.notice,
    notify: parts.notify,
  })

  return {
    ...leaving,
    start: access.start,
    stop: access.stop,
    snapshot: () => ({ ...notAsked(settings.issuer), state: access.state() }),
    parts: {
      browser: async (tried) => (await openFor(tried)).browser,
      identification: {
        ...byPsc,
        failed: (failure, tried) => {
          // Another may have been put in its place.
          if (failure.reason === 'credential') access.forget()
          return byPsc.failed(failure, tried)
        },
      },
      association: createAssociation({ ...common, now: () => clock.now(), identification }),
      newcomers: createNewcomers({ ...common, identification, hashPassword: parts.hashPassword }),
      timeoutSeconds: settings.timeoutSeconds,
      phone:
        cibaChannelOf(settings) === null
          ? null
          : {
              open: async (tried) => (await openFor(tried)).phone,
              requests: createPhoneRequests(common),
            },
    },
  }
}
