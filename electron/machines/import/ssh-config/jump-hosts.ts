/** A jump host as ProxyJump names it; null is what it leaves to the configuration. */
export interface JumpHost {
  readonly host: string;
  readonly port: number | null;
  readonly user: string | null;
}

/**
 * The hosts of ProxyJump, nearest to the user first: `[user@]host[:port]` or `ssh://` URLs, separated by commas.
 * Empty for `none`; null when ssh would not understand it.
 */
export function jumpHostsOf(text: string): readonly JumpHost[] | null {
  if (text.toLowerCase() === 'none') return [];
  const hosts = text.split(',').map(jumpHostOf);
  return hosts.every((host) => host !== null) ? hosts : null;
}

function jumpHostOf(text: string): JumpHost | null {
  const url = /^ssh:\/\/([^/]*)\/?$/i.exec(text);
  const plain = url ? (url[1] ?? '') : text;
  const at = plain.lastIndexOf('@');
  const user = at === -1 ? null : plain.slice(0, at);
  const [, bracketed, name, port] =
    /^(?:\[([^\]]+)\]|([^:/[\]]+))(?::(\d{1,5}))?$/.exec(plain.slice(at + 1)) ?? [];
  const host = bracketed ?? name;
  if (host === undefined || user === '' || /[\s]/.test(plain)) return null;
  const number = port === undefined ? null : Number(port);
  if (number !== null && (number < 1 || number > 65_535)) return null;
  // In a URL a user may come with a fingerprint and in percent encoding (draft-ietf-secsh-scp-sftp-ssh-uri).
  const ofUrl = url && user !== null ? decoded(user.replace(/;.*$/s, '')) : user;
  return { host, port: number, user: ofUrl };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
