import * as fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { exportedList } from './export.ts'
import { maxListBytes, maxListLines, readList, type ReadList } from './import-list.ts'
import { formulaStart, roleNamed } from './list-columns.ts'
import { described, judge, reported } from './import-lines.ts'
import { parseName, roles, type Operator } from './operator.ts'

const header = 'code;nom;prenom;role;rpps;motdepasse'
const pasted = (text: string): ReadList => readList({ kind: 'pasted', text })
const file = (bytes: Uint8Array): ReadList => readList({ kind: 'file', name: 'equipe.csv', bytes })
const windows = (text: string): Uint8Array => Buffer.from(text.replaceAll('œ', '\u009C'), 'latin1')
const cellsOf = ({ lines }: ReadList) => lines.map(({ cells }) => Object.values(cells))
const line = (text: string) => judge(pasted(`${header}\n${text}`).lines[0] ?? expect.unreachable())

describe('a list of operators', () => {
  const expected = [['1', 'Lefœuvre', 'Zoé', 'préparateur', '99700261797', 'girafe tunnel']]
  const text = `${header}\r\n1;Lefœuvre;Zoé;préparateur;99700261797;girafe tunnel\r\n`

  it('is read in UTF-8, with its mark or without, and in Windows-1252', () => {
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`)]) {
      expect(file(bytes)).toMatchObject({ encoding: 'utf-8', unreadable: null })
      expect(cellsOf(file(bytes))).toEqual(expected)
    }
    expect(file(windows(text))).toMatchObject({ encoding: 'windows-1252', unreadable: null })
    expect(cellsOf(file(windows(text)))).toEqual(expected)
  })

  it('is read with semicolons, commas, or the tabs of a spreadsheet', () => {
    for (const delimiter of [',', '\t']) {
      const other = pasted(text.replaceAll(';', delimiter))
      expect([other.encoding, other.unreadable, cellsOf(other)]).toEqual([null, null, expected])
    }
    const quoted = pasted('code,nom,prenom,role,rpps,motdepasse\n1,"LE GOFF, ép. MARTIN","Z ""oé""",autre,,x')
    expect(cellsOf(quoted)).toEqual([['1', 'LE GOFF, ép. MARTIN', 'Z "oé"', 'autre', '', 'x']])
  })

  it('names its columns in any order, accents, case and spaces ignored', () => {
    const other = pasted(' Mot de passe ;RÔLE;Prénom;NOM;Code;rpps;\n x y ;autre;Zoé;Goff;1;;\n')
    expect(cellsOf(other)).toEqual([['1', 'Goff', 'Zoé', 'autre', '', 'x y']])
    expect(cellsOf(pasted('prenom;nom;code;role\nZoé;Goff;1;autre'))).toEqual([
      ['1', 'Goff', 'Zoé', 'autre', '', ''],
    ])
  })

  it('cannot be read without its columns, or with one that would be lost', () => {
    const headers = ['1;Goff;Zoé', 'code;nom;prenom', `${header};code`, header.replace('rpps', 'rpss'), 'x']
    for (const first of headers) expect(pasted(`${first}\n1;a;b;c`).unreadable).toBe('header')
  })

  it('cannot be read when it is empty, too large, or no text', () => {
    const many = `${header}\n${'1;a;b;autre;;x\n'.repeat(maxListLines + 1)}`
    expect(
      ['', ' \r\n\n', `\uFEFF${header}`, `${header}\n;;;\n`].map((each) => pasted(each).unreadable),
    ).toEqual(['empty', 'empty', 'empty', 'empty'])
    expect(pasted(many).unreadable).toBe('too-large')
    expect(pasted(many.slice(0, -15)).lines).toHaveLength(maxListLines)
    expect(file(new Uint8Array(maxListBytes + 1)).unreadable).toBe('too-large')
    expect(file(Buffer.from(`\uFEFF${text}`, 'utf16le')).unreadable).toBe('encoding')
  })

  it('numbers its lines as a spreadsheet does, blank ones counted', () => {
    const { lines } = pasted(`\n${header}\n1;a;b;autre;;x\n\n;;\n2;a;"b\nc";autre;;x\n3;a;b;autre;;x`)
    expect(lines.map((each) => [each.line, each.cells.code])).toEqual([
      [3, '1'],
      [6, '2'],
      [7, '3'],
    ])
  })

  it('has what Excel is told and blank lines above its header, which are counted', () => {
    for (const above of ['sep=;\n', '\uFEFF"sep=;"\n', ';;;;;\n', 'SEP=;\n\n ; \n']) {
      const { lines, unreadable } = pasted(`${above}${header}\n1;a;b;autre;;x\nsep=;\n`)
      const first = above.split('\n').length + 1
      expect([unreadable, lines.map((each) => each.line)]).toEqual([null, [first, first + 1]])
    }
    expect(pasted(`sep=,\n${header.replaceAll(';', ',')}\n1,a,b,autre,,x`).lines).toHaveLength(1)
    expect(pasted('sep=;\n').unreadable).toBe('header')
    expect(pasted(`sep=;\n${header}`).unreadable).toBe('empty')
  })

  it('takes off what spreadsheets put around a cell, but nothing inside a password', () => {
    const cells = [' ="012" ', '="Goff"', "'-Zoé", 'autre', ' 997 0026 1797 ', ' ="=x" ']
    expect(cellsOf(pasted(`${header}\n${cells.join(';')}`))).toEqual([
      ['012', 'Goff', '-Zoé', 'autre', '997 0026 1797', '="=x"'],
    ])
  })

  it('never makes the program fail, whatever the bytes are', () => {
    const start = Buffer.from(`${header}\n`)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, withHeader) => {
        const list = file(withHeader ? Buffer.concat([start, bytes]) : bytes)
        for (const each of list.lines) {
          const judged = judge(each)
          reported(judged, judged.faults)
        }
        expect(list.lines.length > 0).toBe(list.unreadable === null)
      }),
      { numRuns: 2000 },
    )
    const pieces = fc.constantFrom('"', ';', ',', '\t', '\n', '\r', '=', "'", 'a', '1', 'é', '\0', header)
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const { lines } = pasted(`${header}\n${parts.join('')}`)
        for (const each of lines) expect(judge(each).written).toBe(each)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a line', () => {
  it('says what is wrong in it, everything at once', () => {
    expect(line('TOOLONG1;;;chef;123;').faults).toEqual([
      'invalid-code',
      'missing-name',
      'unknown-role',
      'invalid-rpps',
      'missing-password',
    ])
    expect(line(`;${'a'.repeat(81)};b\u0007;;;x`).faults).toEqual([
      'missing-code',
      'invalid-name',
      'unknown-role',
    ])
    expect(line('1;a;b;autre;;x;y').faults).toEqual(['columns'])
    expect(line('1;a;b;autre;;"x').faults).toEqual(['columns'])
    expect(line('1;a;b;autre;;x;;').faults).toEqual([])
    const unnamed = pasted(`code;;nom;prenom;role;motdepasse\n1;perdu;a;b;autre;x\n2;;a;b;autre;x`)
    expect(unnamed.lines.map((each) => judge(each).faults)).toEqual([['columns'], []])
  })

  it('says of a rounded RPPS that the spreadsheet has lost its end', () => {
    for (const rounded of ['8,99700E+11', '8.997E+11', '1E+10', '8,99700261797E11']) {
      expect(line(`1;a;b;autre;${rounded};x`).faults).toEqual(['rpps-rounded'])
    }
    expect(line('1;a;b;autre;E+11;x').faults).toEqual(['invalid-rpps'])
  })

  it('is reported with a wrong key or without RPPS, and never with its password', () => {
    const judged = line('pat;Goff;Zoé;Pharmacienne adjointe;899700261798;girafe tunnel moutarde')
    const report = reported(judged, judged.faults)
    expect(report).toEqual({
      line: 2,
      code: 'PAT',
      name: 'Zoé Goff',
      role: 'Pharmacienne adjointe',
      rpps: '99700261798',
      faults: [],
      remarks: ['rpps-key'],
    })
    const remarksOf = (text: string) => reported(line(text), []).remarks
    expect(remarksOf('1;a;b;adjoint;;x')).toEqual(['rpps-missing'])
    expect(remarksOf('1;a;b;préparateur;;x')).toEqual([])
    expect(remarksOf('1;a;b;adjoint;123;x')).toEqual([])
  })

  it('names a role as the windows do, by its code, or in the feminine', () => {
    const names = ['Titulaire', 'PHARMACIEN ADJOINT', 'remplacant', 'Remplaçante', 'préparatrice']
    expect([...names, 'Étudiante en pharmacie', 'apprentie', 'Autre', 'chef', ''].map(roleNamed)).toEqual([
      'titulaire',
      'adjoint',
      'remplacant',
      'remplacant',
      'preparateur',
      'etudiant',
      'apprenti',
      'autre',
      null,
      null,
    ])
  })
})

describe('an exported list', () => {
  const name = fc
    .oneof(
      fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
      fc.stringMatching(/^[=+\-@;,"' a-zé]{1,12}$/u),
    )
    .map(parseName)
    // An apostrophe that somebody's name has before a sign is not known from the one that keeps a formula still.
    .filter((text) => text !== null && !/^'[=+\-@]|^="/u.test(text))
    .map((text) => text ?? '')
  const operator: fc.Arbitrary<Operator> = fc.record({
    id: fc.constant('id'),
    code: fc.stringMatching(/^[A-Z0-9]{1,6}$/u),
    firstName: name,
    lastName: name,
    role: fc.constantFrom(...roles),
    rpps: fc.option(fc.stringMatching(/^\d{11}$/u).map((digits) => ({ kind: 'rpps' as const, digits }))),
    suspended: fc.constant(false),
    firstDay: fc.constant(null),
    lastDay: fc.constant(null),
    rights: fc.constant([]),
  })
  const team = fc.array(operator, { minLength: 1, maxLength: 8 })

  it('is read back as it was, but for the passwords, which it has not', () => {
    fc.assert(
      fc.property(team, (operators) => {
        const { encoding, lines } = file(Buffer.from(exportedList(operators)))
        expect(encoding).toBe('utf-8')
        const read = lines.map((each) => described(judge(each)))
        expect(read).toEqual(operators.map(({ id: _id, suspended: _suspended, ...same }) => same))
        for (const each of lines) expect(judge(each).faults).toEqual(['missing-password'])
      }),
      { numRuns: 1000 },
    )
  })

  it('has no cell that a spreadsheet would compute', () => {
    fc.assert(
      fc.property(team, (operators) => {
        const text = exportedList(operators)
        expect(text.startsWith('\uFEFFcode;nom;prenom;role;rpps\r\n')).toBe(true)
        expect(text.endsWith('\r\n')).toBe(true)
        const { data } = Papa.parse<string[]>(text, { delimiter: ';' })
        expect(data.flat().filter((cell) => formulaStart.test(cell))).toEqual([])
      }),
    )
    const formula = { lastName: '=cmd|"/c calc"!A1', firstName: '@x' }
    const [one] = fc.sample(operator, 1)
    expect(exportedList(one === undefined ? [] : [{ ...one, ...formula }])).toContain(
      `"'=cmd|""/c calc""!A1";"'@x";`,
    )
  })
})
