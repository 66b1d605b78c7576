import * as z from 'zod'
import { isNewer, parseVersion } from './version.ts'

/** A Comptoir that IT's server announces; `page`: what IT writes of it. */
export type NewerVersion = { readonly version: string; readonly page: string | null }

/** What is known of newer versions: nothing is ever downloaded. */
export type NewerSight =
  /** `updates.url` is null: nobody is asked. */
  | { readonly kind: 'off' }
  | { readonly kind: 'current' }
  | ({ readonly kind: 'newer' } & NewerVersion)
  | { readonly kind: 'unknown'; readonly why: NewerFault; readonly detail: string }

/** Why it is not known; `detail` says more to whoever mends it: a status, a code of the system's. */
export type NewerFault =
  | 'not-https'
  | 'unreachable'
  | 'certificate'
  | 'proxy'
  | 'too-slow'
  /** Neither an answer nor an error that is told otherwise: a redirection, a page that is not there. */
  | 'status'
  | 'too-large'
  /** Not the JSON that is expected. */
  | 'not-an-answer'

/** What a server answered, or why it did not. */
export type Answered =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  | {
      readonly kind: 'silent'
      readonly why: Exclude<NewerFault, 'not-https' | 'status' | 'not-an-answer'>
      readonly detail: string
    }

type Parts = {
  /** `updates.url` of comptoir.json. */
  readonly url: string | null
  /** Of the Comptoir that asks. */
  readonly version: string
  /** Whether `https` is required: the rule of an installed program. */
  readonly installed: boolean
  /** Asks for an address as it is: it follows no redirection, and says nothing of this workstation. Never rejects. */
  readonly ask: (url: string) => Promise<Answered>
}

/**
 * `{ "version": "1.2.3", "page": "https://…" }`. Other keys are left for versions to come; a page that is not secure is
 * no answer, since somebody will open it.
 */
const announcement = z.object({
  version: z.string().refine((text) => parseVersion(text) !== null),
  page: z
    .url({ protocol: /^https$/u })
    .max(2000)
    .optional(),
})

/** Asks the server that IT names whether there is a newer Comptoir. Never rejects. */
export async function lookForNewer({ url, version, installed, ask }: Parts): Promise<NewerSight> {
  if (url === null) return { kind: 'off' }
  const { protocol } = new URL(url)
  if (installed && protocol !== 'https:') return unknown('not-https', protocol)
  const answer = await ask(url)
  if (answer.kind === 'silent') return unknown(answer.why, answer.detail)
  if (answer.status !== 200) return unknown('status', String(answer.status))
  const told = announcement.safeParse(jsonOf(answer.text))
  if (!told.success) return unknown('not-an-answer')
  const [theirs, ours] = [parseVersion(told.data.version), parseVersion(version)]
  if (theirs === null || ours === null || !isNewer(theirs, ours)) return { kind: 'current' }
  return { kind: 'newer', version: told.data.version, page: told.data.page ?? null }
}

function unknown(why: NewerFault, detail = ''): NewerSight {
  return { kind: 'unknown', why, detail }
}

/** Editors of Windows write a byte order mark first. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''))
  } catch {
    return null
  }
}
