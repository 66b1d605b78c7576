import { join } from 'node:path'
import { makeCard } from '../../e2e/support/card/pki.ts'
import { startSimulation, type Control } from '../../e2e/support/card/simulated-cryptolib.ts'
import { measureEvents } from './card-events.ts'
import { measureCardProcess, type CardProcessFigures } from './card-process.ts'
import { cardWorkstation } from './card-workstation.ts'
import { startScreen } from './screen.ts'
import { measureStart, type Start } from './startup.ts'
import { differencesOf, quantileOf, summaryOf } from './statistics.ts'
import { row, type Row } from './table.ts'

/** What the card costs. Times in milliseconds. */
export type CardFigures = CardProcessFigures & {
  /** From what PC/SC says to what the pill says. */
  readonly events: readonly number[]
  readonly starts: Readonly<Record<Kind, readonly Start[]>>
}

/** `without`: `card.enabled` is false. `slow`: Cryptolib takes 5 s to initialise. */
const kinds = ['without', 'slow', 'with'] as const
type Kind = (typeof kinds)[number]

const slowMs = 5000
/** Half of them insertions. */
const eventsWanted = 50

/** Measures in `folder`, which is the caller's to remove. */
export async function measureCard(folder: string, rounds: number): Promise<CardFigures> {
  const workstation = await cardWorkstation(folder)
  const events = await measureEvents(workstation, eventsWanted / 2)

  const cards = await Promise.all([
    makeCard('pharmacist', { series: 'real' }),
    makeCard('student', { series: 'real' }),
  ])
  const simulation = await startSimulation(join(folder, 'cryptolib'), cards)
  const { modulePath } = simulation
  const processFigures = await measureCardProcess(
    { place: await workstation.settings({ modulePath }), simulation, cards },
    Math.ceil(rounds / 3),
  )

  const inserted: Control = { readers: [{ name: 'Lecteur', content: { card: cards[0] } }] }
  const starts: Record<Kind, Start[]> = { without: [], slow: [], with: [] }
  const screen = await startScreen()
  for (let round = 0; round <= rounds; round += 1) {
    for (const kind of rotated(round)) {
      simulation.set(kind === 'slow' ? { ...inserted, faults: [slow] } : inserted)
      const { config, dataDir } = await workstation.settings({ enabled: kind !== 'without', modulePath })
      const environment = { COMPTOIR_CONFIG: config, COMPTOIR_DATA_DIR: dataDir }
      const start = await measureStart('comptoir', folder, environment, screen)
      // The first round warms the disk's cache.
      if (round > 0) starts[kind].push(start)
    }
  }
  await screen.stop()
  return { events, ...processFigures, starts }
}

/** Whatever one start leaves to the next, each kind has its share of it. */
function rotated(round: number): readonly Kind[] {
  const first = round % kinds.length
  return [...kinds.slice(first), ...kinds.slice(0, first)]
}

const slow = { in: 'C_Initialize', kind: 'delay', milliseconds: slowMs } as const

/** The figures as the table shows them. */
export function cardRows({ events, own, recovery, rest, hang, starts }: CardFigures): Row[] {
  const usable = (kind: Kind): number[] => starts[kind].map((start) => start.usable)
  const memory = (kind: Kind): number[] => starts[kind].map((start) => start.memory)
  const late = quantileOf(events, 0.95)
  const without = summaryOf(usable('without'))
  const beside = summaryOf(usable('slow'))
  return [
    {
      what: `card: reader event to pill, p95 of ${events.length}`,
      measured: `${late.toFixed(0)} ms (median ${quantileOf(events, 0.5).toFixed(0)})`,
      target: '≤ 300 ms',
      reached: late <= 300,
    },
    row("card: Cryptolib's last answer to the holder", summaryOf(own), 50, ' ms'),
    row('card: crash noticed to the card again', summaryOf(recovery), 1500, ' ms'),
    {
      what: 'card: longest block of main, Cryptolib hanging',
      measured: `${hang.blocks.felt.toFixed(0)} ms (${hang.blocks.own.toFixed(0)} of its own)`,
      target: '≤ 20 ms',
      reached: hang.blocks.felt <= 20,
    },
    row('card: the identification shown meanwhile', summaryOf(hang.identification), 50, ' ms'),
    {
      what: 'card: processor of its process at rest',
      measured: `${(rest * 100).toFixed(2)} % of a core`,
      target: '≤ 0.2 %',
      reached: rest <= 0.002,
    },
    {
      what: `card: launcher usable, Cryptolib taking ${slowMs / 1000} s`,
      measured: `${beside.median.toFixed(0)} ms (without card ${without.median.toFixed(0)})`,
      target: `≤ ${without.high.toFixed(0)} ms, the spread without`,
      reached: beside.median <= without.high,
    },
    row('card: memory', summaryOf(differencesOf(memory('with'), memory('without'))), 25, ' MB'),
  ]
}
