import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider'
import { machineSeconds, type SimulatedClock } from './clock.ts'
import { sessionLife } from './lifetimes.ts'

/** What oidc-provider keeps: in memory, gone with the simulator. */
export type Storage = {
  readonly adapter: AdapterFactory
  readonly ageSessions: (seconds: number) => void
  readonly endAllSessions: () => void
  /** Adds a client to those that were there from the start. */
  readonly register: (client: ClientMetadata) => void
}

type Rows = Map<string, AdapterPayload>

/** The members of a row that are moments. */
const moments = ['iat', 'exp', 'iiat', 'loginTs', 'authTime'] as const

/**
 * oidc-provider counts with this machine's clock and cannot be given another; rows are kept by the simulator's, and
 * converted on the way in and out. So whatever was given out before the simulator's clock moved is older, or younger,
 * by as much.
 */
export function createStorage(clock: SimulatedClock): Storage {
  const models = new Map<string, Rows>()
  const rowsOf = (model: string): Rows => {
    const rows = models.get(model) ?? new Map()
    models.set(model, rows)
    return rows
  }
  const forgetExpired = (): void => {
    const now = machineSeconds() + clock.offset()
    for (const [model, rows] of models) {
      // Who polls a request too late is told so.
      if (model === 'BackchannelAuthenticationRequest') continue
      for (const [id, { exp }] of rows) if (exp !== undefined && exp <= now) rows.delete(id)
    }
  }
  return {
    adapter: (model) => adapter(model, rowsOf(model), clock, forgetExpired),
    ageSessions: (seconds) => {
      for (const session of rowsOf('Session').values()) {
        if (session.loginTs === undefined) continue
        session.loginTs -= seconds
        session.exp = Math.min(session.exp ?? Infinity, session.loginTs + sessionLife)
      }
    },
    endAllSessions: () => rowsOf('Session').clear(),
    register: (client) => rowsOf('Client').set(client.client_id, client),
  }
}

function adapter(model: string, rows: Rows, clock: SimulatedClock, forgetExpired: () => void): Adapter {
  const read = (row: AdapterPayload | undefined) => Promise.resolve(row && moved(row, -clock.offset()))
  const one = (wanted: (row: AdapterPayload) => boolean) => read([...rows.values()].find(wanted))
  const done = Promise.resolve()
  return {
    upsert: (id, payload) => {
      // Once an identification is often enough, and then there is little to look through.
      if (model === 'Interaction') forgetExpired()
      rows.set(id, moved(payload, clock.offset()))
      return done
    },
    find: (id) => read(rows.get(id)),
    findByUid: (uid) => one((row) => row.uid === uid),
    findByUserCode: (userCode) => one((row) => row.userCode === userCode),
    consume: (id) => {
      const row = rows.get(id)
      if (row !== undefined) row.consumed = machineSeconds()
      return done
    },
    destroy: (id) => {
      rows.delete(id)
      return done
    },
    revokeByGrantId: (grantId) => {
      for (const [id, row] of rows) if (row.grantId === grantId) rows.delete(id)
      return done
    },
  }
}

function moved(row: AdapterPayload, seconds: number): AdapterPayload {
  const copy = structuredClone(row)
  for (const moment of moments) {
    const value = copy[moment]
    if (value !== undefined) copy[moment] = value + seconds
  }
  return copy
}
