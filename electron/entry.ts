import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { app } from 'electron';
import { readProgramLine } from './cli/command-line';
import { launch } from './launch';

// One program is the app and its command line: what follows it decides, before anything of the app is loaded.

app.setName('Nuvem');
const isFromSource = process.defaultApp === true;
const line = readProgramLine(process.argv, isFromSource);
if (line.kind === 'app') launch(line);
else await runInTerminal(line);

async function runInTerminal(command: Exclude<typeof line, { kind: 'app' }>): Promise<void> {
  const [{ runCommandLine }, { languageInForce }, { createTexts }] = await Promise.all([
    import('./cli/run-command'),
    import('./desktop/language'),
    import('./desktop/texts'),
  ]);
  const report = await runCommandLine(command, {
    version: app.getVersion(),
    folder: app.getPath('userData'),
    textOf: createTexts(() => languageInForce('system', app.getPreferredSystemLanguages())),
    startApp,
    complain: (text) => void process.stderr.write(`${text}\n`),
    wait,
  });
  await write(process.stdout, report.text);
  await write(process.stderr, report.complaint);
  app.exit(report.code);
}

/** Detached: it outlives the command. What stands in its way is seen by its not answering. */
async function startApp(switches: readonly string[]): Promise<boolean> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return false;
  const folder = isFromSource ? [app.getAppPath()] : [];
  const child = spawn(process.execPath, [...switches, ...folder, '--hidden'], {
    detached: true,
    stdio: 'ignore',
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** A pipe may not have taken all when the process ends. */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (text === '') resolve();
    else stream.write(`${text}\n`, () => resolve());
  });
}
