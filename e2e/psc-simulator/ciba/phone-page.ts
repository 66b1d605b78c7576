import { form } from '../form.ts'
import type { Visit } from '../interaction.ts'
import type { Pages } from '../pages.ts'
import type { Phone } from './phone.ts'

/** Where the page is, inside the realm. */
export const phonePath = '/telephone'

/**
 * The page that stands for everybody's phones: it shows what is asked without a browser, and takes the answers.
 * @returns whether the request was for it
 */
export async function visitPhone(phone: Phone | null, pages: Pages, visit: Visit): Promise<boolean> {
  if (phone === null || visit.path !== phonePath) return false
  if (visit.method === 'POST') {
    const fields = await form(visit.req)
    const id = fields.get('request') ?? ''
    // One that has expired meanwhile is not there any more: the page shows it by itself.
    if (phone.pending().some((request) => request.id === id))
      await phone.answer(id, fields.get('action') === 'valider' ? 'approved' : 'refused')
  }
  visit.status = 200
  pages.requests(visit, phone.pending())
  return true
}
