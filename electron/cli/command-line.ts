import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { ControlCommand } from '../control/protocol';
import { isNuvemFile } from './file-argument';

/** What a command line asks for. */
export type CommandLine =
  /** The window: no command was given. */
  | {
      readonly kind: 'app';
      readonly isHidden: boolean;
      readonly opensPalette: boolean;
      readonly links: readonly string[];
      /** Paths or `file:` addresses of files that Nuvem opens. */
      readonly files: readonly string[];
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly problem: CommandLineProblem }
  | {
      readonly kind: 'command';
      readonly command: ControlCommand;
      readonly isJson: boolean;
      readonly timeoutMs: number | null;
      /** Switches of Electron's own that came before; an app that is started gets them, too. */
      readonly switches: readonly string[];
    };

export type CommandLineProblem =
  | { readonly kind: 'unknownCommand'; readonly word: string }
  | { readonly kind: 'nameMissing'; readonly command: string }
  | { readonly kind: 'tooMuch'; readonly word: string }
  | { readonly kind: 'unknownOption'; readonly word: string }
  | { readonly kind: 'timeoutInvalid' };

const commandNames = ['list', 'status', 'connect', 'notebook', 'tunnel', 'disconnect'] as const;
const CommandName = z.enum(commandNames);
const Seconds = z.coerce.number().positive().max(86_400);

/** Reads a program's `argv`; `isFromSource`: the app's folder comes first, as in development. */
export function readProgramLine(argv: readonly string[], isFromSource: boolean): CommandLine {
  const args = argv.slice(1);
  const folderAt = isFromSource ? args.findIndex((argument) => !argument.startsWith('-')) : -1;
  return readCommandLine(args.filter((_argument, index) => index !== folderAt));
}

/** Reads the arguments after the program (and the app's folder). */
export function readCommandLine(args: readonly string[]): CommandLine {
  const at = args.findIndex((argument) => !argument.startsWith('-'));
  const switches = at === -1 ? args : args.slice(0, at);
  const [word, ...rest] = at === -1 ? [] : args.slice(at);
  if (switches.includes('--help') || word === 'help') return { kind: 'help' };
  if (switches.includes('--version')) return { kind: 'version' };
  // A link is an address; so is a folder or file that a desktop hands over, which no command looks like.
  const isForWindow = word === undefined || /[/:\\]/.test(word) || isNuvemFile(word);
  if (isForWindow) {
    return {
      kind: 'app',
      isHidden: args.includes('--hidden'),
      opensPalette: args.includes('--palette'),
      links: args.filter(isLink),
      files: args.filter(isFile),
    };
  }
  const name = CommandName.safeParse(word);
  if (!name.success) return { kind: 'wrong', problem: { kind: 'unknownCommand', word } };
  return readCommand(name.data, rest, switches);
}

/** Whether an argument is an address that Nuvem opens. */
export const isLink = (argument: string): boolean => /^(nuvem|ssh):\/\//i.test(argument);

const isFile = (argument: string): boolean => isNuvemFile(argument) && !isLink(argument);

function readCommand(
  name: (typeof commandNames)[number],
  args: readonly string[],
  switches: readonly string[],
): CommandLine {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      json: { type: 'boolean' },
      timeout: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return { kind: 'help' };
  const wrong = (problem: CommandLineProblem): CommandLine => ({ kind: 'wrong', problem });
  for (const token of tokens) {
    if (token.kind === 'option' && !['json', 'timeout', 'help'].includes(token.name))
      return wrong({ kind: 'unknownOption', word: token.rawName });
  }
  const timeout = values.timeout === undefined ? null : Seconds.safeParse(values.timeout);
  if (timeout?.success === false) return wrong({ kind: 'timeoutInvalid' });
  const [machine, tunnel] = positionals;
  const mostNames = name === 'tunnel' ? 2 : name === 'list' || name === 'status' ? 0 : 1;
  const tooMuch = positionals[mostNames];
  if (tooMuch !== undefined) return wrong({ kind: 'tooMuch', word: tooMuch });
  if (mostNames > 0 && !machine) return wrong({ kind: 'nameMissing', command: name });
  return {
    kind: 'command',
    command: commandOf(name, machine ?? '', tunnel ?? null),
    isJson: values.json === true,
    timeoutMs: timeout === null ? null : timeout.data * 1000,
    switches,
  };
}

function commandOf(
  kind: (typeof commandNames)[number],
  machine: string,
  tunnel: string | null,
): ControlCommand {
  if (kind === 'list' || kind === 'status') return { kind };
  return kind === 'tunnel' ? { kind, machine, tunnel } : { kind, machine };
}
