import type { PageRequest } from './page.ts'

/** What a module that `session` is granted to can ask, while it is open. */
export type ModuleSession = {
  /** What a program is started with; empty where it is told nothing. Never rejects. */
  readonly environment: () => Promise<Readonly<Record<string, string>>>
  /** Answers the module's page, of these origins. Never rejects. */
  readonly answerPage: (origins: readonly string[], request: PageRequest) => Promise<Response>
  /** The module has been left: nothing is told any more. */
  readonly close: () => void
}
