/** Loads a PKCS#11 module in a process of its own, which may be lost to it: node load-module.ts PATH */
import pkcs11js from 'pkcs11js'

const [, , path = ''] = process.argv
const module = new pkcs11js.PKCS11()
try {
  module.load(path)
  module.C_Initialize()
  process.stdout.write(`${module.C_GetSlotList(false).length} slots\n`)
  module.C_Finalize()
} catch (error) {
  const code = error instanceof Error && 'code' in error ? Number(error.code).toString(16) : ''
  process.stdout.write(`${error instanceof Error ? error.message : String(error)} ${code}\n`)
}
