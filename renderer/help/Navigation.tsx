import { useId } from 'react'
import type { HelpPage } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'
import { groups } from './groups.ts'
import { isPage } from './passages.ts'

type NavigationProps = { page: HelpPage; go: (page: HelpPage) => void }

/** All pages, in a column beside what one reads. */
export function Navigation({ page, go }: NavigationProps) {
  const id = useId()
  return (
    <nav className="help-pages" aria-label={texts.help.pagesName}>
      {groups.map(({ title, pages }, index) => (
        <div key={title}>
          <p id={`${id}${index}`}>{title}</p>
          <ul aria-labelledby={`${id}${index}`}>
            {pages.map((name) => (
              <li key={name}>
                <button
                  type="button"
                  aria-current={name === page ? 'page' : undefined}
                  onClick={() => go(name)}
                >
                  {texts.help.pages[name]}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

/** The same in a narrow window, where a column would leave no room to read. */
export function PageChooser({ page, go }: NavigationProps) {
  return (
    <select
      className="help-chooser input"
      aria-label={texts.help.pagesName}
      value={page}
      onChange={({ target }) => {
        if (isPage(target.value)) go(target.value)
      }}
    >
      {groups.map(({ title, pages }) => (
        <optgroup key={title} label={title}>
          {pages.map((name) => (
            <option key={name} value={name}>
              {texts.help.pages[name]}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  )
}
