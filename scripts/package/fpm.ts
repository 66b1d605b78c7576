#!/usr/bin/env node
// What electron-builder calls fpm.

import { readFpmArguments, writeDeb } from './deb.ts'

const date = Number(process.env['SOURCE_DATE_EPOCH'])
if (!Number.isSafeInteger(date)) throw new Error('SOURCE_DATE_EPOCH is no date.')
await writeDeb(readFpmArguments(process.argv.slice(2)), date)
