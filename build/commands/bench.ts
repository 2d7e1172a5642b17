import { readdir } from 'node:fs/promises';
import { runScript, step } from '../step';
import { runVisibly } from '../system/run';
import { startXvfb } from '../system/xvfb';
import { prepareStage } from '../test/stages';

const folder = 'tests/bench';
const ending = '.bench.ts';

/** `npm run bench [-- name...]`: each benchmark is a script that prints its own table. */
await runScript(async () => {
  const names = await chosenBenches(process.argv.slice(2));
  await prepareStage('e2e');
  const display = process.platform === 'linux' ? await startXvfb() : null;
  try {
    for (const name of names) {
      await step(`Benchmark ${name}`, () => run(`${folder}/${name}${ending}`, display?.env ?? {}));
    }
  } finally {
    await display?.stop();
  }
});

async function chosenBenches(wanted: readonly string[]): Promise<readonly string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(ending));
  const names = files.map((name) => name.slice(0, -ending.length)).sort();
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no benchmark "${unknown}"; there are: ${names.join(', ')}`);
  }
  return wanted.length > 0 ? wanted : names;
}

async function run(script: string, env: Readonly<Record<string, string>>): Promise<void> {
  const code = await runVisibly(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, ...env },
  });
  if (code !== 0) throw new Error(`${script} ended with code ${code}`);
}
