import { hex } from './hex.ts'

/** What a card says first, which tells what it is (cryptolib-cps.md §8). */
export const answersToReset = {
  cps3: hex('3bac00402a001225006480000310009000'),
  contactless: hex('3b8f80010031b86404b0ecc17394018082900 00e'),
  cps4: hex('3b9b1880010012250064800401000090 44'),
  vitale: hex('3b751300009c02020102'),
  foreign: hex('3b650000 464f524549'),
} as const satisfies Record<string, Buffer>
