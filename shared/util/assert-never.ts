/** Makes a switch over a closed union exhaustive at compile time; throws if an impossible value arrives. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
