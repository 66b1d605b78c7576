import {
  errors,
  type BackchannelAuthenticationRequest,
  type CIBAConfiguration,
  type Client,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { findIdentity, identities, type Identity } from '../identities.ts'
import { sessionIdleLife } from '../lifetimes.ts'
import type { Channel, Phone } from './phone.ts'

/**
 * Identification on a phone without a browser: CIBA Core 1.0 in poll mode, with PSC's `channel` (psc.md §7). PSC's
 * rules being unknown, both `channel` and a `binding_message` of two or three digits are required here.
 */
export function ciba(phone: Phone): CIBAConfiguration {
  return {
    enabled: true,
    deliveryModes: ['poll'],
    processLoginHint: (_ctx, hint) => Promise.resolve(byNationalId(hint)?.sub),
    processLoginHintToken: () => {
      throw new errors.InvalidRequest('login_hint_token is not supported')
    },
    verifyUserCode: () => undefined,
    validateBindingMessage: (_ctx, message = '') => {
      if (!/^\d{2,3}$/.test(message))
        throw new errors.InvalidBindingMessage('binding_message must be two or three digits')
    },
    validateRequestContext: ({ oidc }) => {
      if (channelOf(oidc.params) === undefined)
        throw new errors.InvalidRequest('channel must be CARD or MOBILE')
    },
    triggerAuthenticationDevice: (ctx, request, _account, client) => {
      const { params, accountId, jti } = request
      const identity = identities.find(({ sub }) => sub === accountId)
      const channel = channelOf(params)
      if (identity === undefined || channel === undefined) throw new Error('A request for nobody.')
      phone.ring(
        {
          id: jti,
          service: client.clientName ?? client.clientId,
          identity,
          channel,
          bindingMessage: String(params?.['binding_message']),
        },
        request.expiration,
        async (decision) => {
          if (decision === 'approved')
            await approve(ctx, request, client, answering(identity, phone), channel)
          else
            await ctx.oidc.provider.backchannelResult(
              request,
              new errors.AccessDenied('refused on the phone'),
            )
        },
      )
    },
  }
}

/** Opens a session, as Keycloak does: what is given out lives and ends with it. */
async function approve(
  { oidc: { provider } }: KoaContextWithOIDC,
  request: BackchannelAuthenticationRequest,
  { clientId }: Client,
  { sub: accountId, acr }: Identity,
  channel: Channel,
): Promise<void> {
  const grant = new provider.Grant({ clientId, accountId })
  grant.addOIDCScope(request.scope ?? '')
  const grantId = await grant.save()
  const session = new provider.Session()
  session.loginAccount({ accountId, acr, amr: [channel] })
  session.grantIdFor(clientId, grantId)
  await session.save(sessionIdleLife)
  // The library refuses tokens for another than who was asked: then the other was asked.
  request.accountId = accountId
  await provider.backchannelResult(request, grant, {
    acr,
    amr: [channel],
    authTime: session.loginTs,
    sessionUid: session.uid,
    expiresWithSession: true,
  })
}

function answering(asked: Identity, phone: Phone): Identity {
  const fault = phone.fault()
  return (fault?.kind === 'another-person' ? findIdentity(fault.identity) : undefined) ?? asked
}

function byNationalId(hint: string | undefined): Identity | undefined {
  return identities.find(({ nationalId }) => nationalId === hint)
}

function channelOf(params: Readonly<Record<string, unknown>> = {}): Channel | undefined {
  const { channel } = params
  return channel === 'CARD' || channel === 'MOBILE' ? channel : undefined
}
