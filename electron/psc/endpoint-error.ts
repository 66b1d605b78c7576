import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/**
 * Why an endpoint gave no answer: it was not reached, its proxy refused, TLS did not prove who it is, it does not take
 * this workstation for its client, it took too long, cut its answer, failed (5xx) or never ended.
 */
type Reason =
  'unreachable' | 'proxy' | 'untrusted' | 'client-refused' | 'too-slow' | 'cut' | 'server-error' | 'too-large'

export class EndpointError extends Error {
  readonly reason: Reason
  /** TLS's own code, or the status of an answer; empty where there is none. */
  readonly code: string

  constructor(reason: Reason, code = '', cause?: unknown) {
    super(reason, { cause })
    this.name = 'EndpointError'
    this.reason = reason
    this.code = code
  }
}

/** What an error of a request, on this socket, comes to. */
export function asEndpointError(
  error: unknown,
  otherwise: Reason,
  socket: Socket | null = null,
): EndpointError {
  if (error instanceof EndpointError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (socket instanceof TLSSocket && !socket.authorized && socket.authorizationError) {
    return new EndpointError('untrusted', code, error)
  }
  // OpenSSL and BoringSSL have other names for it, not another number.
  const alert = /SSL alert number (?<number>\d+)/u.exec(String(error))?.groups?.['number']
  if (alert !== undefined) {
    return new EndpointError(refusals.has(alert) ? 'client-refused' : 'untrusted', `alert ${alert}`, error)
  }
  return new EndpointError(/^(?:EPROTO$|ERR_SSL_)/u.test(code) ? 'untrusted' : otherwise, code, error)
}

/**
 * Alerts by which the other side refuses our certificate, or misses it (RFC 8446 §6.2): handshake_failure, where TLS 1.2
 * misses one, bad_certificate to certificate_unknown, unknown_ca, access_denied, certificate_required.
 */
const refusals = new Set(['40', '42', '43', '44', '45', '46', '48', '49', '116'])
