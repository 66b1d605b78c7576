import { CircleCheck, TriangleAlert } from 'lucide-react'
import { LiveRegion } from './LiveRegion.tsx'
import { texts } from './texts.ts'
import type { Score } from './useScore.ts'

/** A full bar is half as much again as what is asked for (product.md §3.1: 50 bits). */
const fullBits = 75

/** How hard the password is to guess: a bar, a word, and what would help. */
export function Strength({ score }: { score: Score | null }) {
  const words = texts.firstRun
  return (
    <div className="strength">
      <meter
        aria-label={words.strengthLabel}
        className={score?.enough === true ? 'enough' : 'weak'}
        min={0}
        max={fullBits}
        value={Math.min(score?.bits ?? 0, fullBits)}
      />
      <LiveRegion kind="status">
        {score !== null && (
          <p className={score.enough ? 'verdict enough' : 'verdict weak'}>
            {score.enough ? <CircleCheck size={16} /> : <TriangleAlert size={16} />}
            <span>
              <strong>{score.enough ? words.strength.enough : words.strength.weak}</strong>
              {score.advice !== null && ` ${score.advice}`}
            </span>
          </p>
        )}
      </LiveRegion>
    </div>
  )
}
