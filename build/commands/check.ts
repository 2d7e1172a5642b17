import { runChecks } from '../check/checks';
import { runScript } from '../step';

await runScript(async () => {
  const results = await runChecks(process.argv.slice(2));
  if (results.some((result) => !result.isOk)) process.exitCode = 1;
});
