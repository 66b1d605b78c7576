import { useId, useRef } from 'react'
import type { ModuleTile } from '../../electron/ipc/views.ts'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { nextTile } from './grid.ts'
import { Tile } from './Tile.tsx'

type ModuleGridProps = { modules: readonly ModuleTile[]; onOpen: (id: string) => void }

/** The modules: Tab and the arrows go from one to the next, their function keys open them from anywhere. */
export function ModuleGrid({ modules, onOpen }: ModuleGridProps) {
  const heading = useId()
  const list = useRef<HTMLUListElement>(null)

  useKeydown((event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    const module = modules.find(({ shortcut }) => shortcut === event.key)
    if (module === undefined) return
    event.preventDefault()
    if (!event.repeat) onOpen(module.id)
  })

  useKeydown((event) => {
    const tiles = [...(list.current?.querySelectorAll('button') ?? [])]
    const index = tiles.findIndex((tile) => tile === event.target)
    if (index < 0) return
    const target = tiles[nextTile(event.key, index, columnsOf(tiles), tiles.length) ?? -1]
    if (target === undefined) return
    event.preventDefault()
    target.focus()
  })

  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="unseen">
        {texts.launcher.modules}
      </h2>
      {modules.length === 0 ? (
        <Notice tone="info">{texts.launcher.noModule}</Notice>
      ) : (
        <ul className="grid" ref={list}>
          {modules.map((module) => (
            <Tile key={module.id} module={module} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** As many columns as the window's width gives: those whose tiles stand on the first row. */
function columnsOf(tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.getBoundingClientRect().top
  return tiles.filter((tile) => tile.getBoundingClientRect().top === top).length
}
