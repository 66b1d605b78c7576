import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { answer, type Handlers } from './answer.ts'
import { channelNames, contract } from './contract.ts'
import { views, windowRoles, type WindowRole } from './views.ts'

const launcher = 'app://comptoir/launcher/index.html'

/** A main process whose window 1 is the launcher and window 2 the identification window. */
function main() {
  const openModule = vi.fn<Handlers['openModule']>()
  const submitCode = vi.fn<Handlers['submitCode']>()
  const log = vi.fn()
  return {
    atOnce: {},
    openModule,
    submitCode,
    log,
    handlers: Promise.resolve({ openModule, submitCode }),
    roleOf,
  }
}

function roleOf(id: number): WindowRole | null {
  return (['launcher', 'identification'] as const)[id - 1] ?? null
}

/** A call from a frame of window `id`. */
function from(id: number, url: string, frame: 'main' | 'inner' | 'gone' = 'main') {
  const mainFrame = { url }
  const senderFrame = { main: mainFrame, inner: { url }, gone: null }[frame]
  return { sender: { id, mainFrame }, senderFrame }
}

const refused = { ok: false, error: expect.objectContaining({ code: 'refused', retryable: false }) }

describe('a call', () => {
  it('is answered when it comes from the window it belongs to', async () => {
    const serving = main()
    const args = { id: 'ventes' }
    expect(await answer(serving, 'openModule', from(1, launcher), args)).toEqual({
      ok: true,
      value: undefined,
    })
    expect(serving.openModule).toHaveBeenCalledExactlyOnceWith(args, { role: 'launcher', webContentsId: 1 })
  })

  it.each([
    ['another role', from(2, 'app://comptoir/identification/index.html')],
    ['web contents that are no window of ours', from(3, launcher)],
    ['a frame inside the window', from(1, launcher, 'inner')],
    ['a frame that is gone', from(1, launcher, 'gone')],
    ['another page of ours in that window', from(1, 'app://comptoir/identification/index.html')],
    ['another host', from(1, 'app://ailleurs/launcher/index.html')],
    ['the web', from(1, 'https://comptoir/launcher/index.html')],
    ['a local file', from(1, 'file:///launcher/index.html')],
    ['an empty page', from(1, 'about:blank')],
  ])('from %s is refused', async (_, event) => {
    const serving = main()
    expect(await answer(serving, 'openModule', event, { id: 'ventes' })).toEqual(refused)
    expect(serving.openModule).not.toHaveBeenCalled()
    expect(serving.log).toHaveBeenCalledOnce()
  })

  it.each([
    undefined,
    null,
    'ventes',
    {},
    { id: 3 },
    { id: 'x'.repeat(201) },
    { id: 'ventes', more: true },
    [{ id: 'ventes' }],
  ])('with arguments %j that its schema does not know is refused', async (args) => {
    const serving = main()
    expect(await answer(serving, 'openModule', from(1, launcher), args)).toEqual(refused)
    expect(serving.openModule).not.toHaveBeenCalled()
  })

  it('that nothing serves is refused', async () => {
    expect(await answer(main(), 'disconnect', from(1, launcher), undefined)).toEqual(refused)
  })

  it('whose handler fails unexpectedly says nothing of why to the window, only to the log', async () => {
    const serving = main()
    serving.submitCode.mockRejectedValue(new Error('argon2: girafe tunnel moutarde'))
    const event = from(2, 'app://comptoir/identification/index.html')
    const result = await answer(serving, 'submitCode', event, { attempt: 1, code: '1', password: 'secret' })
    expect(result).toEqual({ ok: false, error: expect.objectContaining({ code: 'internal' }) })
    expect(JSON.stringify(result)).not.toContain('girafe')
    expect(serving.log).toHaveBeenCalledOnce()
  })
})

/** Whether `name` is a member of what a schema describes, at whatever depth. */
function mentions(schema: z.ZodType, name: string): boolean {
  return JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' })).includes(`"${name}":`)
}

describe('the contract', () => {
  it('gives every channel to some window, and a password to no other than those that ask for one', () => {
    for (const name of channelNames) expect(contract[name].windows.length).toBeGreaterThan(0)
    const takingPasswords = channelNames.filter((name) => mentions(contract[name].args, 'password'))
    expect(takingPasswords).toEqual([
      'unlock',
      'submitCode',
      'confirmPerson',
      'associate',
      'confirmAssociation',
      'setForgottenPassword',
      'scorePassword',
      'createTitulaire',
      'describeNewcomer',
      'authoriseNewcomer',
      'setProvisionalPassword',
      'createOperator',
      'changeOperator',
      'actOnOperator',
      'applyImport',
    ])
  })

  it('lets only the launcher act on the session, and only the identification window identify', () => {
    for (const channel of [
      'switchOperator',
      'disconnect',
      'unlock',
      'unlockByPsc',
      'renewSession',
      'openModule',
      'acknowledgeRecording',
    ] as const) {
      expect(contract[channel].windows).toEqual(['launcher'])
    }
    for (const channel of [
      'submitCode',
      'startPsc',
      'reopenBrowser',
      'copyLink',
      'answerWrongPerson',
      'confirmPerson',
      'restartPsc',
      'associate',
      'confirmAssociation',
      'forgottenPassword',
      'setForgottenPassword',
      'startNewcomer',
      'describeNewcomer',
      'correctNewcomer',
      'authoriseNewcomer',
      'setProvisionalPassword',
      'cancelIdentification',
    ] as const) {
      expect(contract[channel].windows).toEqual(['identification'])
    }
  })

  it('tells of the card in the reader only the windows that show it', () => {
    const showing = ['launcher', 'identification']
    expect(windowRoles.filter((role) => mentions(views[role], 'triesLeft'))).toEqual(showing)
    expect(windowRoles.filter((role) => mentions(views[role], 'nationalId'))).toEqual(showing)
    expect(channelNames.filter((name) => mentions(contract[name].result, 'nationalId'))).toEqual(['testCard'])
    expect(contract.testCard.windows).toEqual(showing)
    expect(contract.openHelp.windows).toEqual(windowRoles)
    expect(contract.copyConnectionSheet.windows).toEqual(['help'])
    expect(contract.answerCardRemoved.windows).toEqual(['stay-connected'])
  })

  it('takes no code of a card from any window', () => {
    expect(channelNames.filter((name) => mentions(contract[name].args, 'pin'))).toEqual([])
    expect(contract.testCard.args.safeParse({ pin: '1234' }).success).toBe(false)
  })
})
