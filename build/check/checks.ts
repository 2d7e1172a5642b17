import { describeError, secondsSince } from '../step';
import { packageBin } from '../system/package-bin';
import { runQuietly } from '../system/run';
import { findTextProblems } from './i18n';
import { findLayerProblems, layeredSources } from './layers';

export interface CheckResult {
  readonly name: string;
  readonly isOk: boolean;
}

/** Finds problems, each as text for people; none means that all is well. */
type Check = () => Promise<readonly string[]>;

const typedFolders = ['shared', 'electron', 'renderer', 'build', 'tests'];

const checks: Readonly<Record<string, Check>> = {
  format: tool('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.']),
  ...Object.fromEntries(
    typedFolders.map((folder) => [`types-${folder}`, tool('typescript', 'tsc', ['--project', folder])]),
  ),
  layers: async () => findLayerProblems(layeredSources()),
  'dead-code': tool('knip', 'knip', ['--no-progress']),
  texts: async () => findTextProblems(),
};

/** Runs the static checks, all or those named, and prints one line for each. */
export async function runChecks(names: readonly string[]): Promise<readonly CheckResult[]> {
  const unknown = names.find((name) => !(name in checks));
  if (unknown !== undefined) {
    throw new Error(`There is no check "${unknown}"; there are: ${Object.keys(checks).join(', ')}`);
  }
  const results: CheckResult[] = [];
  for (const [name, check] of Object.entries(checks)) {
    if (names.length > 0 && !names.includes(name)) continue;
    results.push({ name, isOk: await runCheck(name, check) });
  }
  return results;
}

async function runCheck(name: string, check: Check): Promise<boolean> {
  const startedAt = performance.now();
  const problems = await check().catch((error: unknown) => [describeError(error)]);
  for (const problem of problems) console.log(problem);
  const isOk = problems.length === 0;
  console.log(`${isOk ? '✓' : '✗'} ${name} ${isOk ? 'ok' : 'failed'} (${secondsSince(startedAt)})`);
  return isOk;
}

/** A check by a program of a package; its whole output is the problem when it fails. */
function tool(packageName: string, bin: string, args: readonly string[]): Check {
  return async () => {
    const { code, stdout, stderr } = await runQuietly(process.execPath, [
      packageBin(packageName, bin),
      ...args,
    ]);
    return code === 0 ? [] : [`${stdout}${stderr}`.trim()];
  };
}
