import { readFile, writeFile } from 'node:fs/promises'
import { installOptions } from '../../../electron/settings/install-options.ts'
import { publishedConfiguration } from '../configuration.ts'
import { compileMsiActions, MSI_FILE } from '../console.ts'

/** Electron's hook `msiProjectCreated`: adds to the project of the MSI what Comptoir needs. */
export default async function adaptProject(projectFile: string): Promise<void> {
  const { nsis } = await publishedConfiguration()
  if (typeof nsis?.guid !== 'string') throw new Error('electron-builder.yml: `nsis.guid` is missing.')
  await compileMsiActions(MSI_FILE)
  const project = await readFile(projectFile, 'utf8')
  await writeFile(projectFile, adapted(project, { actions: MSI_FILE, nsisGuid: nsis.guid }))
}

export type MsiChoices = {
  /** The library of custom actions. */
  readonly actions: string
  /** By which Windows knows what the other installer has installed. */
  readonly nsisGuid: string
}

/** electron-builder's project, with ours. Throws when its template is no longer the one that we know. */
export function adapted(project: string, choices: MsiChoices): string {
  const french = replacements.reduce((text, [from, to]) => replaced(text, from, to), project)
  return replaced(french, '</Product>', `${ours(choices)}\n  </Product>`)
}

const replacements: readonly (readonly [from: string, to: string])[] = [
  ['Language="1033"', 'Language="1036"'],
  ['Message="Windows 7 and above is required"', 'Message="Comptoir demande Windows 10 ou plus récent."'],
  // Windows Installer gives 603 for Windows 10 and 11 too.
  ['VersionNT >= 601', 'VersionNT >= 603'],
  // Within the transaction: what replaces the previous version and fails gives it back.
  ['<MajorUpgrade ', '<MajorUpgrade Schedule="afterInstallInitialize" '],
  [
    `DowngradeErrorMessage='A newer version of "[ProductName]" is already installed.'`,
    `DowngradeErrorMessage="Une version plus récente de Comptoir est déjà installée. Gardez-la, ou désinstallez-la d'abord : les données restent."`,
  ],
]

function replaced(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`The template of the MSI has changed: ${from}`)
  return text.replace(from, () => to)
}

/** Properties in capitals are public; `Secure` ones reach the elevated half of an installation. */
function ours({ actions, nsisGuid }: MsiChoices): string {
  const properties = [...installOptions.map(({ installer }) => installer), 'DELETEDATA']
  const table = installOptions.map(({ installer, name }) => `${installer}=${name}`).join(';')
  return `
    <!-- Windows Installer would close Comptoir by itself, and a session with it. -->
    <Property Id="MSIRESTARTMANAGERCONTROL" Value="Disable"/>
${properties.map((name) => `    <Property Id="${name}" Secure="yes"/>`).join('\n')}
    <Property Id="ComptoirOptions" Value="${table}"/>

    <Property Id="COMPTOIROTHERINSTALLER">
      <RegistrySearch Id="ComptoirOtherInstaller" Root="HKLM" Key="Software\\${nsisGuid}" Name="InstallLocation" Type="raw" Win64="yes"/>
    </Property>
    <Condition Message="Comptoir a déjà été installé sur ce poste par le programme d'installation (.exe). Mettez-le à jour par lui, ou désinstallez-le d'abord.">Installed OR NOT COMPTOIROTHERINSTALLER</Condition>

    <Binary Id="ComptoirActions" SourceFile="${escaped(actions)}"/>
    <CustomAction Id="ComptoirCheck" BinaryKey="ComptoirActions" DllEntry="CheckWorkstation" Execute="immediate" Return="check"/>
    <CustomAction Id="ComptoirPrepare" BinaryKey="ComptoirActions" DllEntry="PrepareWorkstation" Execute="deferred" Impersonate="no" Return="check"/>
    <CustomAction Id="ComptoirDeleteData" BinaryKey="ComptoirActions" DllEntry="DeleteData" Execute="deferred" Impersonate="no" Return="check"/>
    <InstallExecuteSequence>
      <Custom Action="ComptoirCheck" After="CostFinalize">1</Custom>
      <Custom Action="ComptoirDeleteData" After="RemoveFiles">REMOVE = "ALL" AND DELETEDATA AND NOT UPGRADINGPRODUCTCODE</Custom>
      <Custom Action="ComptoirPrepare" Before="InstallFinalize">NOT (REMOVE = "ALL")</Custom>
    </InstallExecuteSequence>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
