/**
 * What a search among operators looks in, as `searchForm` writes it. The last name comes first: it is also what the list
 * is ordered by.
 */
export function searchText(row: {
  code: string
  first_name: string
  last_name: string
  rpps: string | null
}): string {
  return searchForm([row.last_name, row.first_name, row.code, row.rpps ?? ''].join(' '))
}

/** A text without its accents and its case, its words one space apart: what is searched and what is searched for. */
export function searchForm(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'oe')
    .toLowerCase()
    .replaceAll(/[\s'’-]+/gu, ' ')
    .trim()
}
