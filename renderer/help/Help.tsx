import { Printer } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { HelpPage, ViewOf } from '../../electron/ipc/views.ts'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'
import { AboutPage } from './AboutPage.tsx'
import { CardPage } from './CardPage.tsx'
import { CopySheet } from './CopySheet.tsx'
import { JournalPage } from './JournalPage.tsx'
import { keysOf } from './keys.ts'
import { PscPage } from './PscPage.tsx'
import { SheetPage } from './SheetPage.tsx'

type View = ViewOf<'help'>

type PageProps = {
  view: View
  /** Goes to « Fiche de raccordement ». */
  openSheet: () => void
}

const pages: Record<HelpPage, (props: PageProps) => ReactNode> = {
  identify: () => null,
  'psc-card': () => null,
  'psc-e-cps': () => null,
  'link-rpps': () => null,
  card: ({ view }) => <CardPage support={view.support} />,
  cryptolib: () => null,
  'activate-e-cps': () => null,
  certificate: () => null,
  'register-preparateur': () => null,
  'which-card': () => null,
  switch: () => null,
  locked: () => null,
  operators: () => null,
  diagnostic: () => null,
  install: () => null,
  settings: () => null,
  commands: () => null,
  backups: () => null,
  'module-session': () => null,
  psc: ({ view, openSheet }) => <PscPage support={view.support} openSheet={openSheet} />,
  'connection-sheet': ({ view }) => <SheetPage sheet={view.sheet} />,
  journal: ({ view }) => <JournalPage view={view} />,
  about: ({ view }) => <AboutPage view={view} />,
}

/** « Aide », at the page it was asked for, until one goes to another. Only read: Escape closes it. */
export function Help({ view }: { view: View }) {
  const words = texts.help
  const [gone, setGone] = useState({ from: view, to: view.page })
  const page = gone.from === view ? gone.to : view.page
  const heading = useRef<HTMLHeadingElement>(null)
  const go = (to: HelpPage): void => setGone({ from: view, to })
  const openSheet = (): void => {
    go('connection-sheet')
    // The button that was pressed goes with its page.
    heading.current?.focus()
  }
  const title = words.pages[page]
  useTitle(`${title} – ${words.title}`)
  useScanner()
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) window.close()
  })
  const Page = pages[page]
  return (
    <div className="help">
      <header className="help-head">
        <div className="help-title">
          <div>
            <p className="quiet-text">{words.title}</p>
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
          </div>
          <div className="help-ways">
            {page === 'connection-sheet' && <CopySheet />}
            <Button onClick={() => window.print()}>
              <Printer size={18} />
              {words.print}
            </Button>
            <Button onClick={() => window.close()}>{words.close}</Button>
          </div>
        </div>
        <nav aria-label={words.pagesName}>
          <ul className="help-pages">
            {keysOf(pages).map((name) => (
              <li key={name}>
                <button
                  type="button"
                  aria-current={name === page ? 'page' : undefined}
                  onClick={() => go(name)}
                >
                  {words.pages[name]}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <Main key={page}>
        <Page view={view} openSheet={openSheet} />
      </Main>
    </div>
  )
}

/** Each page begins at its top. */
function Main({ children }: { children: ReactNode }) {
  useLayoutEffect(() => window.scrollTo({ top: 0 }), [])
  return <main>{children}</main>
}
