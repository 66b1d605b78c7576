import type { InstallOptionName } from './install-options.ts'

/** What an installer was told, each value checked by the table. */
export type InstallValues = Readonly<Partial<Record<InstallOptionName, string>>>

/** The comptoir.json of a workstation, of what its installer was told; whoever writes it has it judged first. */
export function installSettings(told: InstallValues): string {
  const settings = {
    $schema: './comptoir.schema.json',
    pharmacy: section({ name: told.pharmacy, finess: told.finess }),
    workstation: section({ name: told.workstation }),
    support: section({ name: told.support, phone: told.phone }),
    psc: told.host === undefined ? undefined : brokerAt(told.host, told),
  }
  return `${JSON.stringify(settings, null, 2)}\n`
}

/** Where Keycloak keeps a realm, as a public client of it (product.md §5, « broker »). */
function brokerAt(host: string, { realm = 'officine', client = 'comptoir' }: InstallValues): object {
  const issuer = `https://${host}/realms/${realm}`
  return { discoveryUrl: `${issuer}/.well-known/openid-configuration`, issuer, clientId: client }
}

function section(values: Readonly<Record<string, string | undefined>>): object | undefined {
  return Object.values(values).every((value) => value === undefined) ? undefined : values
}
