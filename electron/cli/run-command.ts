import type { ControlReply } from '../control/protocol';
import type { TextOf } from '../desktop/texts';
import type { CommandLine } from './command-line';
import { askApp, type ControlOutcome } from './control-client';
import { exitCodes, problemText, type Report, reportOf } from './report';

export interface RunCommandDependencies {
  readonly version: string;
  /** Of the app's own data. */
  readonly folder: string;
  readonly textOf: TextOf;
  /** Starts the app without a window; resolves with false where it can't be. */
  readonly startApp: (switches: readonly string[]) => Promise<boolean>;
  /** For standard error, at once. */
  readonly complain: (text: string) => void;
  readonly wait: (ms: number) => Promise<void>;
}

const startLimitMs = 60_000;
const lookAgainMs = 100;

/** Does what a command line asks for, by the running app or one that is started for it. */
export async function runCommandLine(
  line: Exclude<CommandLine, { kind: 'app' }>,
  deps: RunCommandDependencies,
): Promise<Report> {
  const { textOf, version } = deps;
  switch (line.kind) {
    case 'help':
      return { code: exitCodes.done, text: textOf('cli.help'), complaint: '' };
    case 'version':
      return { code: exitCodes.done, text: `Nuvem ${version}`, complaint: '' };
    case 'wrong':
      return {
        code: exitCodes.notUnderstood,
        text: '',
        complaint: `${problemText(line.problem, textOf)}\n${textOf('cli.seeHelp')}`,
      };
    case 'command':
      return runCommand(line, deps);
  }
}

async function runCommand(
  { command, isJson, timeoutMs, switches }: Extract<CommandLine, { kind: 'command' }>,
  { folder, textOf, startApp, complain, wait }: RunCommandDependencies,
): Promise<Report> {
  const signal = timeoutMs === null ? new AbortController().signal : AbortSignal.timeout(timeoutMs);
  const onAsks = ({ machine }: Extract<ControlReply, { kind: 'asks' }>): void =>
    complain(textOf('cli.asks', { machine }));
  const ask = (): Promise<ControlOutcome> => askApp(folder, command, onAsks, signal);

  let outcome = await ask();
  const needsApp = command.kind !== 'status' && command.kind !== 'disconnect';
  if (outcome.kind === 'notRunning' && needsApp) {
    if (!(await startApp(switches)))
      return { code: exitCodes.notStarted, text: '', complaint: textOf('cli.notStarted') };
    for (
      let waitedMs = 0;
      outcome.kind === 'notRunning' && waitedMs < startLimitMs;
      waitedMs += lookAgainMs
    ) {
      await wait(lookAgainMs);
      outcome = await ask();
    }
    if (outcome.kind === 'notRunning')
      return { code: exitCodes.notStarted, text: '', complaint: textOf('cli.notStarted') };
  }
  return reportOf(outcome, isJson, textOf);
}
