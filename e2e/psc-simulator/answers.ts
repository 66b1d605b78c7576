import type { Answer, Tampering } from './tampering.ts'

// Ways of spoiling an answer that several tests want.

/** Changes the members of a JSON answer. */
export function members(change: (real: Record<string, unknown>) => Record<string, unknown>): Tampering {
  return { answer: (real) => ({ ...real, body: JSON.stringify(change(JSON.parse(real.body))) }) }
}

/** Changes where an answer leads back to the client; its other answers stay. */
export function callback(change: (address: URL) => void): Tampering {
  return {
    answer: (real) => {
      const { location } = real.headers
      if (typeof location !== 'string') return real
      const address = URL.parse(location)
      if (address === null || address.pathname.startsWith('/auth')) return real
      change(address)
      return { ...real, headers: { ...real.headers, location: address.href } }
    },
  }
}

/** Answers with this instead. */
export function instead(answer: Partial<Answer>): Tampering {
  return { answer: () => ({ status: 200, headers: {}, body: '', ...answer }) }
}

/** A page, as a hotel's network or a maintenance answers. */
export function page(status = 200): Tampering {
  const headers = { 'content-type': 'text/html; charset=utf-8' }
  return instead({ status, headers, body: '<!doctype html><title>Maintenance</title>' })
}

/** The real answer, that much later. */
export function late(milliseconds: number): Tampering {
  return {
    answer: async (real) => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      return real
    },
  }
}

/** An answer that is cut in the middle of a JSON member. */
export const cut: Tampering = {
  raw: (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 })
    response.write('{"access_to', () => response.destroy())
  },
}

/** No answer at all. */
export const silent: Tampering = { raw: () => undefined }

/** A JSON answer of that many bytes, sent as fast as it is read. */
export function huge(bytes: number): Tampering {
  return {
    raw: (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.write('"')
      let left = bytes
      const send = (): void => {
        while (left > 0 && !response.destroyed) {
          const part = Math.min(left, 65_536)
          left -= part
          if (!response.write('a'.repeat(part))) {
            response.once('drain', send)
            return
          }
        }
        response.end('"')
      }
      send()
    },
  }
}
