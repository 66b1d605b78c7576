import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { installOptions } from '../../../electron/settings/install-options.ts'
import { publishedConfiguration } from '../configuration.ts'
import { adapted } from './msi-project.ts'
import { renderedProject } from './msi-render.ts'
import { INSTALLER_SCRIPT } from './nsis-build.ts'

const guid = '3f255ddf-db33-468f-8866-356db372ba2b'
const project = async () =>
  adapted(await renderedProject('1.2.3', []), { actions: 'C:\\a & b\\actions.dll', nsisGuid: guid })

it('names each option in the NSIS script, as `comptoir prepare` has them, and no other', async () => {
  const script = await readFile(join(dirname(INSTALLER_SCRIPT), 'options.nsh'), 'utf8')
  const rows = [...script.matchAll(/^ *!insertmacro \$\{DO\} (\S+) (\S+) /gmu)]
  expect(rows.map(([, installer, name]) => ({ installer, name }))).toEqual(
    installOptions.map(({ installer, name }) => ({ installer, name })),
  )
})

it('gives each option to the MSI as a secure property, and no other but DELETEDATA', async () => {
  const text = await project()
  const properties = [...text.matchAll(/<Property Id="(\w+)" Secure="yes"\/>/gu)].map(([, name]) => name)
  expect(properties).toEqual([...installOptions.map(({ installer }) => installer), 'DELETEDATA'])
  const table = /Id="ComptoirOptions" Value="(.*)"/u.exec(text)?.[1]
  expect(table?.split(';')).toEqual(installOptions.map(({ installer, name }) => `${installer}=${name}`))
})

it('lets the MSI speak French, and escapes the path of its library', async () => {
  const text = await project()
  expect(text).toContain('SourceFile="C:\\a &amp; b\\actions.dll"')
  expect(text).toContain('DowngradeErrorMessage="Une version plus récente de Comptoir')
  expect(text).not.toMatch(/newer version|above is required|1033/u)
})

it("stops when electron-builder's template of the MSI has changed", async () => {
  const template = await renderedProject('1.2.3', [])
  const changed = template.replace('<MajorUpgrade ', '<Upgrade ')
  expect(() => adapted(changed, { actions: 'actions.dll', nsisGuid: guid })).toThrow(/MajorUpgrade/u)
})

it('knows the MSI by the upgrade code of electron-builder.yml', async () => {
  const { msi } = await publishedConfiguration()
  const script = await readFile(INSTALLER_SCRIPT, 'utf8')
  expect(/^!define COMPTOIR_MSI "\{(.*)\}"$/mu.exec(script)?.[1]).toBe(msi?.upgradeCode)
})
