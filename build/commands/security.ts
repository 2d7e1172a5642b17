import { readFile } from 'node:fs/promises';
import { answeredFindings, compareFindings } from '../security/answered-findings';
import { findElectronProblem } from '../security/electron-support';
import { runElectronegativity } from '../security/electronegativity';
import { runScript } from '../step';

/** What needs the registry and so is no part of the checks: see docs/security.md. */
await runScript(async () => {
  const found = await runElectronegativity();
  const answered = answeredFindings(await readFile('docs/security.md', 'utf8'));
  const electronProblem = await findElectronProblem();
  const problems = [
    ...compareFindings(found, answered),
    ...(electronProblem === null ? [] : [electronProblem]),
  ];
  for (const problem of problems) console.log(problem);
  console.log(`electronegativity: ${found.length} kinds of findings, ${problems.length} problems`);
  if (problems.length > 0) process.exitCode = 1;
});
