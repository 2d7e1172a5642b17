import { makePythonPeers } from '../../tests/support/setup/python-peers';
import { ensureSystemPeers } from '../../tests/support/setup/system-peers';
import { buildAppIfChanged } from '../app-bundle';
import { resolveElectron } from '../electron-runtime/resolve';
import { describeError, runScript, step } from '../step';
import { ensureElectronNeeds } from '../system/electron-needs';
import { emptyReport, mergeReports, type TestReport } from '../test/report';
import { runStage, type StageName, stageNames } from '../test/stages';

const usage = `npm test                         all of it
npm test -- setup                only what tests need to run
npm test -- ${stageNames.join('|')} [part of a file name...]`;

await runScript(async () => {
  const [choice, ...filters] = process.argv.slice(2);
  if (choice === 'setup') return setUp(stageNames);
  const stages = stageNames.filter((name) => choice === undefined || name === choice);
  if (stages.length === 0) throw new Error(`There is no stage "${choice}".\n\n${usage}`);

  await setUp(stages);
  const reports: TestReport[] = [];
  for (const stage of stages) {
    console.log(`\n== ${stage}`);
    reports.push(await runStageToItsEnd(stage, filters));
  }
  const report = mergeReports(reports);
  printSummary(report);
  if (report.failures.length > 0 || report.passed === 0) process.exitCode = 1;
});

async function setUp(stages: readonly StageName[]): Promise<void> {
  console.log('== setup');
  const needsPeers = stages.some((stage) => stage !== 'check');
  const needsApp = stages.includes('integration') || stages.includes('e2e');
  if (needsPeers) await step('System programs', ensureSystemPeers);
  if (needsApp) await step('Python environments', makePythonPeers);
  if (stages.includes('e2e')) {
    const electron = await step('Electron', () => resolveElectron());
    await step('System libraries', () => ensureElectronNeeds(electron.executablePath, true));
  }
}

/** One stage that breaks must not hide what the others would say. */
async function runStageToItsEnd(stage: StageName, filters: readonly string[]): Promise<TestReport> {
  try {
    if (stage === 'e2e') await step('Build', buildAppIfChanged);
    return await runStage(stage, filters);
  } catch (error) {
    return { ...emptyReport, failures: [{ name: stage, message: describeError(error) }] };
  }
}

/** The last line is for machines: it must stay alone and last. */
function printSummary({ passed, failures, skips }: TestReport): void {
  console.log('');
  for (const { name, reason } of skips) console.log(`skipped: ${name}: ${reason}`);
  for (const { name, message } of failures) console.log(`failed: ${name}: ${message.split('\n')[0]}`);
  console.log(`${passed} passed, ${failures.length} failed, ${skips.length} skipped`);
}
