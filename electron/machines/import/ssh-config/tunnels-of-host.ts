import { parseForward, tunnelOfForward } from '../../../../shared/model/forward-text';
import type { ImportedTunnel, ImportRemark } from '../../../../shared/model/import-plan';
import { type Forward, isExposedAddress } from '../../../../shared/model/tunnel';
import { remark } from '../complete-plan';
import { settingOf, settingsOf } from './host-settings';
import type { ResolvedHost } from './resolve-host';

const kinds = { localforward: 'local', remoteforward: 'remote', dynamicforward: 'dynamic' } as const;

/** The forwards of a host as tunnels, which ssh opens with every connection. */
export function tunnelsOfHost(resolved: ResolvedHost): {
  readonly tunnels: readonly ImportedTunnel[];
  readonly remarks: readonly ImportRemark[];
} {
  const tunnels: ImportedTunnel[] = [];
  const remarks: ImportRemark[] = [];
  if (settingOf(resolved, 'clearallforwardings') === 'yes') return { tunnels, remarks };
  const isForAll = settingOf(resolved, 'gatewayports') === 'yes';
  for (const [keyword, kind] of Object.entries(kinds)) {
    for (const text of settingsOf(resolved, keyword)) {
      const forward = parseForward(kind, withAddress(text, kind, isForAll));
      if (forward === null) {
        remarks.push(remark('tunnel-invalid', { tunnel: text }));
        continue;
      }
      const isExposed = isExposedAddress(forward.listen);
      tunnels.push({ ...tunnelOfForward(forward), id: null, isExposed, isOn: true });
    }
  }
  return { tunnels, remarks };
}

/** GatewayPorts opens to all what listens on this computer at no address in particular. */
function withAddress(text: string, kind: Forward['kind'], isForAll: boolean): string {
  return isForAll && kind !== 'remote' && /^\d+(?::(?!\d+$)|$)/.test(text) ? `*:${text}` : text;
}
