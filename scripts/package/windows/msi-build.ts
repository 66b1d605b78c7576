import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../../bootstrap/command.mjs'
import { publishedConfiguration } from '../configuration.ts'
import { compileMsiActions } from '../console.ts'
import { adapted } from './msi-project.ts'
import { renderedProject } from './msi-render.ts'

/**
 * Makes an MSI of electron-builder's template, with ours, by Debian's wixl: WiX only runs on Windows. Returns its path.
 * `payload`: the folder of Comptoir.exe and bin\comptoir.exe.
 */
export async function buildMsi(folder: string, payload: string, version: string): Promise<string> {
  const { nsis } = await publishedConfiguration()
  await mkdir(folder, { recursive: true })
  // wixl wants sources in the current folder, and Windows names of files have no case.
  await copyFile(join(payload, 'Comptoir.exe'), join(folder, 'window.exe'))
  await copyFile(join(payload, 'bin/comptoir.exe'), join(folder, 'console.exe'))
  await compileMsiActions(join(folder, 'actions.dll'))
  const project = await renderedProject(version, [
    { path: 'Comptoir.exe', source: 'window.exe' },
    { path: 'bin/comptoir.exe', source: 'console.exe' },
  ])
  const ours = adapted(project, { actions: 'actions.dll', nsisGuid: String(nsis?.guid) })
  await writeFile(join(folder, 'project.wxs'), forWixl(ours))
  await run('wixl', ['-a', 'x64', '-o', 'comptoir.msi', 'project.wxs'], { cwd: folder })
  return join(folder, 'comptoir.msi')
}

/** The same project, in the words of WiX 3 that wixl 0.101 knows; it ignores `Secure`, and knows no order but numbers. */
function forWixl(project: string): string {
  let [components, files] = [0, 0]
  const text = project
    .replace('http://wixtoolset.org/schemas/v4/wxs', 'http://schemas.microsoft.com/wix/2006/wi')
    .replaceAll(/<!\[CDATA\[(.*?)\]\]>/gu, (_, condition: string) => condition.replaceAll('>', '&gt;'))
    .replace('<Directory Id="dBin" Name="APPLICATIONFOLDER:\\bin\\"/>', '')
    .replace(
      '<Directory Id="APPLICATIONFOLDER" Name="Comptoir"/>',
      '<Directory Id="APPLICATIONFOLDER" Name="Comptoir"><Directory Id="dBin" Name="bin"/></Directory>',
    )
    .replaceAll(/<Component(?=[ >])/gu, () => `<Component Id="component${(components += 1)}" Guid="*"`)
    .replaceAll('<File ', () => `<File Id="file${(files += 1)}" `)
    .replaceAll(' ReadOnly="yes"', '')
    // As WiX has them: CostFinalize 1000, RemoveFiles 3500, InstallFinalize 6600.
    .replace('After="CostFinalize"', 'Sequence="1010"')
    .replace('After="RemoveFiles"', 'Sequence="3550"')
    .replace('Before="InstallFinalize"', 'Sequence="6500"')
  const group = /<ComponentGroup .*?<\/ComponentGroup>/su.exec(text)?.[0] ?? ''
  const inBin = /<Component [^>]*Directory="dBin">.*?<\/Component>/su.exec(group)?.[0] ?? ''
  const outside = [
    group.replace(inBin, ''),
    `<ComponentGroup Id="Bin" Directory="dBin">${inBin.replace(' Directory="dBin"', '')}</ComponentGroup>`,
  ]
  return text
    .replace(group, '')
    .replace('</Product>', `</Product>${outside.map((one) => `<Fragment>${one}</Fragment>`).join('')}`)
    .replace(
      '<ComponentGroupRef Id="ProductComponents"/>',
      (reference) => `${reference}<ComponentGroupRef Id="Bin"/>`,
    )
}
