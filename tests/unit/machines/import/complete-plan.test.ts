import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completePlan } from '../../../../electron/machines/import/complete-plan';
import { type ImportedTunnel, type ImportJump, ImportPlan } from '../../../../shared/model/import-plan';
import type { MachineId } from '../../../../shared/model/machine';
import { importKey, sampleItem } from '../../../support/import-samples';
import { uuid } from '../../../support/samples';

const source = { kind: 'putty', location: '~/.putty/sessions' } as const;
const routeTo = (host: string) => ({ ...sampleItem('any').machine.route, host });
const over = (...keys: readonly string[]) => ({
  route: {
    ...routeTo('far.example.com'),
    jumps: keys.map((key) => ({ kind: 'item', key: importKey(key) }) as const),
  },
});

const elsewhere = { kind: 'machine', machineId: uuid<MachineId>(7) } as const;

describe('a plan', () => {
  test('keeps every item that a machine can be made of, in order', () => {
    const items = [sampleItem('b'), sampleItem('a')];
    expect(completePlan(source, items, [])).toEqual({ source, items, groups: [], hostKeys: [], remarks: [] });
  });

  test('names what no machine can be made of', () => {
    const plan = completePlan(
      source,
      [
        sampleItem('empty', { name: 'Defaults', route: routeTo('') }),
        sampleItem('wrong', { name: 'Wrong', route: { ...routeTo('x'), port: 0 } }),
      ],
      [],
    );
    expect(plan.items).toEqual([]);
    expect(plan.remarks).toEqual([
      { code: 'entry-without-host', params: { name: 'Defaults' }, line: null },
      { code: 'entry-invalid', params: { name: 'Wrong', field: 'route.port' }, line: null },
    ]);
  });

  test('cuts a long name and says what it was', () => {
    const name = 'n'.repeat(150);
    const [item] = completePlan(source, [sampleItem('long', { name })], []).items;
    expect(item?.machine.name).toBe('n'.repeat(100));
    expect(item?.remarks).toEqual([{ code: 'name-shortened', params: { name }, line: null }]);
  });

  test('leaves out a tunnel that can not be, and keeps the machine', () => {
    const tunnel: ImportedTunnel = {
      id: null,
      name: '',
      forward: {
        kind: 'local',
        listen: { kind: 'tcp', address: '127.0.0.1', port: 8080 },
        target: { kind: 'tcp', host: '', port: 80 },
      },
      isExposed: false,
      startsWith: 'connection',
      whileAway: 'wait',
      isOn: true,
    };
    const [item] = completePlan(source, [sampleItem('a', {}, { tunnels: [tunnel] })], []).items;
    expect(item?.tunnels).toEqual([]);
    expect(item?.remarks[0]).toMatchObject({ code: 'tunnel-invalid', params: { tunnel: '127.0.0.1:8080' } });
  });

  test('numbers keys that come twice', () => {
    const { items } = completePlan(source, [sampleItem('a'), sampleItem('a'), sampleItem('a')], []);
    expect(items.map(({ key }) => key)).toEqual(['a', 'a#2', 'a#3']);
  });

  test.each([
    ['over itself', [sampleItem('a', over('a'))]],
    ['over what does not exist', [sampleItem('a', over('gone'))]],
    [
      'over a machine of somewhere else',
      [sampleItem('a', { route: { ...routeTo('b'), jumps: [elsewhere] } })],
    ],
    ['in a circle', [sampleItem('a', over('b')), sampleItem('b', over('c')), sampleItem('c', over('a'))]],
  ])('leaves out jump hosts that lead %s', (_, candidates) => {
    for (const item of completePlan(source, candidates, []).items) {
      expect(item.machine.route.jumps).toEqual([]);
      expect(item.remarks).toEqual([{ code: 'jump-loop', params: {}, line: null }]);
    }
  });

  test('leaves out jump hosts of groups that lead nowhere, and keeps their other settings', () => {
    const group = (name: string, jumps: readonly ImportJump[]) => ({
      path: ['Lab', name],
      colour: null,
      settings: { user: 'ana', jumps },
    });
    const { route, identity } = sampleItem('any').machine;
    const { host, port, user } = route;
    const fine: ImportJump[] = [
      { kind: 'item', key: importKey('a') },
      { kind: 'inline', host, port, user, identity },
    ];
    const plan = completePlan(source, [sampleItem('a')], [], {
      groups: [
        group('fine', fine),
        group('gone', [{ kind: 'item', key: importKey('b') }]),
        group('far', [elsewhere]),
      ],
    });
    expect(plan.groups.map(({ settings }) => settings)).toEqual([
      { user: 'ana', jumps: fine },
      { user: 'ana' },
      { user: 'ana' },
    ]);
    expect(plan.remarks).toEqual(
      ['Lab / gone', 'Lab / far'].map((name) => ({
        code: 'entry-invalid',
        params: { name, field: 'settings.jumps' },
        line: null,
      })),
    );
  });

  test('is always well-formed, whatever was found', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'a', 'n'.repeat(200)),
    );
    const candidate = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      name: text,
      host: text,
      port: fc.integer(),
      jump: text,
      group: text,
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 6 }), (found) => {
        const candidates = found.map(({ key, name, host, port, jump, group }) =>
          sampleItem(
            key,
            {
              name,
              route: {
                ...routeTo(host),
                port,
                jumps: jump === '' ? [] : [{ kind: 'item', key: importKey(jump) }],
              },
            },
            { groupPath: [group] },
          ),
        );
        const plan = completePlan(source, candidates, []);
        expect(ImportPlan.parse(plan)).toEqual(plan);
        expect(plan.items.length + plan.remarks.length).toBe(found.length);
      }),
    );
  }, 60_000);
});
