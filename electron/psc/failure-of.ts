import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { assertNever } from '../assert-never.ts'
import { EndpointError } from './endpoint-error.ts'
import { failed, type PscFailure, type PscFailureReason } from './failure.ts'

/** The discovery's member that is not what it must be. */
export class MetadataError extends Error {
  readonly member: string

  constructor(member: string) {
    super(member)
    this.name = 'MetadataError'
    this.member = member
  }
}

/** What an error of openid-client, or of an endpoint, comes to. */
export function failureOf(error: unknown): PscFailure {
  if (error instanceof MetadataError) return failed('other-issuer', error.member)
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return failed(oauthReasons.get(error.error) ?? 'provider-error', error.error)
  }
  const endpoint = endpointErrorIn(error)
  if (endpoint !== null) return failureOfEndpoint(endpoint)
  if (error instanceof ClientError && error.code !== undefined) {
    return failed(reasons.get(error.code) ?? 'invalid-response', error.code)
  }
  return failed('invalid-response', error instanceof Error ? error.name : '')
}

/** RFC 6749 §4.1.2.1 and §5.2. */
const oauthReasons = new Map<string, PscFailureReason>([
  ['access_denied', 'abandoned'],
  // The client is not known, not authenticated, or may not ask this.
  ['invalid_client', 'credential'],
  ['unauthorized_client', 'credential'],
])

function failureOfEndpoint({ reason, code }: EndpointError): PscFailure {
  switch (reason) {
    case 'untrusted':
      return failed('untrusted', code)
    case 'client-refused':
      return failed('credential', code)
    case 'too-large':
      return failed('invalid-response', reason)
    case 'proxy':
      return failed('unreachable', `${reason} ${code}`)
    case 'unreachable':
    case 'too-slow':
    case 'cut':
    case 'server-error':
      return failed('unreachable', reason)
    default:
      return assertNever(reason)
  }
}

const reasons = new Map<string, PscFailureReason>([
  // What stands where the answer should be is a page of something in between, or nothing.
  ['OAUTH_RESPONSE_IS_NOT_JSON', 'unreachable'],
  ['OAUTH_PARSE_ERROR', 'unreachable'],
  // An address that the settings or the discovery should not have.
  ['OAUTH_HTTP_REQUEST_FORBIDDEN', 'other-issuer'],
  ['OAUTH_REQUEST_PROTOCOL_FORBIDDEN', 'other-issuer'],
  ['OAUTH_MISSING_SERVER_METADATA', 'other-issuer'],
  ['OAUTH_INVALID_SERVER_METADATA', 'other-issuer'],
])

function endpointErrorIn(error: unknown): EndpointError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof EndpointError) return cause
  }
  return null
}
