import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { openDesk, toldToReaders, type Desk } from './desk.ts'
import { importPreparateur, journalKinds, preparateur, titulaire, verifyJournal } from './people.ts'
import { comptoir, endProgram, linesOf, listeners, processesOf } from './program.ts'
import { until, type Proof } from './proof.ts'
import type { Root } from './root.ts'
import type { Running } from './told.ts'

/** Where pictures go, numbered in the order of the story. */
export type Pictures = (desk: Desk, name: string) => Promise<void>

const code = 'K7QX-2MPD-93VA'
const codeFile = '/root/code-titulaire.txt'

export const launcher = 'Comptoir — '
const firstRun = 'Créer le titulaire'
const identification = 'Identification'
const mainWords = [toldToReaders]

/** Starts the program in somebody's session. */
export function startProgram(root: Root, desk: Desk, ...words: readonly string[]): Running {
  return root.start(['comptoir', ...mainWords, ...words], { user: desk.user, env: desk.env })
}

/** What a counter does on its first morning, in the installed program, with the sandbox on. */
export async function proveFirstMorning(proof: Proof, root: Root, picture: Pictures): Promise<void> {
  await proveCodeKept(proof, root)
  const desk = await openDesk(root, 'officine')
  const looking = lookingAt(proof, desk, picture)
  const { that, note } = looking
  try {
    const running = startProgram(root, desk)
    const shown = await that('an ordinary account opens it, and its window is seen', async () => {
      await desk.seen(launcher).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${running.said()}`)
      })
      await desk.says(launcher, "Ce poste n'a pas encore d'opérateur.")
      await picture(desk, 'launcher')
    })
    if (!shown) return
    await proveSandbox(looking, root)
    await that('the card’s pill tells what lacks on a machine without PC/SC', async () => {
      const pill = await desk.says(launcher, 'Cryptolib absente')
      note(pill.name)
    })
    await proveFirstTitulaire(looking, desk, picture)
    await that('who has just been created logs in by code and password', async () => {
      await identify(desk, picture, titulaire)
      await connected(desk, picture, titulaire)
    })
    await that('an administrator adds somebody from a list while the program runs', () =>
      importPreparateur(root),
    )
    await proveSingle(looking, root, desk)
    await that('it listens on no port, while nobody goes to Pro Santé Connect', async () => {
      assert.deepEqual(await listeners(root), [])
    })
    await that('closing the launcher ends it, with 0', async () => {
      await desk.press(launcher, 'push button', 'Déconnecter')
      await desk.says(launcher, 'Aucun opérateur connecté')
      await desk.key('alt+F4')
      assert.equal((await running.ended).code, 0)
      assert.deepEqual(await processesOf(root), [])
    })
    await that('the journal tells it, in a chain that holds', async () => {
      const kinds = await journalKinds(root)
      note(kinds.join(', '))
      const wanted = [
        'program.started',
        'operator.created',
        'session.connected',
        'session.ended',
        'program.stopped',
      ]
      assert.deepEqual(
        wanted.filter((kind) => !kinds.includes(kind)),
        [],
      )
      await verifyJournal(root)
    })
  } finally {
    await endProgram(root)
    await desk.close()
  }
  await proveOtherAccount(proof, root, picture)
}

/** The workstation's other account has the same operators and journal: what one has written, the other writes on. */
async function proveOtherAccount(proof: Proof, root: Root, picture: Pictures): Promise<void> {
  const desk = await openDesk(root, 'stagiaire')
  const { that } = lookingAt(proof, desk, picture)
  try {
    await that(
      'another account of the workstation opens it, and somebody chooses their password and logs in there',
      async () => {
        const before = await journalKinds(root)
        const running = startProgram(root, desk)
        await identify(desk, picture, preparateur)
        await desk.says(identification, 'ce mot de passe est provisoire')
        await desk.write(identification, 'Mot de passe', preparateur.own)
        await desk.write(identification, 'Mot de passe, une seconde fois', preparateur.own)
        await desk.key('Return')
        await connected(desk, picture, preparateur)
        await desk.press(launcher, 'push button', 'Déconnecter')
        await desk.says(launcher, 'Aucun opérateur connecté')
        await desk.key('alt+F4')
        assert.equal((await running.ended).code, 0)
        const since = (await journalKinds(root)).slice(before.length)
        assert.ok(since.includes('session.connected'), since.join())
        await verifyJournal(root)
      },
    )
  } finally {
    await endProgram(root)
    await desk.close()
  }
}

async function proveCodeKept({ that }: Proof, root: Root): Promise<void> {
  await that(
    'comptoir prepare keeps a one-time code for the first titulaire, and writes it nowhere',
    async () => {
      await writeFile(root.path(codeFile), `${code}\n`, { mode: 0o600 })
      const told = await comptoir(root, ['prepare', '--code-file', codeFile])
      assert.equal(told.code, 0, told.errors)
      const forms = ['-e', code, '-e', code.replaceAll('-', '')]
      const places = ['/etc/comptoir', '/var/lib/comptoir', '/var/log']
      assert.equal((await root.run(['grep', '-rliF', ...forms, ...places])).out, '')
    },
  )
}

/** The same proof, with a picture of what was on the screen when something failed. */
function lookingAt(proof: Proof, desk: Desk, picture: Pictures): Proof {
  return {
    ...proof,
    that: (what, work) =>
      proof.that(what, () =>
        work().catch(async (error: unknown) => {
          await picture(desk, 'failed')
          throw error
        }),
      ),
  }
}

async function proveSandbox({ that, note }: Proof, root: Root): Promise<void> {
  await that(
    'its pages are in Chromium’s sandbox: seccomp filters, and a namespace where they see themselves only',
    async () => {
      const renderers = await until('a page', async () => {
        const found = (await processesOf(root)).filter(({ type }) => type === 'renderer')
        return found.length > 0 && found
      })
      note(
        renderers.map(({ pid, seccomp, depth }) => `${pid}: seccomp ${seccomp}, depth ${depth}`).join('; '),
      )
      for (const { seccomp, depth } of renderers) {
        assert.equal(seccomp, 2)
        assert.ok(depth > 1, 'in the pid namespace of all')
      }
    },
  )
  await that('no process of it runs without the sandbox, nor as root', async () => {
    const processes = await processesOf(root)
    assert.ok(processes.length > 2)
    const open = processes.filter(({ arguments: words }) => words.includes('--no-sandbox'))
    assert.deepEqual(open, [])
    assert.deepEqual(
      processes.filter(({ userId }) => userId === 0),
      [],
    )
  })
}

async function proveFirstTitulaire({ that }: Proof, desk: Desk, picture: Pictures): Promise<void> {
  const fill = async (typed: string): Promise<void> => {
    await desk.write(firstRun, 'Prénom', titulaire.firstName)
    await desk.write(firstRun, 'Nom', titulaire.lastName)
    await desk.write(firstRun, 'Code opérateur', titulaire.code)
    await desk.write(firstRun, 'Mot de passe', titulaire.password)
    await desk.write(firstRun, 'Mot de passe, une seconde fois', titulaire.password)
    await desk.write(firstRun, "Code d'installation", typed)
  }
  await that('a wrong installation code creates nobody', async () => {
    await desk.press(launcher, 'push button', 'Créer le titulaire')
    await desk.seen(firstRun)
    await picture(desk, 'first-run')
    await fill('PASLEBONCODE')
    await desk.key('Return')
    await desk.says(firstRun, "Ce n'est pas le code d'installation de ce poste.")
    await picture(desk, 'wrong-installation-code')
  })
  await that('the installation code creates the first titulaire', async () => {
    await desk.write(firstRun, "Code d'installation", code.toLowerCase())
    await picture(desk, 'first-titulaire')
    await desk.key('Return')
    await desk.gone(firstRun)
    await desk.says(launcher, 'Le titulaire est créé.')
  })
}

/** Somebody's code and password, typed in the window of the identification. */
async function identify(
  desk: Desk,
  picture: Pictures,
  who: { code: string; password: string },
): Promise<void> {
  await desk.press(launcher, 'push button', "S'identifier")
  await desk.seen(identification)
  await desk.write(identification, 'Code opérateur', who.code)
  await desk.key('Return')
  await desk.write(identification, 'Mot de passe', who.password)
  await picture(desk, 'identification')
  await desk.key('Return')
}

async function connected(desk: Desk, picture: Pictures, { code }: { code: string }): Promise<void> {
  await desk.says(launcher, `Opérateur « ${code} »`)
  await picture(desk, 'connected')
}

async function proveSingle({ that }: Proof, root: Root, desk: Desk): Promise<void> {
  await that('a second start brings the first to the front, and ends with 0', async () => {
    const before = await processesOf(root)
    await desk.minimise(launcher)
    await until('the launcher minimised', async () => !(await desk.sees(launcher)))
    const second = await startProgram(root, desk).ended
    assert.equal(second.code, 0, linesOf(second.errors).join('\n'))
    await desk.seen(launcher)
    await until('the launcher in front', () => desk.isActive(launcher))
    const browsers = (await processesOf(root)).filter(({ type }) => type === 'browser')
    assert.deepEqual(
      browsers.map(({ pid }) => pid),
      before.filter(({ type }) => type === 'browser').map(({ pid }) => pid),
    )
  })
}
