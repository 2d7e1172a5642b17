import { AppError } from '../../shared/errors/app-error';
import type { ListeningPort } from '../../shared/model/tunnel-status';
import type { Transport } from '../connection/transport';

/**
 * Asks for the sockets that listen: `ss` knows the processes of this user too; /proc (proc(5)) and netstat
 * (macOS, BSD) know the ports alone. Output of start-up files comes before the first mark and is skipped.
 */
const script = `
if command -v ss >/dev/null 2>&1; then
  echo nuvem-ports ss
  ss -H -ltnp 2>/dev/null
elif [ -r /proc/net/tcp ]; then
  echo nuvem-ports proc
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null
else
  echo nuvem-ports netstat
  netstat -an -p tcp 2>/dev/null
fi
exit 0
`;

/** What every server has and nobody needs a tunnel for: SSH, mail, name service, portmapper, printing. */
const ofTheSystem = new Set([22, 25, 53, 111, 631]);
const shownAtMost = 40;

/**
 * The ports of the machine on which something listens, lowest first.
 * @throws AppError `connection-lost`, or `remote-shell-unsupported` when no POSIX shell took the question
 */
export async function findListeningPorts(transport: Transport): Promise<readonly ListeningPort[]> {
  const { stdout, stderr } = await transport.exec('sh -s', { stdin: script, timeoutMs: 15_000 });
  const ports = readListeningPorts(stdout);
  if (ports !== null) return ports;
  const answered = `${stderr}\n${stdout}`.split('\n').filter((line) => line.trim() !== '');
  throw new AppError('remote-shell-unsupported', {}, { details: answered.slice(0, 5) });
}

/** Reads the script's output; null when the script did not run. */
export function readListeningPorts(output: string): readonly ListeningPort[] | null {
  const lines = output.split('\n').map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith('nuvem-ports '));
  const readLine = lineReaders[lines[start]?.slice('nuvem-ports '.length) ?? ''];
  if (readLine === undefined) return null;
  const found = new Map<number, ListeningPort>();
  for (const line of lines.slice(start + 1)) {
    const listening = readLine(line);
    if (listening === null || !(listening.port > 0) || ofTheSystem.has(listening.port)) continue;
    const known = found.get(listening.port);
    const isNearer = known === undefined || (known.host !== loopback && listening.host === loopback);
    if (isNearer)
      found.set(listening.port, { ...listening, process: listening.process || known?.process || '' });
  }
  return [...found.values()].sort((one, other) => one.port - other.port).slice(0, shownAtMost);
}

const loopback = '127.0.0.1';

const lineReaders: Readonly<Record<string, (line: string) => ListeningPort | null>> = {
  /** `LISTEN 0 128 127.0.0.1:4040 0.0.0.0:* users:(("java",pid=12,fd=3))` */
  ss: (line) => {
    const [state, , , local, , users = ''] = line.split(/\s+/);
    const end = state === 'LISTEN' && local !== undefined ? /^(.*):(\d+)$/.exec(local) : null;
    if (end === null) return null;
    const process = /^users:\(\("([^"]*)"/.exec(users)?.[1] ?? '';
    return { port: Number(end[2]), host: hostOf(end[1] ?? ''), process };
  },
  /** `0: 0100007F:0FC8 00000000:0000 0A ...` */
  proc: (line) => {
    const [, local, , state] = line.split(/\s+/);
    const end = state === '0A' && local !== undefined ? /^([0-9A-F]+):([0-9A-F]{4})$/.exec(local) : null;
    if (end === null) return null;
    return { port: Number.parseInt(end[2] ?? '', 16), host: procHost(end[1] ?? ''), process: '' };
  },
  /** `tcp4 0 0 127.0.0.1.4040 *.* LISTEN` */
  netstat: (line) => {
    const [protocol, , , local, , state] = line.split(/\s+/);
    const end =
      protocol?.startsWith('tcp') && state === 'LISTEN' ? /^(.*)[.:](\d+)$/.exec(local ?? '') : null;
    return end === null ? null : { port: Number(end[2]), host: hostOf(end[1] ?? ''), process: '' };
  },
};

/** Where to connect to, to reach what listens on `address`. */
function hostOf(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (bare === '*' || bare === '0.0.0.0' || bare === '::' || bare.startsWith('127.')) return loopback;
  return bare.replace(/^::ffff:/i, '');
}

/** Little-endian, as on all machines that one rents; other addresses than IPv4's are taken for any. */
function procHost(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  if (bytes.length !== 4) return hex === '00000000000000000000000001000000' ? '::1' : loopback;
  return hostOf(
    bytes
      .reverse()
      .map((byte) => Number.parseInt(byte, 16))
      .join('.'),
  );
}
