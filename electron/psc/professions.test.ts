import { describe, expect, it } from 'vitest'
import { patriciasUserinfo, without } from '../identification/testing/userinfo.ts'
import { roles, type Role } from '../operators/operator.ts'
import { contradictsRole, nameOf, readIdentity, type Profession } from './claims.ts'

function professionsOf(
  claims: Record<string, unknown>,
  idToken: Record<string, unknown> = {},
): readonly Profession[] {
  const reading = readIdentity({ SubjectNameID: '899700261797', ...claims }, idToken, null)
  if (reading.kind !== 'identity') throw new Error(reading.kind)
  return reading.identity.professions
}
const practising = (...exercices: unknown[]) => ({ SubjectRefPro: { exercices } })

describe('the professions that PSC names', () => {
  it.each<[string, Record<string, unknown>, Profession[]]>([
    ['a pharmacist', patriciasUserinfo, ['pharmacien']],
    ['by the role alone', { SubjectRole: ['21^1.2.250.1.213.1.1.5.5'] }, ['pharmacien']],
    ['by the practice alone', practising({ codeProfession: '21' }), ['pharmacien']],
    ['a number', practising({ codeProfession: 21 }), ['pharmacien']],
    [
      'a préparateur by role 317',
      practising({ codeProfession: '', activities: [{ codeRole: '317' }] }),
      ['preparateur'],
    ],
    ['a préparateur by SubjectRole 317', { SubjectRole: ['317^1.2.250.1.213.1.6.1.107'] }, ['preparateur']],
    ['a préparateur by profession 39', practising({ codeProfession: '39' }), ['preparateur']],
    [
      'a hospital préparateur',
      practising({ codeProfession: '38', activities: [{ codeRole: '316' }] }),
      ['preparateur'],
    ],
    ['another profession', practising({ codeProfession: '10' }), ['other']],
    ['several', practising({ codeProfession: '10' }, { codeProfession: '21' }), ['other', 'pharmacien']],
    ['none', {}, []],
    [
      'empty codes',
      { SubjectRole: [''], ...practising({ codeProfession: '', activities: [{ codeRole: '' }] }) },
      [],
    ],
    ['what is no list', { SubjectRole: '21', SubjectRefPro: { exercices: {} } }, []],
    ['what is no object', { SubjectRole: [['21']], SubjectRefPro: [{ codeProfession: '21' }] }, []],
    ['an activity that is none', practising({ codeProfession: '21', activities: 'x' }, null), ['pharmacien']],
  ])('%s', (_, claims, professions) => {
    expect(professionsOf(claims)).toEqual(professions)
  })

  it('are another’s by a code that is the name of a member of every object', () => {
    expect(professionsOf({ SubjectRole: ['constructor', '__proto__'] })).toEqual(['other'])
  })

  it('are those of the ID token where a broker moved them there', () => {
    const idToken = { SubjectRole: patriciasUserinfo.SubjectRole }
    expect(professionsOf(without(patriciasUserinfo, 'SubjectRole', 'SubjectRefPro'), idToken)).toEqual([
      'pharmacien',
    ])
  })
})

describe('what PSC says somebody does', () => {
  const fitting: Record<Role, readonly Profession[]> = {
    titulaire: ['pharmacien'],
    adjoint: ['pharmacien'],
    remplacant: ['pharmacien'],
    preparateur: ['preparateur'],
    etudiant: ['pharmacien', 'preparateur'],
    apprenti: ['preparateur'],
    autre: ['pharmacien', 'preparateur', 'other'],
  }

  it.each(roles)('contradicts the role %s unless it fits', (role) => {
    for (const profession of ['pharmacien', 'preparateur', 'other'] as const) {
      expect(contradictsRole({ professions: [profession] }, role)).toBe(!fitting[role].includes(profession))
    }
  })

  it.each(roles)('contradicts nothing when it is not said (%s)', (role) => {
    expect(contradictsRole({ professions: [] }, role)).toBe(false)
  })

  it('contradicts nothing when one of several professions fits', () => {
    expect(contradictsRole({ professions: ['other', 'pharmacien'] }, 'titulaire')).toBe(false)
    expect(contradictsRole({ professions: ['other', 'preparateur'] }, 'titulaire')).toBe(true)
  })
})

describe('a name as it is shown', () => {
  it.each([
    ['Patricia', 'Adjointpharm', 'PATRICIA ADJOINTPHARM'],
    ['', 'DOC0042788', 'DOC0042788'],
    ['Kit', '', 'KIT'],
    ['', '', null],
  ])('%j %j is %j', (firstName, lastName, shown) => {
    expect(nameOf({ firstName, lastName })).toBe(shown)
  })
})
