import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import { grantedTo } from '../module-session/claims.ts'
import type { Endpoint } from '../module-session/endpoint.ts'
import { createExchange } from '../module-session/exchange.ts'
import type { ModuleSession } from '../module-session/module-session.ts'
import { createOpening, type Opening } from '../module-session/opening.ts'
import { answerPage } from '../module-session/page.ts'
import { createSigner } from '../module-session/signer.ts'
import type { Module } from '../modules/module.ts'
import type { Operator } from '../operators/operator.ts'
import type { OperatorSession } from '../session/operator-session.ts'

/** What the modules marked `session` are told of who is connected. */
export type ModuleSessions = {
  /** For a module that is being opened in this operator's name; null where the settings grant it nothing. */
  readonly open: (module: Module, operator: Operator | null) => ModuleSession | null
  /** Comptoir closes: every stream ends, and nothing listens any more. */
  readonly close: () => Promise<void>
}

type Parts = {
  clock: Clock
  journal: Pick<Journal, 'append' | 'appendEventually'>
  session: Pick<OperatorSession, 'state' | 'onChange'>
  /** The id of this workstation. */
  workstation: () => Promise<string>
  /** A module was told nothing, by a fault of ours. */
  failed: (cause: unknown) => void
}

/** In whose name a module was opened, once; whoever is connected later is never theirs to hear of. */
export function createModuleSessions(parts: Parts): ModuleSessions {
  const { clock, journal, session, workstation, failed } = parts
  const issuer = async (): Promise<string> => `comptoir:${await workstation()}`
  const signer = createSigner({ issuer, now: () => clock.now() })
  const exchange = createExchange({ clock, journal })
  const openings = new Set<Opening>()
  /** The openings that the endpoint is for: it listens while there is one. */
  const programs = new Set<Opening>()
  let endpoint: Promise<Endpoint> | null = null
  let closed = false

  session.onChange(() => {
    for (const opening of openings) opening.update()
  })

  const listening = (): Promise<Endpoint> => {
    const opened = (endpoint ??= import('../module-session/endpoint.ts').then(({ openEndpoint }) =>
      openEndpoint({ exchange, signer, failed }),
    ))
    // What failed once is tried again.
    opened.catch(() => {
      if (endpoint === opened) endpoint = null
    })
    return opened
  }
  const stopListening = async (): Promise<void> => {
    const listened = endpoint
    endpoint = null
    await listened?.then(
      ({ close }) => close(),
      () => undefined,
    )
  }

  /** Nobody was connected: nothing is given, and nobody's name later. */
  const environmentOf = async (opening: Opening | null): Promise<Readonly<Record<string, string>>> => {
    if (opening === null || closed) return {}
    programs.add(opening)
    try {
      // No program waits for it then; nor does the main process, which does each of these in a turn of its own.
      await signer.prepare()
      if (closed) return {}
      const { url } = await listening()
      return { COMPTOIR_SESSION_URL: url, COMPTOIR_SESSION_TICKET: exchange.ticketFor(opening) }
    } catch (error) {
      failed(error)
      return {}
    }
  }

  return {
    open: (module, operator) => {
      const granted = grantedTo(module)
      if (granted === null) return null
      const opening =
        operator === null ? null : createOpening({ module, granted, operator, session, journal, signer })
      if (opening !== null) openings.add(opening)
      return {
        environment: () => environmentOf(opening),
        answerPage: (origins, request) => answerPage({ opening, signer, origins, failed }, request),
        close: () => {
          if (opening === null) return
          opening.end('closed')
          openings.delete(opening)
          exchange.forget(opening)
          if (programs.delete(opening) && programs.size === 0) void stopListening()
        },
      }
    },
    close: async () => {
      closed = true
      for (const opening of openings) opening.end('closed')
      await stopListening()
    },
  }
}
