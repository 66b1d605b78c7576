import { setImmediate as nextTurn } from 'node:timers/promises'
import { assertNever } from '../assert-never.ts'
import type { Clock } from '../clock.ts'
import { Refusal, type ErrorCode, type RefusalParameters } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type JournalEvent, type ModuleFailure, type ModuleRefusal } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import { displayName, type Operator } from '../operators/operator.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import type { ModuleSession } from '../module-session/module-session.ts'
import { hasPscLevel } from '../session/session.ts'
import { mayOpen, type BuiltInPage, type Module } from './module.ts'
import type { OpenModule, OpenModules } from './open-modules.ts'
import { obstacleTo, startProgram, type ProgramEnd } from './program.ts'

export type Modules = {
  /** Opens a module, brings it forward when it is open, or asks who is there. Rejects with a `Refusal`. */
  readonly open: (id: string) => Promise<void>
}

type Parts = {
  /** What can be opened now. */
  catalogue: () => readonly Module[]
  clock: Clock
  journal: Pick<Journal, 'append' | 'appendEventually'>
  session: OperatorSession
  openModules: OpenModules
  identifyFor: (module: Module) => void
  /** Asks the connected operator for Pro Santé Connect, or why no identification here could give its level. */
  stepUp: ((module: Module, operator: Operator) => void) | keyof typeof impossible
  /** What a module that is being opened is told of who is connected; null where the settings grant it nothing. */
  openSession: (module: Module, operator: Operator | null) => ModuleSession | null
  openPage: (
    module: Module,
    operator: Operator | null,
    events: PageEvents,
    told: ModuleSession | null,
  ) => PageHandle
  openInBrowser: (url: string) => Promise<void>
  /** Opens one of Comptoir's own pages in the operator's name. */
  openBuiltIn: (page: BuiltInPage, operator: Operator, onClosed: () => void) => PageHandle
  bringForward: (pid: number) => Promise<boolean>
  /** A module has been left by the connected operator, who had opened it. */
  left: (module: Module) => void
  /** Something failed without anybody waiting for an answer. */
  failed: (refusal: Refusal) => void
}

/** What the journal says where a module's Pro Santé Connect cannot be had. */
const impossible = { 'psc-off': 'means', 'psc-level-not-vouched': 'level' } as const

/** What can be done with the window of a page. */
export type PageHandle = {
  /** Brings it to the front: its veil, while its operator is away. */
  readonly show: () => void
  readonly close: () => void
}

export type PageEvents = {
  /** `everLoaded`: a page that never showed anything is not asked about. */
  readonly onClosed: (everLoaded: boolean) => void
  readonly onRefusedOrigin: (origin: string) => void
  readonly onRefusedDownload: () => void
  readonly onFailure: (reason: 'page-unreachable' | 'page-crashed') => void
}

/** Opens the pharmacy's modules under the connected operator's identity, and notices when they are left. */
export function createModules(parts: Parts): Modules {
  const { catalogue, journal, session, openModules, stepUp } = parts
  const opening = new Map<string, Promise<void>>()

  const refuse = (
    module: Module,
    code: ErrorCode,
    reason: ModuleRefusal,
    parameters: RefusalParameters = {},
  ): Refusal => {
    const reference = newReference()
    const operator = session.connected()?.operator ?? null
    journal.appendEventually({
      kind: 'module.refused',
      outcome: 'refused',
      ...row(module, operator, reference),
      details: { reason },
    })
    return new Refusal(code, reference, { module: module.label, ...parameters })
  }

  const fail = (
    module: Module,
    operator: Operator | null,
    reason: ModuleFailure,
    detail: string,
  ): Refusal => {
    const reference = newReference()
    const event: JournalEvent = {
      kind: 'module.failed',
      outcome: 'failed',
      ...row(module, operator, reference),
      details: { reason },
    }
    journal.appendEventually(event)
    return new Refusal(codeOf(reason), reference, { module: module.label, detail })
  }

  /**
   * The row comes first: a module is open only once the journal says so. Whoever has left while the database was
   * waited for opens nothing.
   */
  const opened = async (module: Module, operator: Operator | null): Promise<void> => {
    await journal.append({
      kind: 'module.opened',
      outcome: 'done',
      ...row(module, operator),
      details: { kind: module.launch.kind },
    })
    requireStillThere(module, operator)
  }

  const requireStillThere = (module: Module, operator: Operator | null): void => {
    if (operator !== null && session.connected()?.operator.id !== operator.id) {
      throw refuse(module, 'not-connected', 'not-connected')
    }
    // Whatever led here, nothing that asks for Pro Santé Connect opens without it.
    if (module.access === 'psc' && !hasPscLevel(session.connected()))
      throw refuse(module, 'not-connected', 'means')
  }

  const leave = (open: OpenModule, ask: boolean): void => {
    openModules.remove(open)
    const front = session.connected()?.operator ?? null
    const same = front !== null && open.operator?.id === front.id
    journal.appendEventually({
      kind: 'module.left',
      outcome: 'done',
      ...row(open.module, open.operator),
      details: { by: same ? 'same-operator' : front === null ? 'nobody' : 'other-operator' },
    })
    if (same && ask) parts.left(open.module)
  }

  const openProgram = async (module: Module, operator: Operator | null): Promise<void> => {
    if (module.launch.kind !== 'program') return
    const { command, leave: leaveRule } = module.launch
    const obstacle = await obstacleTo(command)
    if (obstacle !== null) throw fail(module, operator, obstacle, command)
    await opened(module, operator)
    const told = parts.openSession(module, operator)
    const given = await told?.environment()
    // Starting a process holds the main process for some milliseconds: what waits comes first.
    await nextTurn()
    try {
      requireStillThere(module, operator)
    } catch (error) {
      told?.close()
      throw error
    }
    const start = await startProgram(module.launch, () => parts.clock.monotonic(), given)
    if (start.kind !== 'started') {
      told?.close()
      throw fail(module, operator, start.kind, command)
    }
    void start.end.then(() => told?.close())
    const open: OpenModule = {
      module,
      operator,
      bringForward: () => parts.bringForward(start.pid),
      close: () => undefined,
    }
    openModules.add(open)
    void follow(open, start.end, leaveRule)
  }

  const follow = async (
    open: OpenModule,
    ending: Promise<ProgramEnd>,
    rule: 'process' | 'none',
  ): Promise<void> => {
    const end = await ending
    leave(open, end.kind === 'left' && rule === 'process')
    if (end.kind === 'ended-at-once') {
      parts.failed(fail(open.module, open.operator, 'ended-at-once', `aussitôt ouvert (${end.how})`))
    }
  }

  const openPage = async (module: Module, operator: Operator | null): Promise<void> => {
    if (module.launch.kind !== 'window') return
    const { origin } = new URL(module.launch.url)
    if (!(module.launch.origins ?? [origin]).includes(origin)) {
      throw refuse(module, 'module-outside-origins', 'outside-origins', { detail: origin })
    }
    await opened(module, operator)
    const told = parts.openSession(module, operator)
    const events: PageEvents = {
      onClosed: (everLoaded) => {
        told?.close()
        leave(open, everLoaded)
      },
      onRefusedOrigin: (refused) =>
        parts.failed(refuse(module, 'module-outside-origins', 'outside-origins', { detail: refused })),
      onRefusedDownload: () => parts.failed(refuse(module, 'download-refused', 'download')),
      onFailure: (reason) => {
        const detail = reason === 'page-crashed' ? 'brusquement' : 'avant de répondre'
        parts.failed(fail(module, operator, reason, detail))
      },
    }
    const page = parts.openPage(module, operator, events, told)
    const open: OpenModule = {
      module,
      operator,
      bringForward: () => {
        page.show()
        return Promise.resolve(true)
      },
      close: page.close,
    }
    openModules.add(open)
  }

  const openBrowser = async (module: Module, operator: Operator | null): Promise<void> => {
    if (module.launch.kind !== 'browser') return
    await opened(module, operator)
    await parts.openInBrowser(module.launch.url).catch(() => {
      throw fail(module, operator, 'no-browser', '')
    })
  }

  const openBuiltIn = async (module: Module, operator: Operator | null): Promise<void> => {
    if (module.launch.kind !== 'built-in') return
    if (operator === null) throw refuse(module, 'not-connected', 'not-connected')
    if (!mayOpen(operator, module)) throw refuse(module, 'right-needed', 'right')
    await opened(module, operator)
    const page = parts.openBuiltIn(module.launch.page, operator, () => leave(open, true))
    const open: OpenModule = {
      module,
      operator,
      bringForward: () => {
        page.show()
        return Promise.resolve(true)
      },
      close: page.close,
    }
    openModules.add(open)
  }

  /** In the name of the connected operator, whose right to it has been checked. Two presses in a row open one module. */
  const launch = (module: Module): Promise<void> => {
    const already = opening.get(module.id)
    if (already !== undefined) return already
    const launched = start(module).finally(() => opening.delete(module.id))
    opening.set(module.id, launched)
    return launched
  }

  const start = (module: Module): Promise<void> => {
    const operator = session.connected()?.operator ?? null
    switch (module.launch.kind) {
      case 'program':
        return openProgram(module, operator)
      case 'window':
        return openPage(module, operator)
      case 'browser':
        return openBrowser(module, operator)
      case 'built-in':
        return openBuiltIn(module, operator)
      default:
        return assertNever(module.launch)
    }
  }

  return {
    open: async (id) => {
      const module = catalogue().find((candidate) => candidate.id === id)
      if (module === undefined) throw new Refusal('module-unknown', newReference())
      const operator = session.connected()?.operator ?? null
      if (session.state().session.kind === 'locked') throw refuse(module, 'not-connected', 'not-connected')
      const open = openModules.byId(id)
      // Comptoir's own pages hold nothing that is not written: one gives its place to another operator's.
      const anothers = open?.module.launch.kind === 'built-in' && open.operator?.id !== operator?.id
      if (open !== null && !anothers) return bringForward(open, operator)
      switch (module.access) {
        case 'none':
          return launch(module)
        case 'psc':
          if (typeof stepUp === 'string') throw refuse(module, stepUp, impossible[stepUp])
          if (operator === null || !mayOpen(operator, module)) return parts.identifyFor(module)
          if (hasPscLevel(session.connected())) return launch(module)
          return stepUp(module, operator)
        case 'operator':
          if (operator === null || !mayOpen(operator, module)) return parts.identifyFor(module)
          if (anothers) open?.close()
          return launch(module)
        default:
          return assertNever(module.access)
      }
    },
  }
}

/** What every row about a module says. */
function row(module: Module, operator: Operator | null, reference: string | null = null) {
  return {
    module: module.id,
    operator: operator === null ? null : referenceOf(operator),
    reference,
  }
}

async function bringForward(open: OpenModule, operator: Operator | null): Promise<void> {
  const parameters = { module: open.module.label }
  if (open.operator !== null && open.operator.id !== operator?.id && open.module.launch.kind === 'program') {
    const owner = { ...parameters, operator: displayName(open.operator) }
    throw new Refusal('module-of-another', newReference(), owner)
  }
  if (!(await open.bringForward())) throw new Refusal('module-window-not-found', newReference(), parameters)
}

function codeOf(reason: ModuleFailure): ErrorCode {
  switch (reason) {
    case 'missing':
      return 'module-missing'
    case 'not-executable':
    case 'not-started':
      return 'module-not-executable'
    case 'no-browser':
      return 'browser-not-opened'
    case 'ended-at-once':
    case 'page-unreachable':
    case 'page-crashed':
      return 'module-failed'
    default:
      return assertNever(reason)
  }
}
