import * as der from '../der.ts'
import { hex } from './hex.ts'

/** An elementary file: its content. */
export type ElementaryFile = {
  readonly kind: 'ef'
  readonly id: string
  /** By which it is read unselected (ISO/IEC 7816-4 §8.2.1.1), where it has one. */
  readonly shortId?: number
  readonly content: Buffer
}

/** A dedicated file: a folder, which an application has as its own. */
export type DedicatedFile = {
  readonly kind: 'df'
  readonly id: string
  /** The names that select it (ISO/IEC 7816-4 §8.2.1.2). */
  readonly aids: readonly string[]
  readonly files: readonly File[]
}

export type File = ElementaryFile | DedicatedFile

/** Where the card stands: the current DF is the last of the folders, which start with the MF. */
export type Selection = { readonly folders: readonly DedicatedFile[]; readonly file: File }

/** The master file, selected. */
export function atTop(master: DedicatedFile): Selection {
  return { folders: [master], file: master }
}

/** By the name of an application. */
export function selectApplication(master: DedicatedFile, aid: string): Selection | null {
  if (master.aids.includes(aid)) return atTop(master)
  const found = master.files.find((file) => file.kind === 'df' && file.aids.includes(aid))
  return found === undefined ? null : enter(atTop(master), found)
}

/** By one identifier: in the current DF, that DF itself, those above, then the top (ISO/IEC 7816-4 §11.2.2). */
export function selectById(from: Selection, id: string): Selection | null {
  const around = from.folders.map((_, index) => from.folders.slice(0, from.folders.length - index))
  for (const folders of around) {
    const current = folders.at(-1)
    if (current === undefined) continue
    if (current.id === id) return { folders, file: current }
    const child = current.files.find((file) => file.id === id)
    if (child !== undefined) return enter({ folders, file: current }, child)
  }
  return null
}

/** The file of the current DF with this short identifier. */
export function byShortId(from: Selection, shortId: number): File | undefined {
  return from.folders.at(-1)?.files.find((file) => file.kind === 'ef' && file.shortId === shortId)
}

/** By a path, from the top when it names the MF, or else from the current DF. */
export function selectByPath(from: Selection, path: string): Selection | null {
  const ids = path.match(/.{4}/gu) ?? []
  const absolute = ids[0] === masterId
  const folders = absolute ? from.folders.slice(0, 1) : from.folders
  const start = folders.at(-1)
  if (start === undefined) return null
  return (absolute ? ids.slice(1) : ids).reduce<Selection | null>(
    (at, id) => {
      const current = at?.file
      const child = current?.kind === 'df' ? current.files.find((file) => file.id === id) : undefined
      return at === null || child === undefined ? null : enter(at, child)
    },
    { folders, file: start },
  )
}

/** File control information (ISO/IEC 7816-4 §7.4.3): identifier, size or name, kind, in use, read by anybody. */
export function controlInformation(file: File): Buffer {
  const id = der.element(0x83, hex(file.id))
  const inUse = der.element(0x8a, hex('05'))
  const rights = der.element(0xa1, der.element(0x8c, hex('0100')))
  if (file.kind === 'df') {
    const names = file.aids.map((aid) => der.element(0x84, hex(aid)))
    return der.element(0x6f, id, der.element(0x82, hex('38')), ...names, inUse, rights)
  }
  const size = Buffer.alloc(2)
  size.writeUInt16BE(file.content.length)
  return der.element(0x6f, id, der.element(0x80, size), der.element(0x82, hex('01')), inUse, rights)
}

/** The MF's identifier on every card (ISO/IEC 7816-4 §8.2.1.1). */
export const masterId = '3f00'

function enter({ folders }: Selection, file: File): Selection {
  return { folders: file.kind === 'df' ? [...folders, file] : folders, file }
}
