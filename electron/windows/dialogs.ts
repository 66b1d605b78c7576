import type { BrowserWindow } from 'electron'
import type { ViewOf } from '../ipc/views.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { dayTexts } from '../../renderer/ui/texts/day.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'

const still = { minimizable: false, maximizable: false, fullscreenable: false } as const

/** « Créer le titulaire », over the launcher. */
export function openFirstRun(
  windows: AppWindows,
  near: BrowserWindow,
  view: ViewOf<'first-run'>,
): AppWindow<'first-run'> {
  return revealed(
    windows.create({
      role: 'first-run',
      title: texts.firstRun.title,
      width: 620,
      height: view.installationCode === 'not-asked' ? 724 : 840,
      near,
      view: () => view,
      options: { parent: near, ...still },
    }),
  )
}

/** « Fermer Comptoir ? », when modules are still open, or « Fermer la journée ? ». */
export function openClosing(
  windows: AppWindows,
  near: BrowserWindow,
  view: () => ViewOf<'closing'>,
): AppWindow<'closing'> {
  return revealed(
    windows.create({
      role: 'closing',
      title: view().purpose === 'quit' ? texts.closing.title : dayTexts.title,
      width: 480,
      height: closingHeight(view()),
      near,
      view,
      options: { parent: near, modal: true, ...still },
    }),
  )
}

/** Of a paragraph of the question, in device-independent pixels, and how many characters a line of it holds. */
const lineHeight = 23
const lineLength = 40

/** Of the page, in device-independent pixels: each thing that is said takes a paragraph. */
function closingHeight({
  purpose,
  modules,
  programs,
  suspended,
  operator,
  endsPsc,
}: ViewOf<'closing'>): number {
  if (purpose === 'quit') return suspended.length === 0 ? 300 : 356
  const people = operator === null ? suspended : [operator.name, ...suspended]
  const pages = modules.filter((label) => !programs.includes(label))
  const told = [
    people.length > 0 ? dayTexts.sessions(people) : '',
    endsPsc ? dayTexts.endsPsc : '',
    pages.length > 0 ? dayTexts.pages(pages) : '',
    programs.length > 0 ? dayTexts.programs(programs) : '',
  ].filter((text) => text !== '')
  const lines = told.map(({ length }) => Math.ceil(length / lineLength))
  return Math.min(560, 212 + lines.reduce((height, count) => height + 8 + count * lineHeight, 0))
}

/** What keeps Comptoir from starting: the only window there is then. */
export function openFault(windows: AppWindows, view: ViewOf<'fault'>): AppWindow<'fault'> {
  return revealed(
    windows.create({
      role: 'fault',
      title: view.title,
      width: 640,
      // Several faults at once are those of comptoir.json.
      height: view.faults.length > 1 ? 560 : 420,
      near: null,
      view: () => view,
    }),
  )
}

/** « Sauvegarde proposée »: the only window there is then. */
export function openRestore(windows: AppWindows, view: () => ViewOf<'restore'>): AppWindow<'restore'> {
  return revealed(
    windows.create({
      role: 'restore',
      title: texts.restore.title,
      width: 620,
      height: 460,
      near: null,
      view,
      options: { minimizable: true, maximizable: false, fullscreenable: false },
    }),
  )
}

/** Stands in the place of a module's page whose operator has left: nothing of the page can be seen. */
export function openVeil(
  windows: AppWindows,
  page: BrowserWindow,
  view: ViewOf<'veil'>,
  { closed, shown }: { closed: () => void; shown: () => void },
): AppWindow<'veil'> {
  const { width, height } = page.getContentBounds()
  const veil = windows.create({
    role: 'veil',
    title: view.module,
    width,
    height,
    near: page,
    view: () => view,
    options: page.getBounds(),
  })
  veil.window.on('close', (event) => {
    event.preventDefault()
    closed()
  })
  veil.window.once('show', shown)
  veil.reveal('unfocused')
  return veil
}

function revealed<W extends AppWindow>(appWindow: W): W {
  appWindow.reveal('focused')
  return appWindow
}
