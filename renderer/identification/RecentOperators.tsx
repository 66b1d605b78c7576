import { LiveRegion } from '../ui/LiveRegion.tsx'
import { recentTexts } from '../ui/texts/identification-recent.ts'
import type { RecentChoice } from './useRecentOperators.ts'

/**
 * Who came in lately here: one press fills in the code. Outside the order of Tab: arrows in the field of the code, which
 * is described by how they do it, or Alt and a figure.
 */
export function RecentOperators({ choice }: { choice: RecentChoice }) {
  const { recent, matching, reached, help, choose } = choice
  return (
    <div className="recent">
      <p className="recent-title">
        {recentTexts.title}
        <kbd aria-hidden="true">↓</kbd>
      </p>
      <p id={help} hidden>
        {recentTexts.how}
      </p>
      <ul aria-label={recentTexts.title}>
        {recent.map(({ code, name }, index) => (
          <li key={code}>
            <button
              type="button"
              tabIndex={-1}
              className={matching.includes(code) ? 'matching' : undefined}
              aria-keyshortcuts={`Alt+${index + 1}`}
              title={recentTexts.tip(name, index + 1)}
              // The focus stays where one types.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(code)}
            >
              <span className="one-line">{name}</span>
              <span className="recent-code">
                <span className="unseen">{recentTexts.code}</span>
                {code}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <LiveRegion kind="status" className="unseen">
        {reached !== null && recentTexts.operator(reached.name, reached.code)}
      </LiveRegion>
    </div>
  )
}
