import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createPasswordScorer } from './password-strength.ts'

const workerFile = fileURLToPath(new URL('password-strength.worker.ts', import.meta.url))
const scorer = createPasswordScorer({ workerFile, idleMs: 50 })
afterAll(() => scorer.close())

const scoreTwo = () =>
  Promise.all(['azerty', 'Mauve-Girafe-Tunnel-42'].map((password) => scorer.score(password, [])))

describe('scoring a password', () => {
  it.each([
    ['', 'empty'],
    ['azerty', 'common-password'],
    ['bonjour', 'common-words'],
    ['12/05/1980', 'date'],
    ['aaaaaaaaa', 'repetition'],
    ['abcdefgh', 'sequence'],
    ['kX9#', 'too-short'],
  ] as const)('« %s » is not enough: %s', async (password, advice) => {
    expect(await scorer.score(password, [])).toMatchObject({ enough: false, advice })
  })

  it('knows the words of the operator and of the pharmacy', async () => {
    const word = 'Zwierzchowska'
    const stranger = await scorer.score(`${word}2026`, [])
    const theirs = await scorer.score(`${word}2026`, [`Anna ${word}`])
    expect(theirs.bits).toBeLessThan(stranger.bits)
    expect(theirs).toMatchObject({ enough: false, advice: 'own-words' })
  })

  it('knows them without their accents, and the code', async () => {
    for (const [password, words] of [
      ['elodielefevre2026', ['Élodie', 'Lefèvre']],
      ['ÉLODIE-LEFEVRE', ['Élodie Lefèvre']],
      ['Élodielefèvre12', ['Elodie', 'LEFEVRE', '12']],
    ] as const) {
      const theirs = await scorer.score(password, words)
      expect(theirs, password).toMatchObject({ enough: false, advice: 'own-words' })
      expect(theirs.bits).toBeLessThan((await scorer.score(password, [])).bits)
    }
  })

  it('knows the words of French', async () => {
    for (const word of ['mousquetaire', 'aujourd’hui', 'pharmacie', 'élève']) {
      expect(await scorer.score(word, []), word).toMatchObject({ enough: false })
    }
    const french = await scorer.score('extraordinairement', [])
    const noise = await scorer.score('xtrqordinvirebemtn', [])
    expect(french.bits).toBeLessThan(noise.bits / 2)
  })

  it.each(['cheval batterie agrafe mauve', 'Mauve-Girafe-Tunnel-42'])(
    '« %s » is enough',
    async (password) => {
      const score = await scorer.score(password, ['PHARMACIE DU TEST'])
      expect(score).toMatchObject({ enough: true, advice: 'enough' })
      expect(score.bits).toBeGreaterThanOrEqual(50)
    },
  )

  it('refuses more than 128 characters, however strong', async () => {
    const long = Array.from({ length: 26 }, (_, index) => `${index * 7919}kZ#w`).join('')
    expect(await scorer.score(long.slice(0, 129), [])).toMatchObject({ enough: false, advice: 'too-long' })
    expect(await scorer.score(long.slice(0, 128), [])).toMatchObject({ enough: true })
  })

  it('answers each of several questions at once, also after the worker went idle', async () => {
    const first = await scoreTwo()
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(await scoreTwo()).toEqual(first)
    expect(first.map(({ enough }) => enough)).toEqual([false, true])
  })

  it('rejects when its worker cannot work', async () => {
    const broken = createPasswordScorer({ workerFile: `${workerFile}.missing` })
    await expect(broken.score('azerty', [])).rejects.toThrow(/missing/u)
    await expect(broken.score('azerty', [])).rejects.toThrow(/missing/u)
  })

  it('rejects what is pending when it is closed', async () => {
    const closing = createPasswordScorer({ workerFile })
    const pending = closing.score('azerty', [])
    const rejected = expect(pending).rejects.toThrow(/closed/u)
    await closing.close()
    await rejected
  })
})
