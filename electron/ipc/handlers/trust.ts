import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { TrustedHostList } from '../../../shared/model/trusted-host';
import type { MachineStore } from '../../machines/machine-store';
import type { HostTrust } from '../../trust/host-trust';
import { trustedHostsIn } from '../../trust/trusted-hosts';

export function trustHandlers(trust: HostTrust, machines: MachineStore): HandlersOf<AppContract>['trust'] {
  const list = async (): Promise<TrustedHostList> => ({
    path: trust.userKnownHostsPath,
    hosts: trustedHostsIn(await trust.userKnownHosts(), machines.list().machines),
  });
  return {
    list,
    forget: async ({ ids }) => {
      await trust.forget(ids);
      return list();
    },
  };
}
