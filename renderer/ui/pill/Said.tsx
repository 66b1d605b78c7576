import type { LucideIcon } from 'lucide-react'

/** How grave a state is. `mend`: nothing works until it is put right. */
export type Tone = 'neutral' | 'fine' | 'watch' | 'mend'

type SaidProps = { text: string; remedy: string | null; tone: Tone; Shape: LucideIcon }

/** What is the matter and what to do, with the shape of its tone. */
export function Said({ text, remedy, tone, Shape }: SaidProps) {
  return (
    <div className={`said ${tone}`}>
      <Shape size={22} />
      <div>
        <p className="what">{text}</p>
        {remedy !== null && <p>{remedy}</p>}
      </div>
    </div>
  )
}
