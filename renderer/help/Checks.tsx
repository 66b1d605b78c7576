import { createContext, useContext, useId } from 'react'
import type { HelpCheck } from '../ui/texts/help/article.ts'
import { Words } from './Words.tsx'

/** What was ticked since « Aide » was opened: one goes to another page, and comes back to one's list. */
export const Ticked = createContext<{
  readonly steps: ReadonlySet<string>
  readonly tick: (step: string, done: boolean) => void
}>({ steps: new Set(), tick: () => undefined })

/** Steps to be ticked, on the screen or on paper, each with what proves it. */
export function Checks({ checks }: { checks: readonly HelpCheck[] }) {
  return (
    <ul className="help-checks">
      {checks.map((check) => (
        <Check key={check.step} {...check} />
      ))}
    </ul>
  )
}

function Check({ step, proof }: HelpCheck) {
  const id = useId()
  const { steps, tick } = useContext(Ticked)
  return (
    <li>
      <input
        type="checkbox"
        aria-labelledby={id}
        checked={steps.has(step)}
        onChange={({ target }) => tick(step, target.checked)}
      />
      <div>
        <p id={id}>
          <Words>{step}</Words>
        </p>
        <p className="quiet-text">
          <Words>{proof}</Words>
        </p>
      </div>
    </li>
  )
}
