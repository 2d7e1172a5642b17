import { JupyterAddress } from '../../../shared/model/jupyter-address';

interface TypedAddress {
  readonly address: JupyterAddress;
  /** Empty: none was in it. Secret. */
  readonly token: string;
}

const ofAnyAddress: ReadonlySet<string> = new Set(['localhost', '0.0.0.0', '[::]', '[::1]', '127.0.0.1']);

/**
 * Reads what the user typed: a port, `host:port`, or the address that Jupyter printed, which may hold its token and
 * lead to one of its pages. Null: it is none of them.
 */
export function readJupyterAddress(typed: string): TypedAddress | null {
  const text = typed.trim();
  const isUrl = /^https?:\/\//i.test(text);
  if (!isUrl && text.includes('://')) return null;
  const url = /^\d+$/.test(text)
    ? `http://localhost:${text}/`
    : /^https?:\/\//i.test(text)
      ? text
      : `http://${text}`;
  if (/\s/.test(text) || !URL.canParse(url)) return null;
  const { protocol, hostname, port, pathname, searchParams, username } = new URL(url);
  if (hostname === '' || username !== '') return null;
  const isTls = protocol === 'https:';
  const address = JupyterAddress.safeParse({
    host: ofAnyAddress.has(hostname) ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isTls ? 443 : 80) : Number(port),
    isTls,
    baseUrl:
      `/${pathname.replace(/(^|\/)(lab|tree|login|notebooks|api)(\/.*)?$/, '').replace(/^\/+|\/+$/g, '')}/`.replace(
        '//',
        '/',
      ),
  });
  return address.success ? { address: address.data, token: searchParams.get('token') ?? '' } : null;
}
