/** What has been proved, told line by line. */
export type Ledger = {
  /** `proof` throws when it is not so; what it throws is told. */
  readonly prove: (title: string, proof: () => Promise<void>) => Promise<void>
  /** Tells the totals. Returns how many failed. */
  readonly close: () => number
}

/** A ledger on standard output. */
export function openLedger(): Ledger {
  const counts = { proved: 0, failed: 0 }
  return {
    prove: async (title, proof) => {
      try {
        await proof()
        counts.proved += 1
        console.log(`ok      ${title}`)
      } catch (error) {
        counts.failed += 1
        const reason = error instanceof Error ? error.message : String(error)
        console.log(`FAILED  ${title}\n${reason.replace(/^/gmu, '        ')}`)
      }
    },
    close: () => {
      console.log(`${counts.proved} proved, ${counts.failed} failed`)
      return counts.failed
    },
  }
}
