import { Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import type { HelpPage, ViewOf } from '../../electron/ipc/views.ts'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'
import { CardPage } from './CardPage.tsx'

type View = ViewOf<'help'>

const pages: Record<HelpPage, (view: View) => ReactNode> = {
  card: ({ support }) => <CardPage support={support} />,
}

/** « Aide », at one of its pages. Only read: Escape closes it. */
export function Help({ view }: { view: View }) {
  const words = texts.help
  const title = words.pages[view.page]
  useTitle(`${title} – ${words.title}`)
  useScanner()
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) window.close()
  })
  return (
    <div className="help">
      <header className="help-head">
        <div>
          <p className="quiet-text">{words.title}</p>
          <h1>{title}</h1>
        </div>
        <div className="help-ways">
          <Button onClick={() => window.print()}>
            <Printer size={18} />
            {words.print}
          </Button>
          <Button onClick={() => window.close()}>{words.close}</Button>
        </div>
      </header>
      <main key={view.page}>{pages[view.page](view)}</main>
    </div>
  )
}
