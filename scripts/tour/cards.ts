import { endingIn, makeCard, type IssuedCard } from '../../e2e/support/card/pki.ts'

/** What the tour puts into its readers: cards named as real ones are, of test people. */
export type TourCards = Readonly<
  Record<'pharmacist' | 'expiring' | 'expired' | 'test' | 'authorised', IssuedCard>
>

let made: Promise<TourCards> | undefined

/** The same cards each time. */
export function tourCards(): Promise<TourCards> {
  return (made ??= make())
}

async function make(): Promise<TourCards> {
  const series = 'real'
  const [pharmacist, expiring, expired, test, authorised] = await Promise.all([
    makeCard('pharmacist', { series }),
    makeCard('pharmacist', { series, validity: endingIn(30) }),
    makeCard('pharmacist', { series, validity: endingIn(-1) }),
    makeCard('pharmacist'),
    makeCard('authorised', { series }),
  ])
  return { pharmacist, expiring, expired, test, authorised }
}
