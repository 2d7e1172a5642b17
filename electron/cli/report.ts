import type { ListedMachine, ListedTunnel, MachineStatus } from '../control/protocol';
import type { TextOf } from '../desktop/texts';
import type { CommandLineProblem } from './command-line';
import type { ControlOutcome } from './control-client';

/** The exit codes of the command; its help names them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  notUnderstood: 2,
  notRunning: 3,
  notStarted: 4,
  notFound: 5,
  timedOut: 6,
} as const;

export interface Report {
  readonly code: (typeof exitCodes)[keyof typeof exitCodes];
  /** For standard output; empty: nothing. */
  readonly text: string;
  /** For standard error; empty: nothing. */
  readonly complaint: string;
}

const done = (text: string): Report => ({ code: exitCodes.done, text, complaint: '' });
const fail = (code: Report['code'], complaint: string): Report => ({ code, text: '', complaint });

/** What the command says and how it ends. As JSON, what is asked for is what the app said, whole. */
export function reportOf(outcome: ControlOutcome, isJson: boolean, textOf: TextOf): Report {
  switch (outcome.kind) {
    case 'machines':
      return done(isJson ? json(outcome.machines) : table(outcome.machines.map(machineRow(textOf))));
    case 'status':
      return done(
        isJson ? json({ isRunning: true, ...withoutKind(outcome) }) : statusText(outcome.machines, textOf),
      );
    case 'tunnels': {
      const text = isJson ? json(outcome.tunnels) : table(outcome.tunnels.map(tunnelRow(textOf)));
      const errors = outcome.tunnels.flatMap(({ error }) =>
        error === null ? [] : [errorText(error, textOf)],
      );
      return errors.length === 0
        ? done(text)
        : { code: exitCodes.failed, text, complaint: errors.join('\n') };
    }
    case 'connected':
      return done(isJson ? json(withoutKind(outcome)) : textOf('cli.connected', outcome));
    case 'notebookOpened':
      return done(isJson ? json(withoutKind(outcome)) : textOf('cli.notebookOpened', outcome));
    case 'disconnected':
      return done(isJson ? json(withoutKind(outcome)) : textOf('cli.disconnected', outcome));
    case 'machineUnknown':
      return fail(exitCodes.notFound, textOf('cli.machineUnknown', { name: outcome.name }));
    case 'machineAmbiguous':
      return fail(
        exitCodes.notFound,
        [textOf('cli.machineAmbiguous', { name: outcome.name }), ...outcome.ids].join('\n'),
      );
    case 'tunnelUnknown':
      return fail(
        exitCodes.notFound,
        outcome.name === ''
          ? textOf('cli.noTunnels', { machine: outcome.machine })
          : textOf('cli.tunnelUnknown', { machine: outcome.machine, name: outcome.name }),
      );
    case 'failed':
      return fail(exitCodes.failed, errorText(outcome.error, textOf));
    case 'asks':
      return fail(exitCodes.failed, textOf('cli.asks', outcome));
    case 'notRunning':
      return {
        ...fail(exitCodes.notRunning, isJson ? '' : textOf('cli.notRunning')),
        text: isJson ? json({ isRunning: false }) : '',
      };
    case 'refused':
      return fail(exitCodes.failed, textOf('cli.refused'));
    case 'timedOut':
      return fail(exitCodes.timedOut, textOf('cli.timedOut'));
  }
}

export function problemText(problem: CommandLineProblem, textOf: TextOf): string {
  switch (problem.kind) {
    case 'unknownCommand':
      return textOf('cli.wrong.unknownCommand', problem);
    case 'nameMissing':
      return textOf('cli.wrong.nameMissing', problem);
    case 'tooMuch':
      return textOf('cli.wrong.tooMuch', problem);
    case 'unknownOption':
      return textOf('cli.wrong.unknownOption', problem);
    case 'timeoutInvalid':
      return textOf('cli.wrong.timeoutInvalid');
  }
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);

function withoutKind<Value extends { readonly kind: string }>({ kind, ...rest }: Value): Omit<Value, 'kind'> {
  return rest;
}

function statusText(machines: readonly MachineStatus[], textOf: TextOf): string {
  const inUse = machines.filter(
    ({ state, tunnels, notebooks }) =>
      !['idle', 'closed'].includes(state) ||
      notebooks > 0 ||
      tunnels.some((tunnel) => tunnel.state !== 'off'),
  );
  if (inUse.length === 0) return textOf('cli.nothingConnected');
  return table(
    inUse.flatMap((machine) => [
      [...machineRow(textOf)(machine), textOf('cli.notebooks', { count: machine.notebooks })],
      ...machine.tunnels
        .filter(({ state }) => state !== 'off')
        .map((tunnel) => ['', ...tunnelRow(textOf)(tunnel)]),
    ]),
  );
}

const machineRow =
  (textOf: TextOf) =>
  ({ name, address, state }: ListedMachine): readonly string[] => [name, address, textOf(`status.${state}`)];

const tunnelRow =
  (textOf: TextOf) =>
  ({ name, address, state }: ListedTunnel): readonly string[] => [
    name || address,
    address,
    textOf(`cli.tunnel.${state}`),
  ];

function errorText(
  { code, params }: Extract<ControlOutcome, { kind: 'failed' }>['error'],
  textOf: TextOf,
): string {
  return `${textOf(`errors:${code}.what`, params)} ${textOf(`errors:${code}.todo`, params)}`.trim();
}

/** Columns, two spaces apart; control characters of names would steer the terminal. */
function table(rows: readonly (readonly string[])[]): string {
  const plain = rows.map((row) => row.map((cell) => cell.replace(/\p{Cc}/gu, '')));
  const widths = plain.reduce<number[]>(
    (most, row) =>
      row.map((cell, column) => Math.max(most[column] ?? 0, cell.length)).concat(most.slice(row.length)),
    [],
  );
  return plain
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
