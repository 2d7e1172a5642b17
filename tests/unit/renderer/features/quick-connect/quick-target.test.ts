import { describe, expect, it, test } from 'vitest';
import {
  enterChoice,
  type QuickReading,
  readQuickTarget,
} from '../../../../../renderer/features/quick-connect/quick-target';
import { directRoute, type Identity, type Machine } from '../../../../../shared/model/machine';
import type { MachineList } from '../../../../../shared/model/machine-list';
import { gpuMachine, sampleMachine } from '../../../../support/samples';

const keyFile: Identity = { kind: 'keyFile', path: '~/.ssh/id_ed25519' };
const listOf = (machines: readonly Machine[], defaults: MachineList['defaults'] = {}): MachineList => ({
  revision: 1,
  machines,
  groups: [],
  defaults,
});
const read = (text: string, list = listOf([gpuMachine])): QuickReading =>
  readQuickTarget(text, { list, userName: 'local', identity: keyFile });
const draftOf = (text: string, list?: MachineList) => {
  const reading = read(text, list);
  if (reading.kind !== 'target') throw new Error(`${text}: ${reading.kind}`);
  return reading.draft;
};

describe('a server that is typed', () => {
  it('is reached as ssh would: by the local user, at port 22, with what there is to sign in with', () => {
    expect(read('node.example.com')).toMatchObject({ userFrom: 'computer', isPlain: false, saved: null });
    expect(draftOf('node.example.com')).toMatchObject({
      id: null,
      name: 'node.example.com',
      route: directRoute({ host: 'node.example.com', port: 22, user: 'local' }),
      identity: keyFile,
    });
  });

  it('has the default settings where the text says nothing', () => {
    const list = listOf([gpuMachine], {
      user: 'hadoop',
      port: 2222,
      jumps: [{ kind: 'machine', machineId: gpuMachine.id }],
      allowsOldAlgorithms: true,
    });
    const draft = draftOf('node', list);
    expect(draft.route).toMatchObject({ user: 'hadoop', port: 2222, jumps: [{ machineId: gpuMachine.id }] });
    expect(draft.allowsOldAlgorithms).toBe(true);
    expect(draft.inherits).toEqual(expect.arrayContaining(['user', 'port', 'jumps']));
    expect(read('node', list)).toMatchObject({ userFrom: 'defaults' });
    const own = draftOf('ana@node:22', list);
    expect(own.route).toMatchObject({ user: 'ana', port: 22 });
    expect(own.inherits).not.toContain('port');
  });

  it('is read from a command with all that it says; jump hosts are signed in to alike', () => {
    const reading = read(
      'ssh -X -i ~/.ssh/gpu -p 2200 -L 8888:localhost:80 -J bia@gate:2222,inner ana@node uptime',
    );
    expect(reading).toMatchObject({ hasKey: true, ignored: ['-X', 'uptime'], forwards: [{ kind: 'local' }] });
    expect(draftOf('ssh -i ~/.ssh/gpu -J bia@gate:2222,inner ana@node')).toMatchObject({
      identity: { kind: 'keyFile', path: '~/.ssh/gpu' },
      route: {
        jumps: [
          { host: 'gate', port: 2222, user: 'bia', identity: keyFile },
          { host: 'inner', port: 22, user: 'local', identity: keyFile },
        ],
      },
    });
  });

  it('may be followed by options without the word ssh before it', () => {
    expect(draftOf('ana@node -p 2222').route).toMatchObject({ host: 'node', user: 'ana', port: 2222 });
  });

  test.each(['', 'gpu box', 'tag:gpu', 'tag:gpu:22', 'notebook server', 'ssh'])(
    '“%s” is a search',
    (text) => {
      expect(read(text)).toEqual({ kind: 'none' });
    },
  );

  test.each(['ana@', 'ssh -p', 'ssh gpu; rm', 'ssh://'])('“%s” is not understood', (text) => {
    expect(read(text)).toEqual({ kind: 'notUnderstood' });
  });

  test.each([
    ['ana@node:70000', [{ field: 'port', problem: 'port-range' }]],
    ['a;b@node', [{ field: 'user', problem: 'user-characters' }]],
    ['ssh -J gate:0 ana@node', [{ field: 'jump-0-port', problem: 'port-range' }]],
  ])('%s is said to be wrong', (text, problems) => {
    expect(read(text)).toEqual({ kind: 'wrong', problems });
  });

  it('can’t lead over a machine that is not saved', () => {
    const quick = sampleMachine(7, { name: 'gate', isUnsaved: true });
    expect(draftOf('ssh -J gate node', listOf([quick])).route.jumps).toMatchObject([{ kind: 'inline' }]);
    expect(draftOf('ssh -J gate node', listOf([{ ...gpuMachine, name: 'gate' }])).route.jumps).toEqual([
      { kind: 'machine', machineId: gpuMachine.id },
    ]);
  });
});

describe('Enter', () => {
  const other = sampleMachine(2);
  const chosen = (text: string, best?: Machine) => {
    const choice = enterChoice(read(text), best);
    return choice.kind === 'machine' ? choice.machine.name : choice.kind;
  };

  it('goes to the best match of a name, and to the server only when there is none', () => {
    expect(chosen('gpu', gpuMachine)).toBe('GPU box');
    expect(chosen('gpu')).toBe('quick');
    expect(chosen('gpu box')).toBe('none');
  });

  it('goes to the server of an address, whatever the search finds', () => {
    expect(chosen('ana@node:2222', other)).toBe('quick');
    expect(chosen('ssh node', other)).toBe('quick');
  });

  it('goes to the saved machine that the address is of, unless the text says more than that', () => {
    expect(chosen('ubuntu@GPU.example.com')).toBe('GPU box');
    expect(chosen('ssh -i ~/.ssh/other ubuntu@gpu.example.com')).toBe('quick');
  });

  it('does nothing with what is not understood', () => {
    expect(chosen('ana@', undefined)).toBe('none');
  });
});
