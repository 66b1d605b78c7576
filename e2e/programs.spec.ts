import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dismiss, told } from './support/alerts.ts'
import {
  comeIn,
  expectNoQuestion,
  pidsOf,
  programModule,
  startWith,
  switchTo,
  tile,
} from './support/counter.ts'
import { rowOfReference, stopped, story } from './support/story.ts'
import { expect, onlyOnLinux, test } from './support/test.ts'

test.describe('A program that does not start @modules', () => {
  test('is told with what to do and a reference, and opens nothing', async ({ workstation }) => {
    const notExecutable = join(workstation.dataDir, 'logiciel.txt')
    await writeFile(notExecutable, 'du texte')
    const { program, launcher } = await startWith(workstation, [
      programModule('absent', 'Absent', '/nulle/part/logiciel'),
      programModule('texte', 'Texte', notExecutable),
      programModule('dossier', 'Dossier', workstation.dataDir),
      programModule('bref', 'Bref', '/bin/false'),
    ])
    const call = 'appelez votre assistance'
    const expected = [
      [
        'Absent',
        '/nulle/part/logiciel est introuvable.',
        `Vérifiez que ce logiciel est installé, ou ${call}.`,
      ],
      [
        'Texte',
        `${notExecutable} n'est pas un programme que ce poste peut lancer.`,
        'Appelez votre assistance.',
      ],
      ['Dossier', "n'est pas un programme que ce poste peut lancer.", 'Appelez votre assistance.'],
    ] as const
    const reasons = ['missing', 'not-executable', 'not-executable', 'ended-at-once']

    await tile(launcher, 'Absent').click()
    await comeIn(workstation, program, '1')
    for (const [label, what, remedy] of expected) {
      if (label !== 'Absent') await tile(launcher, label).click()
      const sentence = await told(launcher, what)
      expect(sentence).toContain(`«\u00A0${label}\u00A0» ne s'ouvre pas\u00A0: `)
      expect(sentence).toContain(remedy)
      await expect.poll(() => rowOfReference(workstation, sentence)?.kind).toBe('module.failed')
      await expect(tile(launcher, label)).not.toHaveAccessibleDescription('Ouvert')
      await dismiss(launcher)
    }
    await tile(launcher, 'Bref').click()
    const brief = await told(launcher, "«\u00A0Bref\u00A0» s'est arrêté aussitôt ouvert (code 1).")
    expect(brief).toContain(`Réessayez\u00A0; si cela se répète, ${call}.`)
    await expect.poll(() => rowOfReference(workstation, brief)?.module).toBe('bref')
    await expect(tile(launcher, 'Bref')).not.toHaveAccessibleDescription('Ouvert')
    await expectNoQuestion(program)
    await program.stop()

    expect(workstation.journal().flatMap(({ details }) => details['reason'] ?? [])).toEqual([
      ...reasons,
      'program-closed',
    ])
    expect(story(workstation).slice(-4)).toEqual([
      'module.left 1 bref same-operator',
      'module.failed 1 bref ended-at-once',
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})

test.describe('A program that is open @modules', () => {
  // `xdotool search --pid N windowactivate` takes « windowactivate » for the pattern: native/window/bring-forward.ts.
  test('comes forward by its tile', async ({ workstation }) => {
    onlyOnLinux('xdotool')
    // The demonstration's own: a real window, of another program.
    await workstation.settings((settings) => ({
      ...settings,
      modules: (settings.modules ?? []).filter(({ id }) => id === 'ventes'),
    }))
    const program = await workstation.start()
    const launcher = await program.window('launcher')
    await tile(launcher, 'Ventes').click()
    await comeIn(workstation, program, '1')
    await expect.poll(activeWindow, { timeout: 15_000 }).toBe('Ventes')
    await expect(tile(launcher, 'Ventes')).toHaveAccessibleDescription('Ouvert')
    const [pid = 0, ...more] = pidsOf(program, '--module-label=Ventes')
    try {
      expect(more).toEqual([])
      // With the system's own keys: a window manager gives the focus by the time of what the user last did.
      xdotool('search', '--onlyvisible', '--name', '^Comptoir — ', 'windowactivate')
      await expect.poll(activeWindow).toBe('Comptoir — PHARMACIE DU TEST')
      xdotool('key', 'F2')
      await expect.poll(activeWindow).toBe('Ventes')
      expect(pidsOf(program, '--module-label=Ventes')).toEqual([pid])
      await program.stop()
    } finally {
      process.kill(pid)
    }
    expect(story(workstation)).toEqual([
      'identification.succeeded 1 ventes',
      'session.connected 1',
      'module.opened 1 ventes program',
      'session.ended 1 program-closed',
      stopped,
    ])
  })

  test('in the name of another operator, is refused to the next one', async ({ workstation }) => {
    const { program, launcher } = await startWith(workstation, [
      programModule('ventes', 'Ventes', '/bin/sleep', ['20.3001']),
    ])
    await tile(launcher, 'Ventes').click()
    await comeIn(workstation, program, '1')
    await switchTo(workstation, program, '2')
    await expect(tile(launcher, 'Ventes')).toHaveAccessibleDescription(
      'Ouvert au nom de PATRICIA ADJOINTPHARM',
    )
    await tile(launcher, 'Ventes').click()
    const sentence = await told(
      launcher,
      '«\u00A0Ventes\u00A0» est encore ouvert au nom de PATRICIA ADJOINTPHARM.',
    )
    expect(sentence).toContain('Fermez-le avant de le rouvrir à votre nom.')
    await expect.poll(async () => (await workstation.log()).includes(referenceIn(sentence))).toBe(true)
    const [pid = 0, ...more] = pidsOf(program, '20.3001')
    expect(more).toEqual([])
    await program.stop()
    process.kill(pid)
    expect(story(workstation).filter((row) => row.startsWith('module.'))).toEqual([
      'module.opened 1 ventes program',
    ])
  })

  test('has nothing of ours, and survives us', async ({ workstation }) => {
    await workstation.settings((settings) => ({
      ...settings,
      modules: [programModule('ventes', 'Ventes', '/bin/sleep', ['60.2001'])],
    }))
    const env = { NODE_OPTIONS: '--no-deprecation', ELECTRON_NO_ATTACH_CONSOLE: '1', OFFICINE: 'du test' }
    const program = await workstation.start({ env })
    const launcher = await program.window('launcher')
    await tile(launcher, 'Ventes').click()
    await comeIn(workstation, program, '1')
    await expect(tile(launcher, 'Ventes')).toHaveAccessibleDescription('Ouvert')
    const [pid = 0] = pidsOf(program, '60.2001')
    try {
      const open = readdirSync(`/proc/${pid}/fd`).map((number) => readlinkSync(`/proc/${pid}/fd/${number}`))
      expect(open.length).toBeGreaterThanOrEqual(3)
      expect([...new Set(open)]).toEqual(['/dev/null'])
      const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .map((variable) => variable.split('=')[0] ?? '')
      expect(names).toContain('OFFICINE')
      expect(names.filter((name) => /^(?:COMPTOIR_|ELECTRON_|NODE_OPTIONS)/u.test(name))).toEqual([])
      await program.stop()
    } finally {
      // Throws when it has not survived.
      process.kill(pid)
    }
    expect(story(workstation)).toEqual([
      'identification.succeeded 1 ventes',
      'session.connected 1',
      'module.opened 1 ventes program',
      'session.ended 1 program-closed',
      stopped,
    ])
  })
})

/** The title of the window that has the focus, whichever program it belongs to; empty when none has. */
function activeWindow(): string {
  try {
    return xdotool('getactivewindow', 'getwindowname').trim()
  } catch {
    return ''
  }
}

function xdotool(...args: string[]): string {
  return execFileSync('xdotool', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

function referenceIn(sentence: string): string {
  return /Réf\. (\S+)/u.exec(sentence)?.[1] ?? 'no reference'
}
