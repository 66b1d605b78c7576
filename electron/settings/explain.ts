import type * as z from 'zod'
import { assertNever } from '../assert-never.ts'
import { settingsFaultTexts as texts } from '../../renderer/ui/texts/settings-faults.ts'
import { explainUnknown } from './known-keys.ts'
import { toldValue } from './told-value.ts'

type Path = readonly PropertyKey[]

/** One thing that is wrong in a value: where, and what was expected there. */
export type ValueFault = { readonly path: Path; readonly text: string }

/** The expectation of an issue that its schema does not word itself, in French. */
export function expectation(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return texts.expectedType(issue.expected)
    case 'invalid_value':
      return texts.expectedOne(issue.values.map((value) => JSON.stringify(value)))
    case 'too_small':
      if (issue.inclusive === false) return texts.expectedMoreThan(issue.minimum.toString())
      return texts.expectedAtLeast(issue.minimum.toString(), issue.origin)
    case 'too_big':
      return texts.expectedAtMost(issue.maximum.toString(), issue.origin)
    case 'invalid_union':
      return expectedKinds(issue.options)
    case 'invalid_format':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'custom':
      return texts.refused
    default:
      return assertNever(issue)
  }
}

/** The values that tell one form from another, where a form is told by one. */
function expectedKinds(options: unknown): string {
  const kinds = Array.isArray(options) ? options.filter((kind) => typeof kind === 'string') : []
  return kinds.length === 0
    ? texts.expectedForm
    : texts.expectedOne(kinds.map((kind) => JSON.stringify(kind)))
}

/**
 * Everything that zod found wrong with `value`: each key that is unknown by itself, and what was found where it is known.
 * The paths of `issues` are from `base`.
 */
export function faultsOf(issues: readonly z.core.$ZodIssue[], value: unknown, base: Path = []): ValueFault[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const path = [...base, ...issue.path, key]
        return { path, text: explainUnknown(path) }
      })
    }
    if (issue.code === 'invalid_union') {
      // The form that was meant is the one whose fault is inside it.
      const meant = issue.errors.find(
        (errors) => errors.every(({ path }) => path.length > 0) || hasUnknown(errors),
      )
      if (meant !== undefined) {
        return faultsOf(meant, value, [...base, ...issue.path])
      }
    }
    return [faultAt([...base, ...issue.path], issue.message, value)]
  })
}

/** What was expected at a path, and what is there. */
export function faultAt(path: Path, expected: string, value: unknown): ValueFault {
  return { path, text: `${expected}${toldValue(valueAt(value, path), path)}` }
}

function hasUnknown(errors: readonly z.core.$ZodIssue[]): boolean {
  return errors.some(({ code }) => code === 'unrecognized_keys')
}

/** What stands at a path; undefined: nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, key) => {
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key)) return undefined
    return Reflect.get(inside, key)
  }, value)
}
