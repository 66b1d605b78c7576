import type { Caller, Handlers } from '../ipc/answer.ts'
import type { ViewOf } from '../ipc/views.ts'
import { createManagement } from '../operators/management.ts'
import type { Operator } from '../operators/operator.ts'
import { hasRight } from '../operators/rights.ts'
import { createTeam } from '../operators/team.ts'
import { readWorkstation } from '../storage/workstation.ts'
import { operatorView } from '../windows/views.ts'
import type { DeskParts } from './desk.ts'
import { createTeamChanges } from './team-changes.ts'
import { createTeamConfirmation } from './team-confirmation.ts'
import { createTeamFiles } from './team-files.ts'
import type { ChooseFile } from '../windows/choose-file.ts'

export type TeamDesk = {
  readonly view: (operator: Operator) => ViewOf<'operators'>
  readonly handlers: Pick<
    Handlers,
    | 'listOperators'
    | 'readOperator'
    | 'foreseen'
    | 'suggestCode'
    | 'createOperator'
    | 'changeOperator'
    | 'actOnOperator'
    | 'readImport'
    | 'applyImport'
    | 'exportOperators'
  >
}

export type TeamDeskParts = Pick<DeskParts, 'workstation' | 'clock' | 'entitled' | 'scorer' | 'saveAs'> & {
  readonly settings: Pick<DeskParts['settings'], 'pharmacy'>
  readonly records: Pick<DeskParts['records'], 'storage' | 'operators' | 'throttle' | 'journal'>
  readonly counter: {
    readonly session: Pick<DeskParts['counter']['session'], 'connected' | 'operatorChanged' | 'onChange'>
    readonly identification: Pick<DeskParts['counter']['identification'], 'prove'>
  }
  readonly builtIns: Pick<DeskParts['builtIns'], 'push' | 'windowOf' | 'ownerOf'>
  readonly chooseFile: ChooseFile
}

/** « Opérateurs »: each call is entitled, and what is dangerous asks again for the caller's password. */
export function createTeamDesk(parts: TeamDeskParts): TeamDesk {
  const { workstation, clock, records, counter, builtIns, entitled } = parts
  const { storage, operators, throttle, journal } = records
  const { session } = counter
  const team = createTeam({ operators, throttle, clock })
  let version = 0

  /** Draws again what was changed. */
  const changed = (): void => {
    version += 1
    builtIns.push('operators')
  }
  const management = createManagement({
    storage,
    operators,
    journal,
    throttle,
    clock,
    changed: session.operatorChanged,
  })
  const confirmation = createTeamConfirmation({ ...parts, storage })
  const changes = createTeamChanges({ operators, management, confirmation, clock })
  const files = createTeamFiles({ ...parts, confirmation })
  const manager = (caller: Caller): Promise<Operator> => entitled(caller, 'manage-operators')

  session.onChange(() => {
    // Locked, the page is hidden and forgets the passwords being typed. Back, it reads again: somebody may have been let
    // in, unblocked or given an RPPS meanwhile; the operator may also have another role.
    const window = builtIns.windowOf('operators')
    const owner = window === null ? null : builtIns.ownerOf(window.webContents.id)
    if (owner !== null && owner.id === session.connected()?.operator.id) version += 1
    builtIns.push('operators')
  })

  return {
    view: (owner) => {
      const connected = session.connected()?.operator
      const operator = connected?.id === owner.id ? connected : owner
      return {
        operator: operatorView(operator),
        titulaire: hasRight(operator, 'give-rights'),
        connected: connected?.id === owner.id,
        today: team.today(),
        version,
      }
    },
    handlers: {
      listOperators: async (asked, caller) => {
        await manager(caller)
        return team.list(asked)
      },
      readOperator: async ({ id }, caller) => {
        const sheet = await team.sheet(id, await manager(caller))
        const here = (await readWorkstation(storage)).id
        const logins = sheet.logins.map((login) =>
          login.workstation === here ? { ...login, workstation: workstation() } : login,
        )
        return { ...sheet, logins }
      },
      foreseen: async (_, caller) => {
        await manager(caller)
        return team.foreseen()
      },
      suggestCode: async (_, caller) => {
        await manager(caller)
        return operators.nextFreeCode()
      },
      createOperator: async ({ form, password }, caller) => {
        const given = await changes.create(await manager(caller), form, password)
        changed()
        return given
      },
      changeOperator: async ({ id, seen, form, password }, caller) => {
        await changes.change(await manager(caller), { id, seen, form }, password)
        changed()
      },
      actOnOperator: async ({ id, action, password }, caller) => {
        const given = await changes.act(await manager(caller), id, action, password)
        changed()
        return given
      },
      readImport: async ({ pasted }, caller) => {
        await manager(caller)
        const source = pasted === null ? await files.choose() : ({ kind: 'pasted', text: pasted } as const)
        // The time of a dialog: whoever answered it may no longer be who asked.
        return source === null ? null : files.read(await manager(caller), caller, source)
      },
      applyImport: async ({ password }, caller) => {
        const created = await files.apply(await manager(caller), caller, password)
        changed()
        return { created }
      },
      exportOperators: async (_, caller) => {
        await manager(caller)
        const file = await files.askWhere()
        return file === null ? null : files.write(await manager(caller), file)
      },
    },
  }
}
