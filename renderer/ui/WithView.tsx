import type { ReactNode } from 'react'
import type { ViewOf, WindowRole } from '../../electron/ipc/views.ts'
import { Failure } from './Failure.tsx'
import { useView } from './useView.ts'

type WithViewProps<R extends WindowRole> = { of: R; children: (view: ViewOf<R>) => ReactNode }

/** Draws the page once there is something to show, and says why when there never will be. */
export function WithView<R extends WindowRole>({ of, children }: WithViewProps<R>) {
  const { view, failure } = useView(of)
  if (view !== null) return children(view)
  if (failure === null) return null
  return (
    <main className="dialog-body">
      <Failure error={failure} />
    </main>
  )
}
