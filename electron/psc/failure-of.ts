import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { failed, type PscFailure, type PscFailureReason } from './failure.ts'
import { EndpointError } from './fetch.ts'

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
  if (error instanceof AuthorizationResponseError) {
    return failed(error.error === 'access_denied' ? 'abandoned' : 'provider-error', error.error)
  }
  if (error instanceof ResponseBodyError) return failed('provider-error', error.error)
  const endpoint = endpointErrorIn(error)
  if (endpoint !== null) {
    return failed(endpoint.reason === 'too-large' ? 'invalid-response' : 'unreachable', endpoint.reason)
  }
  if (error instanceof ClientError && error.code !== undefined) {
    return failed(reasons.get(error.code) ?? 'invalid-response', error.code)
  }
  return failed('invalid-response', error instanceof Error ? error.name : '')
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
