import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { AccessService } from '../../access/access-service';

interface AccessHandlersDependencies {
  readonly access: AccessService;
  readonly choosePublicKeyFile: () => Promise<string | null>;
}

export function accessHandlers(deps: AccessHandlersDependencies): HandlersOf<AppContract>['access'] {
  const { access } = deps;
  return {
    list: ({ machineId }) => access.list(machineId),
    inspect: ({ text }) => access.inspect(text),
    chooseFile: async () => {
      const text = await deps.choosePublicKeyFile();
      // Refused here already: a private key must not even get into the window.
      if (text !== null) access.inspect(text);
      return text;
    },
    add: ({ machineId, text, name }) => access.add(machineId, text, name),
    remove: ({ machineId, entryId, isConfirmed }) => access.remove(machineId, entryId, isConfirmed),
    mend: ({ machineId }) => access.mend(machineId),
    install: ({ machineId, keyName, passphrase }) => access.install(machineId, keyName, passphrase),
  };
}
