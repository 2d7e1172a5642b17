import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { SshKeyList } from '../../../shared/model/ssh-key';
import type { KeyFolder } from '../../keys/key-folder';
import type { MachineStore } from '../../machines/machine-store';

export function keysHandlers(folder: KeyFolder, machines: MachineStore): HandlersOf<AppContract>['keys'] {
  const list = async (): Promise<SshKeyList> => ({
    folder: folder.path,
    keys: await folder.list(machines.list().machines),
  });
  return {
    list,
    mend: async ({ name }) => {
      await folder.mend(name);
      return list();
    },
    generate: async (key) => {
      await folder.generate(key);
      return list();
    },
  };
}
