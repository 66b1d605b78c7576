/** What a certificate says of who issued it. */
export type Issuer = {
  readonly commonName: string | null
  readonly units: readonly string[]
  /** The issuer's key (RFC 5280 §4.2.1.1), upper-case hexadecimal; null where the certificate does not tell. */
  readonly keyIdentifier: string | null
}

type Authority = {
  readonly name: string
  /** RFC 5280 §4.2.1.2, upper-case hexadecimal. */
  readonly keyIdentifier: string
  /** SHA-256 of the authority's own certificate. */
  readonly fingerprint: string
}

/**
 * The authorities that issue for IGC-Santé, as their certificates of 25 June 2013, valid for twenty years, have them.
 * ANS publishes these at http://igc-sante.esante.gouv.fr/AC/Chaine_de_certification-IGC-Sante.p7b and in the packages
 * of Cryptolib 5.2.2 (github.com/ansforge/dops-cryptolib), where these values were read. Under which licence is said
 * nowhere: the files stay there, and only the facts are here. Whoever has them checks `fingerprint`.
 */
export const productionAuthorities: readonly Authority[] = [
  {
    name: 'AC IGC-SANTE FORT PERSONNES',
    keyIdentifier: '800F918821797D5555C65D6DD5938D6ADE5C2AA6',
    fingerprint: '38284E4F6107456E70C7439C85DA7D564D0FE1FE1A968C9EB6D43E1FC0D63C3A',
  },
  {
    name: 'AC IGC-SANTE FORT ORGANISATIONS',
    keyIdentifier: 'EDE618D2E0FE7345CBF8242F566BA606E20F7331',
    fingerprint: '23F69674002D1DD4B018BAECD908DC92687942BB48E5140FF895E2F56BC49C0D',
  },
  {
    name: 'AC IGC-SANTE STANDARD PERSONNES',
    keyIdentifier: '19F276D58D7A17CA829BE97B5AEF3F05A690D4F3',
    fingerprint: '6C339EBCB3E1B0102B143C9694225C2A4AB2EF6FEDF7D364DA8DB305E7F7D997',
  },
  {
    name: 'AC IGC-SANTE STANDARD ORGANISATIONS',
    keyIdentifier: '66B62D3DB8FC1E1A1349688284587324C4ACE5A0',
    fingerprint: 'C0520A2B14FB68836A807BF86AB2B3E07D1B6061D91BC9C7B86A6F8DE4B5638E',
  },
  {
    name: 'AC IGC-SANTE ELEMENTAIRE PERSONNES',
    keyIdentifier: 'CEAF9B1C194A6B53A7A8C9D81FDB6114CD07F22E',
    fingerprint: '19C1EAEAB477B6FBC233CDA3B53FBDBC3F4E9BF6CF6973E46F7DFAEF89C06C6C',
  },
  {
    name: 'AC IGC-SANTE ELEMENTAIRE ORGANISATIONS',
    keyIdentifier: 'D7FBFADCD5027FE7C153864D4BE8A44A1E0BBB63',
    fingerprint: 'D834EE5B40686B73573F60547BF6052C6D404D942A5665CDB2C0B9137B5D27B2',
  },
]

const productionUnit = 'IGC-SANTE'
const testUnit = 'IGC-SANTE TEST'

/**
 * Which IGC-Santé an issuer belongs to. `production`: by name and, where the certificate tells it, by key. `test`: by
 * name alone, since the packages of ANS do not hold the test authorities' keys; nothing is granted for it, on the
 * contrary. It says who the certificate claims to come from: no signature is verified here, Pro Santé Connect does that.
 */
export function chainOf({ commonName, units, keyIdentifier }: Issuer): 'production' | 'test' | 'unknown' {
  if (commonName === null) return 'unknown'
  if (units.includes(testUnit)) {
    return productionAuthorities.some(({ name }) => commonName === `TEST ${name}`) ? 'test' : 'unknown'
  }
  const authority = productionAuthorities.find(({ name }) => commonName === name)
  if (authority === undefined || !units.includes(productionUnit)) return 'unknown'
  return keyIdentifier === null || keyIdentifier === authority.keyIdentifier ? 'production' : 'unknown'
}
