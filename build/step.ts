/** Runs one step of a script and prints its name and time; a step that fails is named before its error goes on. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    const result = await work();
    console.log(`✓ ${name} (${secondsSince(startedAt)})`);
    return result;
  } catch (error) {
    console.log(`✗ ${name} (${secondsSince(startedAt)})`);
    throw error;
  }
}

/** Runs a script's main function; what it throws is told in words and sets the exit code. */
export async function runScript(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}

/** The messages of an error and its causes, without stack traces. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${describeError(error.cause)})`;
}

/** The time since a `performance.now()`, as `1.2 s`. */
export function secondsSince(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
