import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { openSc } from '../../e2e/support/card/opensc.ts'
import { startPcsc } from '../../e2e/support/card/pcscd.ts'
import { makeCard } from '../../e2e/support/card/pki.ts'
import { recordPill, type Said } from '../../e2e/support/card-pill.ts'
import { startProgram } from '../../e2e/support/program.ts'
import { root } from '../bootstrap/places.mjs'
import { electronExecutable } from '../electron-arguments.ts'
import { eventually, type CardWorkstation } from './card-workstation.ts'

/** What PC/SC has said of a reader, and when. */
type Event = { readonly reader: string; readonly present: boolean; readonly at: number }

const reading = 'Lecture de la carte…'
const empty = 'Lecteur sans carte'
const holder = 'Carte CPS · ADJOINTPHARM'

/**
 * Milliseconds from what PC/SC says of a reader, to who listens to it beside Comptoir, to what the pill makes of it:
 * `times` insertions and as many removals, with OpenSC for Cryptolib.
 */
export async function measureEvents({ settings }: CardWorkstation, times: number): Promise<number[]> {
  const place = await settings({ modulePath: openSc() })
  const card = await makeCard('pharmacist', { series: 'real' })
  const pcsc = await startPcsc()
  const events: Event[] = []
  const [command, args] = pcsc.inside(process.execPath, [join(root, 'scripts/bench/card-listener.ts')])
  const listener = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  listener.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
    for (const line of text.split('\n').slice(0, -1)) events.push(JSON.parse(line))
    text = text.slice(text.lastIndexOf('\n') + 1)
  })
  const program = await startProgram({ ...place, executable: await pcsc.executable(electronExecutable()) })
  try {
    const pill = await recordPill(await program.window('launcher'))
    const said: Said[] = []
    const saidSince = async (from: number, wanted: string): Promise<Said> =>
      eventually(wanted, async () => {
        said.push(...(await pill.said()))
        return said.find(({ at, text }) => at >= from && text === wanted)
      })
    const told = (from: number, present: boolean): Promise<Event> =>
      eventually('PC/SC', () =>
        events.find(
          (event) => event.at >= from && event.reader === pcsc.readers[0] && event.present === present,
        ),
      )

    await saidSince(0, empty)
    const delays: number[] = []
    for (let time = 0; time < times; time += 1) {
      const before = Date.now()
      await pcsc.insert(0, { kind: 'cpx', card })
      delays.push((await saidSince(before, reading)).at - (await told(before, true)).at)
      await saidSince(before, holder)
      const later = Date.now()
      await pcsc.remove(0)
      delays.push((await saidSince(later, empty)).at - (await told(later, false)).at)
    }
    return delays
  } finally {
    await program.stop()
    listener.kill('SIGKILL')
    await pcsc.stop()
  }
}
