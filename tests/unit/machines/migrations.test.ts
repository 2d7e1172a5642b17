import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noMachines, StoredMachines } from '../../../electron/machines/machines-data';
import { machinesMigrations, machinesVersion } from '../../../electron/machines/migrations';
import { RecoverableStore } from '../../../electron/system/recoverable-store';
import { usualAgent } from '../../../shared/model/machine';
import { openStoreFile } from '../../support/store-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuvem-migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A machine as version 1 saved it. */
const machineOfVersion1 = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'GPU box',
  route: { host: 'gpu.example.com', port: 2222, user: 'ana' },
  identity: { kind: 'keyFile', path: '~/.ssh/id' },
  workingFolder: '~/work',
  notebook: { kind: 'auto' },
  keepsCookies: true,
  isDemo: false,
};

function opened(document: unknown) {
  writeFileSync(join(folder, 'machines.json'), JSON.stringify(document));
  const recoveries: string[] = [];
  const store = new RecoverableStore({
    folder,
    name: 'machines',
    version: machinesVersion,
    migrations: machinesMigrations,
    schema: StoredMachines,
    initial: noMachines,
    openFile: openStoreFile,
    nowMs: () => 0,
    onRecovered: ({ kind }) => recoveries.push(kind),
    onWriteFailed: (file) => recoveries.push(file),
  });
  return { machines: store.value().machines, recoveries };
}

describe('machines saved by an older version', () => {
  it('are all there, each with a straight route and all settings of its own, in no group', () => {
    const { machines, recoveries } = opened({ version: 1, data: { machines: [machineOfVersion1] } });
    expect(machines).toEqual([
      {
        ...machineOfVersion1,
        route: { ...machineOfVersion1.route, jumps: [], proxy: null },
        tunnels: [],
        groupId: null,
        tags: [],
        isFavourite: false,
        colour: null,
        inherits: [],
        forwardsAgent: false,
        allowsOldAlgorithms: false,
        idlePolicy: { kind: 'nothing' },
        instance: null,
      },
    ]);
    expect(recoveries).toEqual([]);
  });

  it('sign in with all keys of the usual agent where they signed in with the agent', () => {
    const jump = { kind: 'inline', host: 'gate', port: 22, user: 'ana', identity: { kind: 'agent' } };
    const machine = {
      ...machineOfVersion1,
      route: { ...machineOfVersion1.route, jumps: [jump], proxy: null },
      identity: { kind: 'agent' },
      tunnels: [],
    };
    const { machines } = opened({ version: 2, data: { machines: [machine] } });
    expect(machines).toMatchObject([
      { identity: usualAgent, route: { jumps: [{ host: 'gate', identity: usualAgent }] } },
    ]);
  });

  it.each([null, 'text', {}, { machines: 3 }, { machines: [1, { route: null }] }])(
    'that are malformed (%j) are put aside, not guessed at',
    (data) => {
      expect(opened({ version: 1, data })).toEqual({ machines: [], recoveries: ['reset'] });
    },
  );
});
