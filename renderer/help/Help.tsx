import { ArrowLeft, Printer } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { HelpPage, ViewOf } from '../../electron/ipc/views.ts'
import { Button } from '../ui/Button.tsx'
import { keysOf } from '../ui/keys.ts'
import { texts } from '../ui/texts.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'
import { articlesOf } from './articles.ts'
import { Ticked } from './Checks.tsx'
import { CopySheet } from './CopySheet.tsx'
import { Heading } from './Heading.tsx'
import { Navigation, PageChooser } from './Navigation.tsx'
import { Page } from './Page.tsx'
import { passagesOf } from './passages.ts'
import { Results } from './Results.tsx'
import { createSearch } from './search.ts'
import { SearchField } from './SearchField.tsx'
import { Go } from './Words.tsx'

type View = ViewOf<'help'>

/** What one reads: a page, or the pages that speak of what one looks for. */
type Place = { readonly page: HelpPage; readonly query: string; readonly reading: 'page' | 'results' }

/** « Aide », at the page it was asked for, until one goes to another. Only read: Escape closes it. */
export function Help({ view }: { view: View }) {
  const words = texts.help
  const articles = useMemo(() => articlesOf(view), [view])
  const search = useMemo(
    () =>
      createSearch(
        keysOf(articles).map((page) => ({
          page,
          title: words.pages[page],
          passages: passagesOf(articles[page]),
        })),
      ),
    [articles, words],
  )
  const [gone, setGone] = useState<{ from: View; to: Place } | null>(null)
  const { page, query, reading }: Place =
    gone?.from === view ? gone.to : { page: view.page, query: '', reading: 'page' }
  const put = (to: Partial<Place>): void => setGone({ from: view, to: { page, query, reading, ...to } })
  const go = (to: HelpPage): void => put({ page: to, reading: 'page' })

  const [steps, setSteps] = useState<ReadonlySet<string>>(new Set())
  const ticked = useMemo(
    () => ({
      steps,
      tick: (step: string, done: boolean) =>
        setSteps((before) => new Set(done ? [...before, step] : [...before].filter((each) => each !== step))),
    }),
    [steps],
  )

  const wanted = query.trim()
  const found = useMemo(() => search(wanted), [search, wanted])
  const field = useRef<HTMLInputElement>(null)
  const main = useRef<HTMLElement>(null)
  const title = words.pages[page]
  useTitle(`${title} – ${words.title}`)
  useScanner()

  const seek = (): void => {
    field.current?.focus()
    field.current?.select()
  }
  /** The arrows go from result to result, and back to what was searched for. */
  const step = (by: 1 | -1): void => {
    const buttons = [...(main.current?.querySelectorAll('button') ?? [])]
    const next = buttons[buttons.findIndex((each) => each === document.activeElement) + by]
    if (next === undefined && by === -1) seek()
    else next?.focus()
  }
  useKeydown((event) => {
    const typing = document.activeElement === field.current
    const asked = event.key === 'F1' || (event.ctrlKey && event.key === 'f') || (event.key === '/' && !typing)
    if (asked) {
      event.preventDefault()
      seek()
    } else if (reading === 'results' && event.key === 'ArrowDown') {
      event.preventDefault()
      step(1)
    } else if (reading === 'results' && event.key === 'ArrowUp' && !typing) {
      event.preventDefault()
      step(-1)
    } else if (event.key === 'Escape' && !event.repeat) {
      if (typing && query !== '') put({ query: '', reading: 'page' })
      else window.close()
    }
  })
  const openFirst = (): void => {
    const [first] = found
    if (first !== undefined) go(first.page)
  }

  return (
    <Go value={go}>
      <div className="help">
        <header className="help-head">
          <p className="help-name">{words.title}</p>
          <SearchField
            field={field}
            query={query}
            count={wanted === '' ? null : found.length}
            onQuery={(typed) => put({ query: typed, reading: typed.trim() === '' ? 'page' : 'results' })}
            onEnter={openFirst}
          />
          <div className="help-ways">
            <Button onClick={() => window.print()}>
              <Printer size={18} />
              {words.print}
            </Button>
            <Button onClick={() => window.close()}>{words.close}</Button>
          </div>
          <PageChooser page={page} go={go} />
        </header>
        <Navigation page={page} go={go} />
        <main ref={main} key={reading === 'page' ? page : reading}>
          {reading === 'results' ? (
            <Results query={wanted} found={found} go={go} />
          ) : (
            <>
              <div className="help-title">
                <Heading yields={query === ''}>{title}</Heading>
                {page === 'connection-sheet' && <CopySheet />}
                {wanted !== '' && (
                  <Button onClick={() => put({ reading: 'results' })}>
                    <ArrowLeft size={18} />
                    {words.backToResults(wanted)}
                  </Button>
                )}
              </div>
              <Ticked value={ticked}>
                <Page article={articles[page]} support={view.support} />
              </Ticked>
            </>
          )}
        </main>
      </div>
    </Go>
  )
}
