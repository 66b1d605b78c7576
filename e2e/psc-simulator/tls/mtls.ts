import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { Configuration } from 'oidc-provider'

type MutualTls = NonNullable<NonNullable<Configuration['features']>['mTLS']>

/** Authentication by certificate, and tokens that only its bearer can use (RFC 8705 §2.1, §3). */
export const mutualTls: MutualTls = {
  enabled: true,
  tlsClientAuth: true,
  certificateBoundAccessTokens: true,
  getCertificate: ({ req }) => certificateOf(req)?.toString(),
  // The simulator's server lets everybody in, as browsers have none: here is what Node found out.
  certificateAuthorized: ({ req }) => req.socket instanceof TLSSocket && req.socket.authorized,
  certificateSubjectMatches: ({ req }, property, expected) =>
    property === 'tls_client_auth_subject_dn' && subjectOf(req) === expected,
}

/** As RFC 4514 §2.1 writes it, from the end; Node has one line for each part, none of which needs an escape here. */
function subjectOf(request: IncomingMessage): string | undefined {
  return certificateOf(request)?.subject.split('\n').toReversed().join(',')
}

function certificateOf({ socket }: IncomingMessage) {
  return socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
}
