import { basename } from 'node:path';
import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { SshKeyList } from '../../../shared/model/ssh-key';
import type { KeyEditor } from '../../keys/key-editor';
import type { KeyFolder } from '../../keys/key-folder';
import type { KeyImporter } from '../../keys/key-importer';
import type { MachineStore } from '../../machines/machine-store';

interface KeysHandlersDependencies {
  readonly folder: KeyFolder;
  readonly editor: KeyEditor;
  readonly importer: KeyImporter;
  readonly machines: MachineStore;
  readonly chooseKeyFile: () => Promise<string | null>;
  readonly askWhereToSavePublicKey: (suggestedName: string) => Promise<string | null>;
}

export function keysHandlers(deps: KeysHandlersDependencies): HandlersOf<AppContract>['keys'] {
  const { folder, editor, importer } = deps;
  const saved = () => deps.machines.list().machines;
  const list = async (): Promise<SshKeyList> => ({ folder: folder.path, keys: await folder.list(saved()) });
  return {
    list,
    mend: async ({ name }) => {
      await folder.mend(name, saved());
      return list();
    },
    generate: async (key) => {
      await folder.generate(key);
      return list();
    },
    changePassphrase: async (change) => {
      await editor.changePassphrase(change, saved());
      return list();
    },
    chooseForeign: async () => {
      const path = await deps.chooseKeyFile();
      return path === null ? null : importer.inspect(path);
    },
    importKey: async (key) => {
      await importer.import(key);
      return list();
    },
    savePublic: async ({ name }) => {
      const key = await folder.find(name, saved());
      const path = await deps.askWhereToSavePublicKey(`${basename(key.path)}.pub`);
      if (path !== null) await editor.savePublicKey(key, path);
      return path;
    },
  };
}
