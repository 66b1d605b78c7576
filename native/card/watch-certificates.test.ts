import { describe, expect, it } from 'vitest'
import { der, empty, present, reader, tokenOf } from './testing/watched.ts'
import { notPresent, withReader } from './testing/watched-readers.ts'

describe('no certificate on a card with contact', () => {
  it('passes: its card was being pulled', async () => {
    const desk = await withReader()
    desk.reads([tokenOf({ certificate: null }), notPresent])
    desk.pcsc({ [reader]: present })
    await desk.pass(100)
    desk.pcsc({ [reader]: empty })
    await desk.pass(2000)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'empty-reader'])
  })

  it('lasts: it is unreadable', async () => {
    const desk = await withReader()
    desk.reads([tokenOf({ certificate: null })])
    desk.pcsc({ [reader]: present })
    await desk.pass(1500)
    expect(desk.kinds()).toEqual(['empty-reader', 'reading', 'card'])
    expect(desk.state()).toMatchObject({ remarks: ['unreadable-certificate'] })
  })

  it('is that of a card without contact', async () => {
    const desk = await withReader()
    desk.reads([tokenOf({ label: 'CPS3v3_CL', certificate: null })])
    desk.pcsc({ [reader]: present })
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ remarks: ['contactless'] })
  })
})

describe('a certificate', () => {
  it('is told as unreadable when nobody can read it', async () => {
    const desk = await withReader()
    desk.reads([tokenOf({ certificate: der('nonsense') })])
    desk.pcsc({ [reader]: present })
    await desk.pass(0)
    expect(desk.state()).toMatchObject({ kind: 'card', card: { certificate: { kind: 'unreadable' } } })
  })
})
