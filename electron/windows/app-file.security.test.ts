import { join } from 'node:path'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileOf } from './app-file.ts'

const folder = join('/opt', 'comptoir', 'renderer')

describe('the file of an app:// address', () => {
  it('is one of ours', () => {
    expect(fileOf(folder, 'app://comptoir/launcher/index.html')).toBe(join(folder, 'launcher/index.html'))
  })

  it.each([
    'app://comptoir/../../etc/passwd',
    'app://comptoir/%2e%2e/%2e%2e/secret.html',
    'app://comptoir/launcher/..%2f..%2f..%2fsecret.html',
    'app://comptoir/launcher/..%5c..%5csecret.html',
    'app://comptoir/launcher\\..\\..\\secret.html',
    'app://comptoir/index.html%00.js',
    'app://comptoir/%',
    'app://comptoir/',
    'app://ailleurs/launcher/index.html',
  ])('is never outside our folder: %s', (url) => {
    const file = fileOf(folder, url)
    expect(file === null || file.startsWith(`${folder}/`)).toBe(true)
  })

  it('is never outside our folder, whatever is asked', () => {
    const part = oneof(constantFrom('..', '%2e%2e', '%2f', '%5c', '/', '\\', '%00', '.'), string())
    assert(
      property(array(part), (parts) => {
        const url = `app://comptoir/${parts.join('/')}`
        if (!URL.canParse(url)) return
        const file = fileOf(folder, url)
        expect(file === null || file.startsWith(`${folder}/`)).toBe(true)
      }),
    )
  })
})
