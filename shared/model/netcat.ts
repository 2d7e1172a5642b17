import { ProxyServer } from './machine';

/** OpenBSD's netcat, which Debian, macOS and others have: `-X 5` is SOCKS 5. */
export function netcatCommand(
  { kind, host, port, user }: ProxyServer,
  quote: (word: string) => string,
): string {
  const protocol = kind === 'socks5' ? '5' : 'connect';
  const signIn = user === '' ? '' : ` -P ${quote(user).replaceAll('%', '%%')}`;
  return `nc -X ${protocol}${signIn} -x ${host}:${port} %h %p`;
}

/** The proxy server that a netcat command leads through; null when it says any more than that. */
export function proxyServerOf(command: string): ProxyServer | null {
  const [program = '', ...words] = command.trim().split(/ +/);
  if (!/^(?:\S*\/)?nc$/.test(program) || words.slice(-2).join(' ') !== '%h %p') return null;
  const options = new Map<string, string>();
  for (let at = 0; at < words.length - 2; at += 2) options.set(words[at] ?? '', words[at + 1] ?? '');
  const [, host, port] = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(options.get('-x') ?? '') ?? [];
  const user = options.get('-P') ?? '';
  const kind = { '5': 'socks5', connect: 'http' }[options.get('-X') ?? ''];
  const isAll = [...options.keys()].every((option) => ['-x', '-X', '-P'].includes(option));
  if (!isAll || !/^[\w.@%-]*$/.test(user)) return null;
  const parsed = ProxyServer.safeParse({ kind, host, port: Number(port), user: user.replaceAll('%%', '%') });
  return parsed.success ? parsed.data : null;
}
