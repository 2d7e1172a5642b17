import { resolve } from 'node:path';
import { inlineJumpsOf, type Machine } from '../../shared/model/machine';
import type { SshKey } from '../../shared/model/ssh-key';
import { passphraseKey, type Vault } from '../vault/vault';
import { expandHome } from './key-file';

/** The passphrases of keys in the vault, which knows a key by each way in which machines name its file. */
export class RememberedPassphrases {
  constructor(
    private readonly vault: Vault,
    private readonly homeFolder: string,
  ) {}

  /** Null when none is remembered. */
  async of(key: Pick<SshKey, 'name' | 'path'>, machines: readonly Machine[]): Promise<string | null> {
    for (const spelling of this.#spellings(key, machines)) {
      const passphrase = await this.vault.get(passphraseKey(spelling));
      if (passphrase !== null) return passphrase;
    }
    return null;
  }

  /**
   * Puts the new passphrase where the old one was remembered; drops it when there is none any more or the vault
   * can't take it. @throws store-disk-full, store-write-failed when it can't even be dropped
   */
  async change(
    key: Pick<SshKey, 'name' | 'path'>,
    machines: readonly Machine[],
    passphrase: string,
  ): Promise<void> {
    for (const spelling of this.#spellings(key, machines)) {
      const vaultKey = passphraseKey(spelling);
      if ((await this.vault.get(vaultKey)) === null) continue;
      const isKept =
        passphrase !== '' &&
        (await this.vault.set(vaultKey, passphrase).then(
          () => true,
          () => false,
        ));
      if (!isKept) await this.vault.remove(vaultKey);
    }
  }

  #spellings({ name, path }: Pick<SshKey, 'name' | 'path'>, machines: readonly Machine[]): Set<string> {
    const named = machines
      .flatMap(({ identity, route }) => [identity, ...inlineJumpsOf(route).map((jump) => jump.identity)])
      .flatMap((identity) => (identity.kind === 'keyFile' ? [identity.path] : []))
      .filter((spelling) => resolve(expandHome(spelling, this.homeFolder)) === path);
    return new Set([path, `~/.ssh/${name}`, ...named]);
  }
}
