import type { Machine } from '../../../shared/model/machine';
import type { TrustedHost } from '../../../shared/model/trusted-host';

/** The hosts that a search text finds: each word is part of a name, the fingerprint, the comment or a machine. */
export function searchTrustedHosts(
  hosts: readonly TrustedHost[],
  machines: readonly Machine[],
  search: string,
): readonly TrustedHost[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return hosts.filter((host) => {
    const used = machines.filter(({ id }) => host.machineIds.includes(id)).map(({ name }) => name);
    const text = [...host.names, host.keyType, host.fingerprint, host.comment, ...used]
      .join(' ')
      .toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
