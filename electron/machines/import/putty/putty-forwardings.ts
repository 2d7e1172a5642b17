import type { ImportedTunnel, ImportRemark } from '../../../../shared/model/import-plan';
import { isExposedAddress, type TunnelListen } from '../../../../shared/model/tunnel';
import { remark } from '../complete-plan';

interface Options {
  /** Local ports without an address are for all computers (`LocalPortAcceptAll`). */
  readonly isLocalForAll: boolean;
  /** The same on the machine (`RemotePortAcceptAll`). */
  readonly isRemoteForAll: boolean;
}

interface Forwardings {
  readonly tunnels: readonly ImportedTunnel[];
  readonly remarks: readonly ImportRemark[];
}

/**
 * Reads PuTTY's `PortForwardings`: pairs like `L8080=localhost:80`, `4R127.0.0.1:9000=db:5432` or `D1080=`, parted
 * by commas, with `\` before a character that stands for itself. A 4 or 6 before the type names the Internet
 * protocol.
 */
export function parseForwardings(text: string, options: Options): Forwardings {
  const tunnels: ImportedTunnel[] = [];
  const remarks: ImportRemark[] = [];
  for (const { key, value } of pairsOf(text)) {
    const tunnel = tunnelOf(key, value, options);
    if (tunnel === null) remarks.push(remark('tunnel-invalid', { tunnel: `${key}=${value}` }));
    else tunnels.push(tunnel);
  }
  return { tunnels, remarks };
}

function tunnelOf(key: string, value: string, options: Options): ImportedTunnel | null {
  const [, version, type, end] = /^([46]?)([LRD])(.*)$/s.exec(key) ?? [];
  // Older versions wrote a SOCKS proxy as a local forward to "D".
  const kind =
    type === 'D' || (type === 'L' && value === 'D') ? 'dynamic' : type === 'R' ? 'remote' : 'local';
  const own = end === undefined ? null : endOf(end);
  if (own === null) return null;
  const isForAll = kind === 'remote' ? options.isRemoteForAll : options.isLocalForAll;
  const address = own.host || defaultAddress(isForAll, version === '6');
  const listen = { kind: 'tcp', address, port: own.port } as const satisfies TunnelListen;
  const settings = {
    id: null,
    name: '',
    isExposed: isExposedAddress(listen),
    startsWith: 'connection',
    whileAway: 'wait',
    isOn: true,
  } as const;
  if (kind === 'dynamic') return { ...settings, forward: { kind, listen } };
  const target = endOf(value);
  if (target === null || target.host === '') return null;
  return { ...settings, forward: { kind, listen, target: { kind: 'tcp', ...target } } };
}

function defaultAddress(isForAll: boolean, isVersion6: boolean): string {
  if (isVersion6) return isForAll ? '::' : '::1';
  return isForAll ? '0.0.0.0' : '127.0.0.1';
}

/** `host:port`, `[::1]:port` or a port alone, whose host is then empty. */
function endOf(text: string): { readonly host: string; readonly port: number } | null {
  const [, bracketed, plain, digits] = /^(?:(?:\[([^\]]*)\]|([^[\]]*)):)?(\d{1,5})$/s.exec(text) ?? [];
  const port = Number(digits);
  return port >= 1 && port <= 65_535 ? { host: bracketed ?? plain ?? '', port } : null;
}

function pairsOf(text: string): readonly { readonly key: string; readonly value: string }[] {
  const pairs = [{ key: '', value: '' }];
  let isInValue = false;
  for (let index = 0; index < text.length; index += 1) {
    const last = pairs[pairs.length - 1] as { key: string; value: string };
    const character = text[index] ?? '';
    if (character === ',') {
      pairs.push({ key: '', value: '' });
      isInValue = false;
    } else if (character === '=' && !isInValue) isInValue = true;
    else {
      if (character === '\\') index += 1;
      last[isInValue ? 'value' : 'key'] += text[index] ?? '';
    }
  }
  return pairs.filter(({ key, value }) => key !== '' || value !== '');
}
