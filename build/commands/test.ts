import { stripVTControlCharacters } from 'node:util';
import { runScript, step } from '../step';
import { mergeReports, type TestReport } from '../test/report';
import { prepareStage, runStage, type StageName, stageNames } from '../test/stages';

const usage = `npm test                                  all of it
npm test -- setup                         only what tests need to run
npm test -- ${stageNames.join('|')} [name...]   one stage; names are checks or parts of test file names`;

await runScript(async () => {
  const [choice, ...filters] = process.argv.slice(2);
  if (choice === 'setup') return prepare(stageNames);
  const stages = stageNames.filter((name) => choice === undefined || name === choice);
  if (stages.length === 0) throw new Error(`There is no stage "${choice}".\n\n${usage}`);

  const reports: TestReport[] = [];
  for (const stage of stages) {
    console.log(`\n== ${stage}`);
    reports.push(await runStage(stage, filters));
  }
  const report = mergeReports(reports);
  printSummary(report);
  if (report.failures.length > 0 || report.passed === 0) process.exitCode = 1;
});

async function prepare(stages: readonly StageName[]): Promise<void> {
  for (const stage of stages) await step(`Set-up for ${stage}`, () => prepareStage(stage));
}

/** The last line is for machines: it must stay alone and last. */
function printSummary({ passed, failures, skips, unsteady }: TestReport): void {
  console.log('');
  for (const { name, reason } of skips) console.log(`skipped: ${name}: ${reason}`);
  for (const { name, message } of unsteady)
    console.log(`unsteady, passed when run again: ${name}: ${firstLine(message)}`);
  for (const { name, message } of failures) console.log(`failed: ${name}: ${firstLine(message)}`);
  console.log(`${passed} passed, ${failures.length} failed, ${skips.length} skipped`);
}

function firstLine(message: string): string {
  return stripVTControlCharacters(message).split('\n')[0] ?? '';
}
