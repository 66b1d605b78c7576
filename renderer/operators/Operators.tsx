import { Download, FileUp, UserPlus, Users } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { OperatorSheet } from '../../electron/ipc/operator-views.ts'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { PasswordDialog } from '../ui/PasswordDialog.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'
import type { Asking, Desk, Given } from './asking.ts'
import { Chooser } from './Chooser.tsx'
import { Foreseen } from './Foreseen.tsx'
import { GivenPassword } from './GivenPassword.tsx'
import { Import } from './Import.tsx'
import { LeaveQuestion } from './LeaveQuestion.tsx'
import { OperatorForm } from './OperatorForm.tsx'
import { Sheet } from './Sheet.tsx'
import { placeOf } from './TeamList.tsx'
import { useReturns } from './useReturns.ts'

/** What stands beside the list. */
type Place =
  | { readonly kind: 'none' | 'new' | 'import' }
  | { readonly kind: 'sheet'; readonly id: string; readonly focused: boolean }
  | { readonly kind: 'edit'; readonly sheet: OperatorSheet }

/** « Opérateurs »: the list, and beside it one of them, somebody new or a list to import. */
export function Operators({ view }: { view: ViewOf<'operators'> }) {
  const words = texts.operators
  const bridge = bridgeOf('operators')
  const exporting = useCall('single')
  const [place, setPlace] = useState<Place>({ kind: 'none' })
  /** Counts the places gone to: a form is another one each time. */
  const [turn, setTurn] = useState(0)
  const [wanted, setWanted] = useState<Place | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [given, setGiven] = useState<Given | null>(null)
  const [told, setTold] = useState<string | null>(null)
  const [barcode, setBarcode] = useState(false)
  const edited = useRef(false)
  /** Gone back to the list, which has the focus once it is there: in one column it was hidden. */
  const returning = useRef(false)
  const search = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  // Both only grow: another sum, and everything is read again.
  const version = view.version + useReturns()

  useTitle(words.title)
  useScanner((field) => setBarcode(field !== null))

  useLayoutEffect(() => {
    if (!returning.current) return
    returning.current = false
    // Where nobody is found, the search is where one begins again.
    const back = placeOf(list.current) ?? search.current
    back?.focus()
  })

  const go = (next: Place): void => {
    edited.current = false
    setWanted(null)
    setBarcode(false)
    setPlace(next)
    setTurn((count) => count + 1)
    returning.current = next.kind === 'none'
  }
  /** The same, once it is certain that what was typed may go. */
  const leaveFor = (next: Place): void => {
    setTold(null)
    if (edited.current) setWanted(next)
    else go(next)
  }
  const openSheet = (id: string, focused: boolean): void => leaveFor({ kind: 'sheet', id, focused })
  const back = (): void =>
    leaveFor(place.kind === 'edit' ? { kind: 'sheet', id: place.sheet.id, focused: true } : { kind: 'none' })

  useKeydown((event) => {
    if (event.key !== 'Escape' || event.repeat || place.kind === 'none') return
    // It would close the question that it may ask.
    event.preventDefault()
    back()
  })

  const desk: Desk = {
    ask: (next) => {
      setTold(null)
      setBarcode(false)
      setAsking(next)
    },
    tell: setTold,
    give: setGiven,
  }
  const exportList = (): void => {
    setTold(null)
    void exporting.run(async () => {
      const answer = await bridge.exportOperators()
      if (answer.ok && answer.value !== null) setTold(words.exported(answer.value.name, answer.value.rows))
      return answer
    })
  }

  return (
    <div className={place.kind === 'none' ? 'operators' : 'operators aside-open'}>
      <header className="operators-head">
        <h1>
          <Users size={22} strokeWidth={1.75} />
          {words.title}
        </h1>
        <div className="operators-ways">
          <Button look="primary" onClick={() => leaveFor({ kind: 'new' })}>
            <UserPlus size={18} />
            {words.newOperator}
          </Button>
          <Button onClick={() => leaveFor({ kind: 'import' })}>
            <FileUp size={18} />
            {words.import}
          </Button>
          <Button busy={exporting.busy} onClick={exportList}>
            <Download size={18} />
            {words.export}
          </Button>
          <HelpLink page="operators" openHelp={bridge.openHelp} inRow />
        </div>
      </header>
      <Foreseen today={view.today} version={version} onOpen={(id) => openSheet(id, true)} />
      <div className="operators-told">
        <LiveRegion kind="status">
          {told !== null && <Notice tone="info">{told}</Notice>}
          {barcode && asking === null && <Notice tone="watch">{words.barcode}</Notice>}
        </LiveRegion>
        <Failure error={exporting.failure} />
      </div>
      <main className="operators-body">
        <Chooser
          version={version}
          opened={place.kind === 'sheet' ? place.id : place.kind === 'edit' ? place.sheet.id : null}
          search={search}
          list={list}
          onOpen={openSheet}
        />
        <div className="aside">
          {place.kind === 'none' && (
            <div className="aside-empty">
              <Users size={40} strokeWidth={1.25} />
              <p>{words.choose}</p>
              <p className="quiet-text">{words.chooseKeys}</p>
            </div>
          )}
          {place.kind === 'sheet' && (
            <Sheet
              key={place.id}
              id={place.id}
              version={version}
              desk={desk}
              ownCode={view.operator.code}
              focus={place.focused ? place : null}
              onEdit={(sheet) => leaveFor({ kind: 'edit', sheet })}
              onBack={back}
            />
          )}
          {(place.kind === 'new' || place.kind === 'edit') && (
            <OperatorForm
              key={turn}
              sheet={place.kind === 'edit' ? place.sheet : null}
              titulaire={view.titulaire}
              ownCode={view.operator.code}
              desk={desk}
              onEdited={(now) => {
                edited.current = now
              }}
              onDone={(id) => go({ kind: 'sheet', id, focused: true })}
              onCancel={back}
            />
          )}
          {place.kind === 'import' && (
            <Import
              key={turn}
              desk={desk}
              onEdited={(now) => {
                edited.current = now
              }}
              onClose={back}
            />
          )}
        </div>
      </main>
      {asking !== null && view.connected && (
        <PasswordDialog
          title={asking.title}
          name={view.operator.name}
          submit={asking.submit}
          barcode={barcode}
          onPassword={(password) => {
            setBarcode(false)
            return asking.perform(password)
          }}
          onClose={() => setAsking(null)}
        >
          {asking.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </PasswordDialog>
      )}
      {asking === null && given !== null && <GivenPassword given={given} onNoted={() => setGiven(null)} />}
      {wanted !== null && <LeaveQuestion onKeep={() => setWanted(null)} onLeave={() => go(wanted)} />}
    </div>
  )
}
