import { parseForward } from '../../../shared/model/forward-text';
import { ProxyCommand } from '../../../shared/model/machine';
import { type Forward, isExposedAddress } from '../../../shared/model/tunnel';
import { shellWords } from './shell-words';

/** A server as people write it; null is what they left out. */
export interface SshAddress {
  readonly host: string;
  readonly port: number | null;
  readonly user: string | null;
}

/** What a pasted address or command line says about a machine. */
export interface SshTarget extends SshAddress {
  readonly keyPath: string | null;
  /** Nearest to the user first. */
  readonly jumps: readonly SshAddress[];
  /** A command that leads to the machine, or to its first jump host. */
  readonly proxyLine: string | null;
  /** The tunnels of `-L`, `-R` and `-D` that only this computer, or the machine itself, can reach. */
  readonly forwards: readonly Forward[];
  /** It was an `ssh` command line, which without a key tries the agent. */
  readonly isCommand: boolean;
  /** Parts of the text that say something else, as they were written. */
  readonly ignored: readonly string[];
}

/**
 * Reads `user@host:port`, an `ssh://` URL (draft-ietf-secsh-scp-sftp-ssh-uri) or an `ssh` command line (ssh(1)).
 * Nothing is run or expanded. Null when it is none of them.
 */
export function parseSshTarget(text: string): SshTarget | null {
  const trimmed = text.trim();
  const words = shellWords(trimmed);
  if (words?.[0] !== undefined && /(?:^|[\\/])ssh(?:\.exe)?$/.test(words[0]))
    return parseCommand(words.slice(1));
  if (trimmed.startsWith('ssh://')) return parseUrl(trimmed);
  const address = parseAddress(trimmed);
  return address && { ...address, ...nothingMore, isCommand: false };
}

const nothingMore = { keyPath: null, jumps: [], proxyLine: null, forwards: [], ignored: [] } as const;

/** `[user@]host[:port]`; an IPv6 address with a port stands in brackets. */
function parseAddress(text: string): SshAddress | null {
  const match =
    /^(?:(?<user>[^\s@/]+)@)?(?:\[(?<bracketed>[\da-f:.%]+)\]|(?<bare>[\da-f]*:[\da-f]*:[\da-f:.]*)|(?<name>[^\s:@/[\]]+))(?::(?<port>\d{1,5}))?$/iu.exec(
      text,
    );
  const { user, bracketed, bare, name, port } = match?.groups ?? {};
  const host = bracketed ?? bare ?? name;
  if (host === undefined || host.startsWith('-')) return null;
  return { host, port: port === undefined ? null : Number(port), user: user ?? null };
}

function parseUrl(text: string): SshTarget | null {
  const match = /^ssh:\/\/(?:([^@/]*)@)?([^@/?#]+)(\/[^?#]*)?$/.exec(text);
  const [, account, authority = '', path = '/'] = match ?? [];
  const address = parseAddress(authority);
  if (address === null) return null;
  const [, user = '', more = ''] = /^([^:;]*)(.*)$/su.exec(account ?? '') ?? [];
  // A password in a URL is not repeated on the screen.
  const ignored = [...(more === '' ? [] : ['…@']), ...(path === '/' ? [] : [path])];
  return { ...address, ...nothingMore, user: decoded(user) || null, isCommand: false, ignored };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const lettersWithValue = 'BbcDEeFIiJLlmOopPQRSWw';
/** They only change what is printed, or ask for no shell: Nuvem's connections have none of that. */
const lettersWithoutMeaning = 'fNnqTtv';

interface CommandSoFar {
  destination: string | null;
  user: string | null;
  port: number | null;
  hostName: string | null;
  keyPath: string | null;
  jumps: readonly SshAddress[];
  proxyLine: string | null;
  readonly forwards: Forward[];
  readonly ignored: string[];
}

function parseCommand(words: readonly string[]): SshTarget | null {
  const command: CommandSoFar = {
    ...{
      destination: null,
      user: null,
      port: null,
      hostName: null,
      keyPath: null,
      jumps: [],
      proxyLine: null,
    },
    forwards: [],
    ignored: [],
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word.startsWith('-') && word.length > 1 && word !== '--') {
      at += readOptions(word.slice(1), words[at + 1], command);
    } else if (command.destination === null && word !== '--') {
      command.destination = word;
    } else if (word !== '--') {
      command.ignored.push(words.slice(at).join(' '));
      break;
    }
  }
  const destination = command.destination ?? '';
  const url = parseUrl(destination);
  const address = url ?? parseAddress(destination);
  if (address === null) return null;
  return {
    host: command.hostName ?? address.host,
    port: command.port ?? address.port,
    user: command.user ?? address.user,
    keyPath: command.keyPath,
    jumps: command.jumps,
    proxyLine: command.proxyLine,
    forwards: command.forwards,
    isCommand: true,
    ignored: [...(url?.ignored ?? []), ...command.ignored],
  };
}

/** Reads `-Nvp 22` without its dash; returns how many further words it took. */
function readOptions(letters: string, next: string | undefined, command: CommandSoFar): 0 | 1 {
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charAt(at);
    if (!lettersWithValue.includes(letter)) {
      if (!lettersWithoutMeaning.includes(letter)) command.ignored.push(`-${letter}`);
      continue;
    }
    const attached = letters.slice(at + 1);
    const value = attached === '' ? next : attached;
    if (value === undefined || !readValue(letter, value, command)) {
      command.ignored.push([`-${letter}`, ...(value === undefined ? [] : [value])].join(' '));
    }
    return attached === '' && next !== undefined ? 1 : 0;
  }
  return 0;
}

/** Takes the value of an option over; false when Nuvem has no place for it. */
function readValue(letter: string, value: string, command: CommandSoFar): boolean {
  switch (letter) {
    case 'p':
      if (!/^\d{1,5}$/.test(value)) return false;
      command.port = Number(value);
      return true;
    case 'l':
      command.user = value;
      return true;
    case 'i':
      command.keyPath = value;
      return true;
    case 'J': {
      const jumps = value.split(',').map((each) => {
        const jump = parseUrl(each) ?? parseAddress(each);
        return jump && { host: jump.host, port: jump.port, user: jump.user };
      });
      if (jumps.includes(null) || command.proxyLine !== null) return false;
      command.jumps = jumps.filter((jump) => jump !== null);
      return true;
    }
    case 'L':
      return readForward('local', value, command);
    case 'R':
      return readForward('remote', value, command);
    case 'D':
      return readForward('dynamic', value, command);
    case 'o':
      return readConfigLine(value, command);
    default:
      return false;
  }
}

const letterOfKeyword: Readonly<Record<string, string>> = {
  port: 'p',
  user: 'l',
  identityfile: 'i',
  proxyjump: 'J',
  localforward: 'L',
  remoteforward: 'R',
  dynamicforward: 'D',
};

/** A line as it could stand in ssh_config(5). */
function readConfigLine(line: string, command: CommandSoFar): boolean {
  const [, word = '', argument = ''] = /^\s*(\w+)(?:\s*=\s*|\s+)(.+)$/su.exec(line) ?? [];
  const keyword = word.toLowerCase();
  if (keyword === 'hostname') {
    if (parseAddress(argument) === null) return false;
    command.hostName = argument;
    return true;
  }
  if (keyword === 'proxycommand') {
    // ssh takes the first of the two and leaves the other one out.
    if (command.jumps.length > 0) return false;
    const parsed = ProxyCommand.safeParse({ kind: 'command', line: argument });
    if (parsed.success && parsed.data.line.toLowerCase() !== 'none') command.proxyLine = parsed.data.line;
    return parsed.success;
  }
  const letter = letterOfKeyword[keyword];
  const isForward = keyword.endsWith('forward');
  return (
    letter !== undefined &&
    readValue(letter, isForward ? argument.trim().replace(/\s+/, ':') : argument, command)
  );
}

/** What others could reach needs a consent that pasting is not: it stays with what is not taken over. */
function readForward(kind: Forward['kind'], text: string, command: CommandSoFar): boolean {
  const forward = parseForward(kind, text);
  if (forward === null || isExposedAddress(forward.listen)) return false;
  command.forwards.push(forward);
  return true;
}
