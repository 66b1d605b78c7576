import type { CardContent } from './image.ts'

/** What can be put into a reader. */
export type VirtualCard =
  | {
      readonly kind: 'cpx'
      readonly card: CardContent
      /** Its code: 1234 unless told. */
      readonly pin?: string
      /** 3 unless told; 0 is a blocked card. */
      readonly triesLeft?: number
      /** How long the chip takes for each command: 0 unless told. In milliseconds. */
      readonly msPerCommand?: number
    }
  /** A chip that knows nothing of what CPx cards do. */
  | { readonly kind: 'vitale' }
  | { readonly kind: 'foreign' }
  /** It takes the power and gives no ATR. */
  | { readonly kind: 'mute' }

/** The two slots of vpcd, in its order. */
export type ReaderIndex = 0 | 1

/** What the process beside the readers is told to do. */
export type Task =
  /** First of all, and once. `emptied`: folders of the system that are empty in there, and go with it. */
  | { readonly kind: 'open'; readonly emptied: readonly string[] }
  | { readonly kind: 'insert'; readonly reader: ReaderIndex; readonly card: VirtualCard }
  | { readonly kind: 'remove'; readonly reader: ReaderIndex }
  | { readonly kind: 'silence'; readonly reader: ReaderIndex; readonly silent: boolean }
  | { readonly kind: 'stop-service'; readonly abruptly: boolean }
  | { readonly kind: 'start-service' }

export type Request = { readonly id: number; readonly task: Task }
/** `failure`: null once it is done. */
export type Reply = { readonly id: number; readonly failure: string | null }
