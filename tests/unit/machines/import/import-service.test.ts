import fs from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { ImportService } from '../../../../electron/machines/import/import-service';
import { mobaXtermFile } from '../../../../electron/machines/import/mobaxterm/mobaxterm-source';
import { nuvemFile } from '../../../../electron/machines/import/nuvem/nuvem-source';
import { puttyRegistryFile } from '../../../../electron/machines/import/putty/putty-sources';
import { MachineStore } from '../../../../electron/machines/machine-store';
import { type MachinesData, noMachines } from '../../../../electron/machines/machines-data';
import { AppError } from '../../../../shared/errors/app-error';
import type { ImportPreview, PreviewId } from '../../../../shared/model/import-preview';
import type { GroupId, MachineId } from '../../../../shared/model/machine';
import type { TunnelId } from '../../../../shared/model/tunnel';
import { sampleMachine, uuid } from '../../../support/samples';

let data: MachinesData;
let writes: number;
let isDiskFull: boolean;
let store: MachineStore;
let imports: ImportService;
/** `host key` by what known_hosts says of it. */
let verdicts: Record<string, 'trusted' | 'changed' | 'revoked'>;
let remembered: string[];

beforeEach(() => {
  let count = 100;
  const next = () => {
    count += 1;
    return count;
  };
  data = noMachines;
  writes = 0;
  isDiskFull = false;
  verdicts = {};
  remembered = [];
  const ids = {
    newId: () => uuid<MachineId>(next()),
    newGroupId: () => uuid<GroupId>(next()),
    newTunnelId: () => uuid<TunnelId>(next()),
  };
  store = new MachineStore({
    ...ids,
    store: {
      value: () => data,
      replace: (value) => {
        if (isDiskFull) throw new AppError('store-disk-full');
        data = value;
        writes += 1;
      },
    },
    onChanged: () => undefined,
  });
  imports = new ImportService({
    ...ids,
    files: [puttyRegistryFile('ana'), mobaXtermFile('ana'), nuvemFile],
    places: [],
    machines: store,
    hostTrust: {
      verdictFor: async (host) => {
        const kind = verdicts[host] ?? (remembered.includes(host) ? 'changed' : 'unknown');
        const at = { file: 'known_hosts', line: 1 };
        if (kind === 'unknown') return { kind };
        return kind === 'changed' ? { kind, ...at, oldKeyType: '', oldFingerprint: '' } : { kind, ...at };
      },
      remember: async (host) => {
        remembered.push(host);
      },
    },
    removeMachines: async (machineIds) => store.remove(machineIds),
    newPreviewId: () => uuid<PreviewId>(next()),
    fs,
  });
});

const open = (name: string, text: string): Promise<ImportPreview> =>
  imports.openFile(name, Buffer.from(text));
const applyAll = (
  preview: ImportPreview,
  part: { readonly trustsHostKeys?: boolean; readonly takesDefaults?: boolean } = {},
) =>
  imports.apply({
    previewId: preview.id,
    choices: preview.plan.items.map(({ key }) => ({ key, replaces: null })),
    trustsHostKeys: part.trustsHostKeys ?? false,
    takesDefaults: part.takesDefaults ?? false,
  });
const names = () => store.list().machines.map(({ name }) => name);

const two = [
  'nuvem: 1',
  'machines:',
  '  - name: gate',
  '    route: { host: gate.example.com, user: ana }',
  '  - name: far',
  '    group: [Team, Lab]',
  '    route: { host: far.example.com, user: ana, jumps: [{ kind: item, key: gate }] }',
  '',
].join('\n');
const withDefaults = two.replace(
  'machines:',
  'defaults: { port: 2222, jumps: [{ kind: item, key: gate }] }\nmachines:',
);
const root = 'HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY';
const registry = [
  'REGEDIT4',
  `[${root}\\Sessions\\box]`,
  '"HostName"="box"',
  '"UserName"="bob"',
  `[${root}\\SshHostKeys]`,
  ...['new', 'new', 'known', 'other', 'bad'].map(
    (host, index) => `"rsa2@${22 + index}:${host}"="0x10001,0xc${index}"`,
  ),
  '',
].join('\n');

describe('an import', () => {
  test('changes nothing by being looked at, then everything in one write', async () => {
    const preview = await open('machines.yaml', two);
    expect([names(), writes]).toEqual([[], 0]);
    const { addedIds } = await applyAll(preview);
    expect([names(), writes]).toEqual([['gate', 'far'], 1]);
    expect(store.list().groups.map(({ name }) => name)).toEqual(['Team', 'Lab']);
    expect(store.get(addedIds[1] as MachineId).route.jumps).toEqual([
      { kind: 'machine', machineId: addedIds[0] },
    ]);
  });

  test('that can not be written changes nothing, and can be tried again', async () => {
    const preview = await open('machines.yaml', two);
    isDiskFull = true;
    await expect(applyAll(preview)).rejects.toThrow(/store-disk-full/);
    expect(names()).toEqual([]);
    isDiskFull = false;
    await applyAll(preview);
    expect(names()).toEqual(['gate', 'far']);
  });

  test('is taken back whole: what it replaced is as it was', async () => {
    const before = { ...noMachines, machines: [sampleMachine(1, { name: 'gate' }), sampleMachine(2)] };
    store.change(() => ({ data: before, result: undefined }));
    const { id, plan } = await open('machines.yaml', two);
    const choices = plan.items.map(({ key }, index) => ({
      key,
      replaces: index === 0 ? uuid<MachineId>(1) : null,
    }));
    await imports.apply({ previewId: id, choices, trustsHostKeys: false, takesDefaults: false });
    expect(store.get(uuid<MachineId>(1)).route.host).toBe('gate.example.com');
    await imports.undo(id);
    expect(data).toEqual(before);
    await expect(imports.undo(id)).rejects.toThrow(/import-outdated/);
  });

  test('that is taken back leaves what came into its groups since', async () => {
    const preview = await open('machines.yaml', two);
    await applyAll(preview);
    const lab = store.list().groups[1]?.id ?? null;
    store.change((now) => ({
      data: { ...now, machines: [...now.machines, sampleMachine(9, { groupId: lab })] },
      result: undefined,
    }));
    await imports.undo(preview.id);
    expect(names()).toEqual(['Machine 9']);
    expect(store.list().groups.map(({ name }) => name)).toEqual(['Team', 'Lab']);
  });

  test('of an older preview is refused', async () => {
    const older = await open('machines.yaml', two);
    await open('machines.yaml', two);
    await expect(applyAll(older)).rejects.toThrow(/import-outdated/);
    expect(names()).toEqual([]);
  });

  test('trusts host keys only when the user says so, and never against what is known', async () => {
    verdicts = { known: 'trusted', other: 'changed', bad: 'revoked' };
    await applyAll(await open('putty.reg', registry));
    expect(remembered).toEqual([]);
    const result = await applyAll(await open('putty.reg', registry), { trustsHostKeys: true });
    expect(remembered).toEqual(['new', 'new']);
    expect(result).toMatchObject({ trustedHostKeys: 2, refusedHostKeys: ['other:25', 'bad:26'] });
  });

  test.each([
    ['machines: [', 'broken.yaml', 'import-file-unknown', {}],
    ['nuvem: 1\nmachines:\n  - {a: [}\n', 'broken.yaml', 'import-file-damaged', { line: 3 }],
    ['{"nuvem": 1, "machines": [}', 'broken.json', 'import-file-damaged', { line: 1 }],
    ['nuvem: 1\nmachines: 7\n', 'odd.yaml', 'import-file-damaged', { line: 1 }],
    ['nuvem: 2\n', 'newer.yaml', 'import-file-newer', {}],
    ['Dear all,\n', 'letter.txt', 'import-file-unknown', {}],
  ])('of %j is refused in words', async (text, path, code, params) => {
    const failure = await open(path, text).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, params: { path, ...params } });
  });

  test('from a file that is not there is refused in words', async () => {
    const failure = await imports.openPath('/nonexistent/a.reg').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'import-file-unreadable',
      params: { path: '/nonexistent/a.reg', reason: 'ENOENT' },
    });
    await expect(imports.openPath('/dev/zero')).rejects.toThrow(/import-file-not-text/);
  });

  test('names the entries of its own file that make no sense, with their lines', async () => {
    const text = [
      'nuvem: 1',
      'machines:',
      '  - name: good',
      '    route: { host: a, user: b }',
      '    oddity: 1',
      '    tunnels: [{ name: broken }]',
      '  - 7',
      '  - name: no port',
      '    route: { host: a, user: b, port: 0 }',
      '',
    ].join('\n');
    const { plan } = await open('machines.yaml', text);
    expect(plan.items.map(({ machine, remarks }) => [machine.name, remarks])).toEqual([
      [
        'good',
        [
          { code: 'option-unsupported', params: { option: 'oddity' }, line: 3 },
          { code: 'tunnel-invalid', params: { tunnel: 'broken' }, line: 3 },
        ],
      ],
    ]);
    expect(plan.remarks).toEqual([
      { code: 'entry-unreadable', params: { name: 'machines[1]' }, line: 7 },
      { code: 'entry-invalid', params: { name: 'no port', field: 'route.port' }, line: 8 },
    ]);
  });

  test('is not fooled by a small file that stands for an endless one', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, index) => `a${index}: &a${index} [${Array(9).fill(index === 0 ? 'x' : `*a${index - 1}`)}]`,
    );
    await expect(open('bomb.yaml', ['nuvem: 1', ...levels, 'machines: *a11', ''].join('\n'))).rejects.toThrow(
      /import-file-damaged/,
    );
  });
});

describe('default settings of a file', () => {
  const over = (name: string) => {
    const machineId = store.list().machines.find((machine) => machine.name === name)?.id;
    return [{ kind: 'machine', machineId }];
  };

  test('stay out unless they are wanted', async () => {
    store.saveDefaults({ user: 'ana' });
    await applyAll(await open('x.yaml', withDefaults));
    expect(store.list().defaults).toEqual({ user: 'ana' });
  });

  test('take the place of those that there are, with jump hosts of the same file, until the import is undone', async () => {
    store.saveDefaults({ user: 'ana' });
    const { previewId } = await applyAll(await open('x.yaml', withDefaults), { takesDefaults: true });
    expect(store.list().defaults).toEqual({ port: 2222, jumps: over('gate') });
    await imports.undo(previewId);
    expect(store.list()).toMatchObject({ machines: [], defaults: { user: 'ana' } });
  });

  test('that were changed since are kept when the import is undone', async () => {
    const { previewId } = await applyAll(await open('x.yaml', withDefaults), { takesDefaults: true });
    store.saveDefaults({ port: 22 });
    await imports.undo(previewId);
    expect(store.list().defaults).toEqual({ port: 22 });
  });

  test('that make no sense are named, and the machines come all the same', async () => {
    const { plan } = await open('x.yaml', two.replace('machines:', 'defaults: { port: many }\nmachines:'));
    expect(plan.defaults).toBeUndefined();
    expect(plan.remarks).toMatchObject([{ code: 'entry-unreadable', params: { name: 'defaults' } }]);
    expect(plan.items).toHaveLength(2);
    const lost = await open('x.yaml', withDefaults.replace('key: gate }] }', 'key: nowhere }] }'));
    expect(lost.plan.defaults).toEqual({ port: 2222 });
  });
});
