import { inlineJumpsOf, type Machine } from '../../shared/model/machine';
import {
  notebookSecretKey,
  passphraseKey,
  passwordKey,
  proxyPasswordKey,
  type Vault,
  type VaultKey,
} from './vault';

/** The names of all secrets that signing in to a machine may ask for. */
function secretsOf({ route, identity }: Machine): readonly VaultKey[] {
  const { proxy } = route;
  const servers = [{ ...route, identity }, ...inlineJumpsOf(route)];
  return [
    ...servers.map(passwordKey),
    ...servers.flatMap((server) =>
      server.identity.kind === 'keyFile' ? [passphraseKey(server.identity.path)] : [],
    ),
    ...(proxy === null || proxy.kind === 'command' ? [] : [proxyPasswordKey(proxy)]),
  ];
}

/**
 * Forgets what is remembered for machines that are `gone` and for none of the `others`. Also if the removal is undone
 * later: then its user is asked once more. @throws store-disk-full, store-write-failed
 */
export async function forgetSecretsOf(
  gone: readonly Machine[],
  others: readonly Machine[],
  vault: Pick<Vault, 'remove' | 'removeAll'>,
): Promise<void> {
  for (const { id } of gone) await vault.removeAll(notebookSecretKey(id, ''));
  const stillUsed = new Set(others.flatMap(secretsOf));
  for (const key of new Set(gone.flatMap(secretsOf))) if (!stillUsed.has(key)) await vault.remove(key);
}
