import { describe, expect, it } from 'vitest'
import { createChosenPasswords } from './chosen-password.ts'
import type { Operator } from './operator.ts'

const patricia: Operator = {
  id: 'id-1',
  code: '1',
  firstName: 'Patricia',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: null,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
}

/** Passwords that are enough, or not, whatever they are; `scored` and `hashed` say what was done with them. */
function passwords(enough: boolean) {
  const scored: [string, readonly string[]][] = []
  const hashed: string[] = []
  const choose = createChosenPasswords({
    scorer: {
      score: async (password, words) => {
        scored.push([password, words])
        return { bits: enough ? 60 : 20, enough, advice: 'enough' }
      },
      close: async () => undefined,
    },
    pharmacy: () => 'Pharmacie du test',
    hashPassword: async (password) => {
      hashed.push(password)
      return '$argon2id$…'
    },
  })
  return { choose, scored, hashed }
}

describe('a password that an operator chooses', () => {
  it('is hashed when it is strong enough', async () => {
    const { choose, hashed } = passwords(true)
    expect(await choose('girafe tunnel moutarde', patricia)).toBe('$argon2id$…')
    expect(hashed).toEqual(['girafe tunnel moutarde'])
  })

  it('is refused when it is not, and never hashed', async () => {
    const { choose, hashed } = passwords(false)
    await expect(choose('patricia', patricia)).rejects.toMatchObject({ code: 'weak-password' })
    expect(hashed).toEqual([])
  })

  it('is measured against what would be tried first', async () => {
    const { choose, scored } = passwords(true)
    await choose('girafe tunnel moutarde', patricia)
    expect(scored).toEqual([
      ['girafe tunnel moutarde', ['Patricia', 'ADJOINTPHARM', '1', 'Pharmacie du test']],
    ])
  })
})
