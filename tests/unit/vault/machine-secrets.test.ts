import { describe, expect, it } from 'vitest';
import { forgetSecretsOf } from '../../../electron/vault/machine-secrets';
import { type Machine, usualAgent } from '../../../shared/model/machine';
import { farMachine, sampleMachine } from '../../support/samples';

async function forgotten(machine: Machine, others: readonly Machine[]): Promise<readonly string[]> {
  const removed: string[] = [];
  await forgetSecretsOf([machine], others, {
    remove: async (key) => void removed.push(key),
    removeAll: async () => undefined,
  });
  return removed;
}

describe('a machine that is removed', () => {
  it('takes its password, passphrases and proxy password along, those of its own jump hosts too', async () => {
    expect((await forgotten(farMachine, [])).toSorted()).toEqual([
      'passphrase:~/.ssh/gate',
      'passphrase:~/.ssh/id_ed25519',
      'password:ana@gate.of.a.long.name.example.com:2222',
      'password:hadoop@ip-10-0-0-1.ec2.internal:22',
      'password:socks5://ana@proxy.example.com:1080',
    ]);
  });

  it('takes the secrets of its notebook servers along, of all of them', async () => {
    const prefixes: string[] = [];
    await forgetSecretsOf([farMachine], [], {
      remove: async () => undefined,
      removeAll: async (prefix) => void prefixes.push(prefix),
    });
    expect(prefixes).toEqual([`password:jupyter:${farMachine.id}/`]);
  });

  it('leaves what another machine uses, by the same key file, account, jump host or proxy', async () => {
    const twin = { ...farMachine, id: sampleMachine(9).id };
    expect(await forgotten(farMachine, [twin])).toEqual([]);
    const sameKey = sampleMachine(8);
    expect(await forgotten(sampleMachine(7), [sameKey])).toEqual(['password:ana@node7.example.com:22']);
    const upper = sampleMachine(7, { identity: usualAgent });
    const route = { ...upper.route, host: 'NODE7.example.com' };
    expect(await forgotten(sampleMachine(7), [{ ...upper, route }])).toEqual([
      'passphrase:~/.ssh/id_ed25519',
    ]);
  });
});
