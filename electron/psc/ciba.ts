import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import * as oidc from 'openid-client'
import type { Rpps } from '../operators/national-id.ts'
import { authenticationOf, type PscAnswer } from './authentication.ts'
import { failureOf, MetadataError } from './failure-of.ts'
import { failed, type PscFailure, type PscFailureReason } from './failure.ts'
import type { Provider } from './provider.ts'

/** Pro Santé Connect without a browser: the person validates on what they have (CIBA Core 1.0, poll mode). */
export type PscPhone = {
  /** `sent`: the request has left; its answer is awaited for so many seconds from then on. */
  readonly login: (request: PhoneRequest, sent: (seconds: number) => void) => PhoneLogin
}

/** Who is asked, and the two digits that they compare. */
export type PhoneRequest = { readonly rpps: Rpps; readonly number: string }

export type PhoneLogin = {
  /** Never rejects. */
  readonly answer: Promise<PscAnswer | { readonly kind: 'cancelled' }>
  /** Nothing that comes afterwards is listened to. */
  readonly cancel: () => void
}

type Options = {
  /** PSC's extension: the person's phone, or their card through the workstation's own component. */
  readonly channel: 'MOBILE' | 'CARD'
  readonly timeoutSeconds: number
}

const grantType = 'urn:openid:params:grant-type:ciba'
/** Seconds between two polls where the provider does not say (CIBA Core §7.3), and what `slow_down` adds (§11). */
const usualInterval = 5
const slower = 5
/** A token endpoint that is silent for so long is told of: one may come in otherwise. */
const silenceMs = 30_000

export function createPscPhone(provider: Provider, { channel, timeoutSeconds }: Options): PscPhone {
  const { settings, clock } = provider

  const ask = async (
    { rpps, number }: PhoneRequest,
    sent: (seconds: number) => void,
    signal: AbortSignal,
  ): Promise<PscAnswer> => {
    const end = clock.monotonic() + timeoutSeconds * 1000
    const config = await provider.configuration()
    const { backchannel_authentication_endpoint: endpoint } = config.serverMetadata()
    if (endpoint === undefined) throw new MetadataError('backchannel_authentication_endpoint')
    signal.throwIfAborted()
    const request = await oidc.initiateBackchannelAuthentication(config, {
      scope: settings.scope,
      acr_values: settings.acrValues,
      login_hint: `8${rpps.digits}`,
      binding_message: number,
      channel,
    })
    const now = clock.monotonic()
    const until = Math.min(end, now + request.expires_in * 1000)
    sent((until - now) / 1000)
    const answered = await poll(config, request, until, signal)
    if (answered === null) return failed('phone-time-out')
    return authenticationOf(provider, config, answered.tokens, {
      flow: 'ciba',
      returnedAt: answered.polledAt,
    })
  }

  /**
   * Null when nobody has validated by `until`. openid-client's own poll ends at the first connection that is cut; the
   * answer may still come as long as the request lives, so that the next poll is another chance.
   */
  const poll = async (
    config: oidc.Configuration,
    { auth_req_id, interval: told = usualInterval }: oidc.BackchannelAuthenticationResponse,
    until: number,
    signal: AbortSignal,
  ) => {
    let interval = told
    let silence: { readonly since: number; readonly error: unknown } | null = null
    for (;;) {
      const left = Math.max(0, until - clock.monotonic())
      await wait(Math.min(interval * 1000, left), undefined, { signal })
      /** When the ID token is not made yet. */
      const polledAt = clock.monotonic()
      if (polledAt >= until) {
        if (silence !== null) throw silence.error
        return null
      }
      try {
        const tokens = await oidc.genericGrantRequest(config, grantType, { auth_req_id })
        return { tokens, polledAt }
      } catch (error) {
        const code = error instanceof oidc.ResponseBodyError ? error.error : null
        if (code === 'authorization_pending' || code === 'slow_down') {
          silence = null
          if (code === 'slow_down') interval += slower
        } else if (failureOf(error).reason === 'unreachable') {
          silence ??= { since: polledAt, error }
          if (polledAt - silence.since >= silenceMs) throw error
        } else {
          // An answer that was cut short had spent the request.
          throw code === 'invalid_grant' && silence !== null ? silence.error : error
        }
      }
    }
  }

  const failure = (error: unknown): PscFailure => {
    const code = error instanceof oidc.ResponseBodyError ? error.error : ''
    const reason = reasons.get(code)
    return reason === undefined ? provider.failure(error) : failed(reason, code)
  }

  return {
    login: (request, sent) => {
      const given = new AbortController()
      const cancelled = once(given.signal, 'abort').then(() => ({ kind: 'cancelled' }) as const)
      const answered = ask(request, sent, given.signal).catch(async (error: unknown) =>
        given.signal.aborted ? cancelled : failure(error),
      )
      const answer = Promise.race([cancelled, answered])
      const cancel = (): void => given.abort()
      void answer.then(cancel)
      return { answer, cancel }
    },
  }
}

/** What a poll ends with that is nobody's fault (CIBA Core §11 and §13). */
const reasons = new Map<string, PscFailureReason>([
  ['expired_token', 'phone-time-out'],
  ['access_denied', 'abandoned'],
  ['unknown_user_id', 'unknown-user'],
])
