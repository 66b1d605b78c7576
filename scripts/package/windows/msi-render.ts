import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { publishedConfiguration } from '../configuration.ts'

/** A file of the program: its path from its folder, and where it is here. */
export type MsiFile = { readonly path: string; readonly source: string }

/**
 * electron-builder's template of the MSI, filled in as MsiTarget.js does it for Comptoir. That class itself wants WiX at once,
 * which only runs on Windows.
 */
export async function renderedProject(version: string, files: readonly MsiFile[]): Promise<string> {
  const ofBuilder = createRequire(import.meta.url).resolve('app-builder-lib/package.json')
  const template = await readFile(join(dirname(ofBuilder), 'templates/msi/template.xml'), 'utf8')
  const ejs: { render: (text: string, values: object) => string } = createRequire(ofBuilder)('ejs')
  const { msi, productName } = await publishedConfiguration()
  const text = template
    .replaceAll('{{', '<%')
    .replaceAll('}}', '%>')
    .replaceAll(/\$\{([^}]+)\}/gu, '<%=$1%>')
  return ejs.render(text, {
    isAssisted: false,
    isPerMachine: true,
    isRunAfterFinish: false,
    isCreateDesktopShortcut: false,
    isCreateStartMenuShortcut: false,
    menuCategory: null,
    iconPath: null,
    compressionLevel: 'high',
    version,
    productName,
    upgradeCode: msi?.upgradeCode,
    manufacturer: productName,
    programFilesId: 'ProgramFiles64Folder',
    installationDirectoryWixName: productName,
    dirs: '<Directory Id="dBin" Name="APPLICATIONFOLDER:\\bin\\"/>',
    files: files.map(component).join('\n'),
  })
}

function component({ path, source }: MsiFile): string {
  const [name = '', folder] = path.split('/').toReversed()
  const place = folder === undefined ? '' : ' Directory="dBin"'
  return `<Component${place}><File Name="${name}" Source="${source}" ReadOnly="yes" KeyPath="yes"/></Component>`
}
