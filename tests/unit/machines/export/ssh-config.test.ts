import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sshConfigOf } from '../../../../electron/machines/export/ssh-config';
import { planSshConfig } from '../../../../electron/machines/import/ssh-config/plan-ssh-config';
import { ImportItem } from '../../../../shared/model/import-plan';
import { usualAgent } from '../../../../shared/model/machine';
import { importKey, sampleItem } from '../../../support/import-samples';
import { generatedMachines } from '../../../support/ssh-config/generate-machines';

/** What an import makes of what was exported. */
const importedAgain = (text: string) =>
  planSshConfig({
    ...{ path: '/c', homeFolder: '/home/me', localUser: 'me' },
    fs: {
      readFile: async () => Buffer.from(text),
      readdir: async () => [],
      stat: async () => ({ isFile: () => true, size: text.length }),
    },
  });

describe('machines exported as ssh_config', () => {
  test('come back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(generatedMachines, async (items) => {
        const plan = await importedAgain(sshConfigOf(items));
        expect(plan.remarks).toEqual([]);
        const part = ({ key, machine, tunnels }: ImportItem) => ({ key, machine, tunnels });
        expect(plan.items.map(part)).toEqual(items.map(part));
      }),
      { numRuns: 150 },
    );
  });

  test('get names that can be typed, each its own', () => {
    const named = ['GPU box', 'GPU box', 'São Paulo (b)', '*', 'gate', 'none'].map((name, index) =>
      sampleItem(`k${index}`, { name }),
    );
    const behind = sampleItem('k9', {
      route: {
        ...sampleItem('k9').machine.route,
        jumps: [{ kind: 'inline', host: 'gate', port: 22, user: 'a', identity: usualAgent }],
      },
      name: 'far',
    });
    const text = sshConfigOf([...named, behind]);
    expect([...text.matchAll(/^Host (.*)$/gm)].map(([, alias]) => alias)).toEqual([
      ...['gpu-box', 'gpu-box-2', 'sao-paulo-b', 'machine', 'gate-2', 'machine-2', 'far'],
    ]);
    expect(text).toContain('# São Paulo (b)\nHost sao-paulo-b\n');
  });

  test('say as a comment what ssh has no words for', () => {
    const { route } = sampleItem('a').machine;
    const [tunnel] = ImportItem.parse({
      ...sampleItem('a'),
      tunnels: [
        {
          ...{ id: null, name: '', isExposed: false, startsWith: 'hand', whileAway: 'wait', isOn: false },
          forward: { kind: 'dynamic', listen: { kind: 'tcp', address: '127.0.0.1', port: 1080 } },
        },
      ],
    }).tunnels;
    const text = sshConfigOf([
      sampleItem('gate', { name: 'gate' }),
      sampleItem(
        'far',
        {
          name: 'far',
          identity: { kind: 'agent', socketPath: '', pinnedKey: 'ssh-ed25519 AAAA' },
          route: {
            ...route,
            jumps: [{ kind: 'item', key: importKey('gate') }],
            proxy: { kind: 'command', line: 'nc %h %p' },
          },
        },
        { tunnels: tunnel ? [tunnel] : [] },
      ),
      sampleItem('odd', { name: 'odd', route: { ...route, proxy: { kind: 'command', line: 'sh -c "' } } }),
    ]);
    for (const comment of [
      "# Only the agent's key ssh-ed25519 AAAA",
      '# Not in ssh_config: the proxy before gate',
      '# Switched off: DynamicForward 127.0.0.1:1080',
      '# Not in ssh_config: ProxyCommand sh -c "',
    ])
      expect(text).toContain(`\n  ${comment}\n`);
  });
});
