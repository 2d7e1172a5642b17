import type { ImportItem, ImportJump, ImportKey, ImportRemark } from '../../../../shared/model/import-plan';
import { emptyMachineDraft, type Identity, usualAgent } from '../../../../shared/model/machine';
import { type ImportCandidate, remark } from '../complete-plan';
import type { Bookmark } from './bookmarks-file';

interface MobaXtermEntries {
  readonly candidates: readonly ImportCandidate[];
  readonly remarks: readonly ImportRemark[];
}

/** What the number at the beginning of a session stands for. */
const sessionTypes = [
  'SSH',
  'Telnet',
  'Rsh',
  'XDMCP',
  'RDP',
  'VNC',
  'FTP',
  'SFTP',
  'Serial',
  'File',
  'Shell',
  'Browser',
  'Mosh',
  'Amazon S3',
  'WSL',
];

/**
 * Places of an SSH session's settings. The format is not documented by its makers; these were observed in files of
 * versions 10 to 25, older ones of which have fewer of them.
 */
const places = {
  host: 1,
  port: 2,
  user: 3,
  command: 7,
  gatewayHosts: 8,
  gatewayPorts: 9,
  gatewayUsers: 10,
  privateKey: 14,
  gatewayKeys: 15,
  proxyType: 19,
  proxyHost: 20,
  proxyPort: 21,
  proxyUser: 22,
  agentForwarding: 34,
} as const;

type Read = (place: keyof typeof places) => string;

const isOn = (flag: string): boolean => flag === '-1';

/** What becomes of MobaXterm's bookmarks; those that are no SSH are named in the remarks. */
export function readMobaXtermSessions(bookmarks: readonly Bookmark[], localUser: string): MobaXtermEntries {
  const candidates: ImportCandidate[] = [];
  const remarks: ImportRemark[] = [];
  for (const bookmark of bookmarks) {
    const { name, line } = bookmark;
    // The part before the first "#" is about reconnecting, the second is the icon.
    const settings = bookmark.value.split('#')[2]?.split('%').map(decode);
    const type = settings?.[0] ?? '';
    if (settings === undefined || !/^\d+$/.test(type)) {
      remarks.push(remark('entry-unreadable', { name }, line));
    } else if (type !== '0') {
      remarks.push(remark('entry-not-ssh', { name, type: sessionTypes[Number(type)] ?? type }, line));
    } else {
      candidates.push(candidateOf(bookmark, (place) => settings[places[place]]?.trim() ?? '', localUser));
    }
  }
  return { candidates, remarks };
}

/** Characters with a meaning in the file are written as words. */
function decode(text: string): string {
  const words: Readonly<Record<string, string>> = {
    __PTVIRG__: ';',
    __DIEZE__: '#',
    __PERCENT__: '%',
    __EQUAL__: '=',
    __DBLQUO__: '"',
  };
  return text.replaceAll(/__[A-Z]+__/g, (word) => words[word] ?? word);
}

function candidateOf({ name, folder, line }: Bookmark, read: Read, localUser: string): ImportCandidate {
  const { id: _, groupId: __, ...draft } = emptyMachineDraft;
  const named = userIn(read('user'));
  const detour = detourOf(read, localUser);
  return {
    key: `bookmark:${[...folder, name].join('\\')}`.slice(0, 900) as ImportKey,
    machine: {
      ...draft,
      name,
      route: {
        host: read('host'),
        port: portIn(read('port'), 22),
        user: named || localUser,
        jumps: detour.jumps,
        proxy: detour.proxy,
      },
      identity: identityOf(read('privateKey')),
      forwardsAgent: isOn(read('agentForwarding')),
    },
    groupPath: folder,
    tunnels: [],
    remarks: [
      ...(named === '' ? [remark('user-assumed', { user: localUser }, line)] : []),
      ...detour.remarks.map((found) => ({ ...found, line })),
      ...(read('command') === '' ? [] : [remark('option-unsupported', { option: 'command' }, line)]),
    ],
  };
}

interface Detour {
  readonly jumps: readonly ImportJump[];
  readonly proxy: ImportItem['machine']['route']['proxy'];
  readonly remarks: readonly ImportRemark[];
}

/** Gateways are lists in parallel; a proxy may be before them. */
function detourOf(read: Read, localUser: string): Detour {
  const listOf = (place: keyof typeof places): readonly string[] => read(place).split('__PIPE__');
  const [ports, users, keys] = [listOf('gatewayPorts'), listOf('gatewayUsers'), listOf('gatewayKeys')];
  const jumps = listOf('gatewayHosts').flatMap((host, index): readonly ImportJump[] =>
    host.trim() === ''
      ? []
      : [
          {
            kind: 'inline',
            host: host.trim(),
            port: portIn(ports[index] ?? '', 22),
            user: userIn(users[index] ?? '') || localUser,
            identity: identityOf(keys[index] ?? ''),
          },
        ],
  );
  const types = ['none', 'SOCKS 4', 'SOCKS 5', 'HTTP', 'Telnet', 'command'];
  const type = types[Number(read('proxyType') || 0)] ?? read('proxyType');
  const direct: Detour = { jumps, proxy: null, remarks: [] };
  if (type === 'none') return direct;
  if (type === 'SOCKS 5' || type === 'HTTP') {
    const server = {
      host: read('proxyHost'),
      port: portIn(read('proxyPort'), 1080),
      user: userIn(read('proxyUser')),
    };
    return { ...direct, proxy: { kind: type === 'HTTP' ? 'http' : 'socks5', ...server } };
  }
  return { ...direct, remarks: [remark('proxy-unsupported', { type })] };
}

/** In brackets stands the name of a credential of its own list, which is not in the file. */
const userIn = (text: string): string => (/^[[<].*[\]>]$/.test(text.trim()) ? '' : text.trim());

const portIn = (text: string, standard: number): number =>
  /^\d+$/.test(text.trim()) ? Number(text) : standard;

/** The folders that MobaXterm names by words are there under Windows. */
function identityOf(keyPath: string): Identity {
  const path = keyPath.trim().replace('_ProfileDir_', '~').replace('_CurrentDrive_', 'C');
  return path === '' ? usualAgent : { kind: 'keyFile', path };
}
