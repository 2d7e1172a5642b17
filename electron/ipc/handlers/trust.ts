import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { TrustedHostList } from '../../../shared/model/trusted-host';
import type { MachineStore } from '../../machines/machine-store';
import type { HostTrust } from '../../trust/host-trust';
import type { SeenHostKeys } from '../../trust/seen-host-keys';
import { trustedHostsIn } from '../../trust/trusted-hosts';

export function trustHandlers(
  trust: HostTrust,
  seenHostKeys: SeenHostKeys,
  machines: MachineStore,
): HandlersOf<AppContract>['trust'] {
  const list = async (): Promise<TrustedHostList> => ({
    path: trust.userKnownHostsPath,
    hosts: trustedHostsIn(await trust.userKnownHosts(), machines.list().machines, seenHostKeys.firstSeenMs),
  });
  return {
    list,
    forget: async ({ ids }) => {
      await trust.forget(ids);
      const left = await list();
      seenHostKeys.keepOnly(left.hosts.map(({ fingerprint }) => fingerprint));
      return left;
    },
  };
}
