/** Ends an exhaustive switch: adding a member to the union becomes a compile error where it is not handled. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
