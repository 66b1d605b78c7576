import type { TokenReading } from '../cryptolib-client.ts'
import { empty, present, reader, tokenOf, watching } from './watched.ts'

/** CKR_TOKEN_NOT_PRESENT and CKR_TOKEN_NOT_RECOGNIZED (PKCS#11 v2.40, pkcs11t.h). */
export const notPresent = 0xe0
export const notRecognised = 0xe1

/** A reader whose name is too long for its slot, which bears it abbreviated. */
export const longName =
  'Lecteur de cartes à puce de la pharmacie du Marché, comptoir numéro 12, prise de gauche 00 00'
export const abbreviated = `${longName.slice(0, 30)}...${longName.slice(-30)}`

/** Started, with one reader that PC/SC and Cryptolib both know, empty. */
export async function withReader(options: Parameters<typeof watching>[0] = {}) {
  const desk = watching(options)
  desk.watch.start()
  desk.pcsc({ [reader]: empty })
  desk.slots({ [reader]: false })
  await desk.pass(0)
  desk.asked()
  desk.shown.splice(0, desk.shown.length - 1)
  return desk
}

/** The same, with Patricia's card read. */
export async function withCard(options: Parameters<typeof watching>[0] = {}) {
  const desk = await withReader(options)
  desk.slots({ [reader]: { present: true, session: 'open' } })
  desk.reads([tokenOf()])
  desk.pcsc({ [reader]: present })
  await desk.pass(0)
  desk.asked()
  desk.shown.splice(0, desk.shown.length - 1)
  return desk
}

/** The same without PC/SC: Cryptolib alone knows of the reader. */
export async function withoutPcsc(inserted: boolean) {
  const desk = watching()
  desk.slots({ [reader]: inserted ? { present: true, session: 'open' } : false })
  if (inserted) desk.reads([tokenOf()])
  desk.watch.start()
  await desk.pass(0)
  desk.asked()
  desk.shown.splice(0, desk.shown.length - 1)
  return desk
}

/** A reading that is answered when the test says so. */
export function slow() {
  const answers: ((token: TokenReading) => void)[] = []
  const promise = new Promise<TokenReading>((resolve) => answers.push(resolve))
  return { reading: () => promise, answer: (token: TokenReading) => answers[0]?.(token) }
}
