import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportFormats } from '../../../../electron/machines/export/export-formats';
import { exportedMachines } from '../../../../electron/machines/export/exported-machines';
import { applyPlan } from '../../../../electron/machines/import/apply-plan';
import { completePlan } from '../../../../electron/machines/import/complete-plan';
import { readNuvemDocument } from '../../../../electron/machines/import/nuvem/nuvem-document';
import { readNuvemEntries } from '../../../../electron/machines/import/nuvem/nuvem-entries';
import { type MachinesData, noMachines } from '../../../../electron/machines/machines-data';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import {
  type GroupId,
  type Jump,
  type Machine,
  type MachineId,
  usualAgent,
} from '../../../../shared/model/machine';
import type { MachineGroup } from '../../../../shared/model/machine-group';
import type { Forward, TunnelId } from '../../../../shared/model/tunnel';
import { sampleMachine, sampleTunnel, uuid } from '../../../support/samples';

const groupIdOf = (index: number) => uuid<GroupId>(900 + index);
const machineIdOf = (index: number) => uuid<MachineId>(index + 1);

/** Texts with all that YAML and JSON could stumble over; schemas trim them and want one line. */
const text = (maxLength: number) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength }),
      fc.constantFrom(
        'yes',
        'null',
        '0x1F',
        '1e3',
        '~',
        '- a',
        '# b',
        'a: b',
        '"q"',
        "it's",
        '&a *b',
        '=',
        '<<',
      ),
    )
    .map((value) =>
      value
        .replaceAll(/[\r\n\0]/g, '')
        .slice(0, maxLength)
        .trim(),
    );
const named = (maxLength: number, standard: string) => text(maxLength).map((value) => value || standard);
const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}$/);
const port = fc.integer({ min: 1, max: 65_535 });
const endpoint = fc.record({ host: word, port, user: word });
const identity: fc.Arbitrary<Machine['identity']> = fc.oneof(
  named(30, '~/.ssh/k').map((path) => ({ kind: 'keyFile' as const, path })),
  fc.constantFrom(
    usualAgent,
    { kind: 'agent' as const, socketPath: '~/a', pinnedKey: 'ssh-ed25519 AAAA ana@box' },
    { kind: 'password' as const },
  ),
);
const proxy: fc.Arbitrary<Machine['route']['proxy']> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constantFrom('socks5' as const, 'http' as const), host: word, port, user: word }),
  named(30, 'nc %h').map((line) => ({ kind: 'command' as const, line: line.replaceAll('%', '%%') })),
);
const idlePolicy: fc.Arbitrary<Machine['idlePolicy']> = fc.oneof(
  fc.constant({ kind: 'nothing' as const }),
  fc.record({
    kind: fc.constantFrom('tell' as const, 'stop' as const),
    afterHours: fc.constantFrom(0.5, 4, 1000),
  }),
);
const tcp = fc.record({
  kind: fc.constant('tcp' as const),
  address: fc.constantFrom('127.0.0.1', '::', '0.0.0.0'),
  port,
});
const target = fc.oneof(
  fc.record({ kind: fc.constant('tcp' as const), host: word, port }),
  fc.constant({ kind: 'unixSocket' as const, path: '/run/a b.sock' }),
);
const forward: fc.Arbitrary<Forward> = fc.oneof(
  fc.record({ kind: fc.constantFrom('local' as const, 'remote' as const), listen: tcp, target }),
  fc.record({ kind: fc.constant('dynamic' as const), listen: tcp }),
);
const tunnel = fc.record({
  name: text(20),
  forward,
  isExposed: fc.constant(true),
  startsWith: fc.constantFrom('connection' as const, 'app' as const, 'hand' as const),
  whileAway: fc.constantFrom('wait' as const, 'refuse' as const),
  isOn: fc.boolean(),
});

/** Jump hosts lead to machines before, so that no way is a circle. */
const machine = fc.record({
  name: named(40, 'm'),
  endpoint,
  identity,
  proxy,
  jumps: fc.array(fc.oneof(fc.nat(10), fc.record({ endpoint, identity })), { maxLength: 3 }),
  group: fc.option(fc.nat(2)),
  tags: fc.uniqueArray(word, { maxLength: 3 }),
  isFavourite: fc.boolean(),
  colour: fc.constantFrom(null, 'red' as const),
  keepsCookies: fc.boolean(),
  idlePolicy,
  instance: fc.option(
    fc.record({
      accountId: fc.constant(uuid<AwsAccountId>(950)),
      instanceId: fc.constantFrom('i-01234567', 'i-0123456789abcdef0'),
      address: fc.constantFrom('public' as const, 'private' as const),
      ifStopped: fc.constantFrom('ask' as const, 'start' as const, 'fail' as const),
      sessionManager: fc.constantFrom('never' as const, 'fallback' as const, 'always' as const),
      pushesKey: fc.boolean(),
    }),
  ),
  forwardsAgent: fc.boolean(),
  allowsOldAlgorithms: fc.boolean(),
  notebook: fc.oneof(
    fc.constant({ kind: 'auto' as const }),
    named(30, '~/env').map((path) => ({ kind: 'environment' as const, path })),
    named(30, 'jupyter lab').map((line) => ({ kind: 'command' as const, line })),
    fc.record({
      kind: fc.constant('image' as const),
      engine: fc.constantFrom('auto' as const, 'docker' as const, 'podman' as const),
      image: fc.constantFrom('quay.io/jupyter/scipy-notebook:latest', 'jupyter'),
      volumes: fc.subarray(['~/data:/data:ro', 'cache:/root/.cache']),
      usesGpus: fc.boolean(),
      options: fc.subarray(['--shm-size=2g', '--env=A=b "c" \\ # d']),
    }),
  ),
  workingFolder: text(20),
  tunnels: fc.array(tunnel, { maxLength: 2 }),
});
const data: fc.Arbitrary<MachinesData> = fc
  .record({
    machines: fc.array(machine, { maxLength: 5 }),
    users: fc.array(fc.option(word), { minLength: 5, maxLength: 5 }),
    defaults: fc.oneof(
      fc.constant({}),
      fc.record({
        port,
        identity,
        jumps: fc.constant([{ kind: 'machine', machineId: machineIdOf(0) } as const]),
      }),
    ),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
  })
  .map(({ machines, users, order, defaults }) => ({
    defaults: machines.length > 0 ? defaults : {},
    groups: order.map((index): MachineGroup => {
      const user = users[index] ?? null;
      return {
        id: groupIdOf(index),
        // The first and the fourth differ in nothing but their case.
        name: index === 3 ? 'GROUP 0: #1' : `Group ${index}: #1`,
        parentId: index === 2 || index === 4 ? groupIdOf(1) : null,
        colour: index === 1 ? 'teal' : null,
        settings: user === null ? {} : { user, proxy: null },
      };
    }),
    machines: machines.map(
      ({ endpoint: end, jumps, group, proxy: own, tunnels, ...others }, index): Machine => {
        const user = group === null ? null : (users[group] ?? (group === 2 ? (users[1] ?? null) : null));
        return sampleMachine(index + 1, {
          ...others,
          route: {
            ...end,
            user: user ?? end.user,
            proxy: own,
            jumps: jumps.flatMap((jump): readonly Jump[] => {
              if (typeof jump !== 'number')
                return [{ kind: 'inline', ...jump.endpoint, identity: jump.identity }];
              return jump < index ? [{ kind: 'machine', machineId: machineIdOf(jump) }] : [];
            }),
          },
          groupId: group === null ? null : groupIdOf(group),
          inherits: user === null ? [] : ['user'],
          tunnels: tunnels.map((each, place) => sampleTunnel(index * 10 + place, each)),
        });
      },
    ),
  }));

function importOf(file: string) {
  const { candidates, remarks, ...settings } = readNuvemEntries(readNuvemDocument(file, 'file'));
  return completePlan({ kind: 'nuvem', location: 'file' }, candidates, remarks, settings);
}

/** Ids are handed out in the order of the file. */
function importedInto(empty: MachinesData, file: string): MachinesData {
  const plan = importOf(file);
  const counts = { machine: 0, group: 0, tunnel: 0 };
  return applyPlan(
    plan,
    plan.items.map(({ key }) => ({ key, replaces: null })),
    empty,
    {
      newId: () => machineIdOf(counts.machine++),
      newGroupId: () => uuid<GroupId>(800 + counts.group++),
      newTunnelId: () => uuid<TunnelId>(700 + counts.tunnel++),
    },
  ).data;
}

/** With names in the place of ids that are made anew. */
function comparable({ machines, groups, defaults }: MachinesData) {
  const pathOf = (id: GroupId | null): string => {
    const group = groups.find((one) => one.id === id);
    return group === undefined ? '' : `${pathOf(group.parentId)}/${group.name}`;
  };
  return {
    defaults,
    machines: machines.map(({ groupId, tunnels, ...others }) => ({
      ...others,
      group: pathOf(groupId),
      tunnels: tunnels.map(({ id: _, ...rest }) => rest),
    })),
    groups: groups
      .map(({ name, parentId, colour, settings }) => ({ in: pathOf(parentId), name, colour, settings }))
      // What counts is in which order they stand in one group.
      .toSorted((one, other) => one.in.localeCompare(other.in)),
  };
}

describe.each(['yaml', 'json'] as const)('machines that went through a file (%s)', (format) => {
  test('are the same as before', async () => {
    await fc.assert(
      fc.asyncProperty(data, async (before) => {
        const file = await exportFormats[format].write(exportedMachines(before, null));
        const plan = importOf(file);
        expect(plan.remarks).toEqual([]);
        expect(comparable(importedInto(noMachines, file))).toEqual(comparable(before));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('bring the jump hosts along that they need, and nothing of the others or the demo', async () => {
    const gate = sampleMachine(1, { name: 'gate' });
    const far = sampleMachine(2, {
      name: 'far',
      route: { ...sampleMachine(2).route, jumps: [{ kind: 'machine', machineId: gate.id }] },
    });
    const before: MachinesData = {
      ...noMachines,
      groups: [{ id: groupIdOf(0), name: 'Empty', parentId: null, colour: null, settings: {} }],
      machines: [gate, far, sampleMachine(3), sampleMachine(4, { isDemo: true })],
    };
    const file = await exportFormats[format].write(exportedMachines(before, [far.id]));
    expect(importedInto(noMachines, file).machines.map(({ name }) => name)).toEqual(['gate', 'far']);
    expect(importedInto(noMachines, file).groups).toEqual([]);
    const all = await exportFormats[format].write(exportedMachines(before, null));
    expect(importOf(all).items).toHaveLength(3);
  });
});
