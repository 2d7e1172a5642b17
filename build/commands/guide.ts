import { cp, rm } from 'node:fs/promises';
import { runScript, step } from '../step';
import { runStage } from '../test/stages';

const taken = 'test-results/guide';
const kept = 'docs/guide/images';

/** `npm run guide`: takes the pictures of the user guide anew, in all languages. */
await runScript(async () => {
  await rm(taken, { recursive: true, force: true });
  const { failures } = await runStage('e2e', ['guide.spec']);
  const [failure] = failures;
  if (failure !== undefined) throw new Error(`${failure.name}: ${failure.message}`);
  await step(`Pictures into ${kept}`, async () => {
    await rm(kept, { recursive: true, force: true });
    await cp(taken, kept, { recursive: true });
  });
});
