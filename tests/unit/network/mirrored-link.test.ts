import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MirroredLink } from '../../../electron/network/thread/mirrored-link';
import { AppError } from '../../../shared/errors/app-error';
import { MachineId } from '../../../shared/model/machine';
import { FakeMachineLink } from '../../support/lab/fake-machine-link';

const machineId = MachineId.parse(randomUUID());
const ready = { kind: 'ready', sinceMs: 0 } as const;
const connecting = { kind: 'connecting', isReconnect: true } as const;

describe('the link of a machine in the network thread', () => {
  it('hands out the transport that its owner told of, to who waited and to who comes', async () => {
    const link = new MirroredLink(machineId);
    const { transport } = new FakeMachineLink(machineId);
    link.follow(connecting, null);
    const waiting = link.whenReady();
    link.follow(ready, transport);
    expect(await waiting).toBe(transport);
    expect(await link.whenReady()).toBe(transport);
  });

  it('hands out no transport that has ended, although its owner does not know yet', async () => {
    const link = new MirroredLink(machineId);
    const first = new FakeMachineLink(machineId).transport;
    const second = new FakeMachineLink(machineId).transport;
    link.follow(ready, first);
    first.end(new AppError('connection-lost'));
    expect(link.state().kind).toBe('connecting');
    const waiting = link.whenReady();
    link.follow(ready, second);
    expect(await waiting).toBe(second);
    // One that had ended before its owner told of it.
    link.follow(ready, null);
    expect(link.state().kind).toBe('connecting');
  });

  it('does not wait for what only the user can bring back', async () => {
    const link = new MirroredLink(machineId);
    await expect(link.whenReady()).rejects.toMatchObject({ code: 'not-connected' });
    link.follow(connecting, null);
    const waiting = link.whenReady();
    link.follow({ kind: 'failed', error: new AppError('key-refused').toReport() }, null);
    await expect(waiting).rejects.toMatchObject({ code: 'key-refused' });
  });

  it('lets go who does not want to wait any longer', async () => {
    const link = new MirroredLink(machineId);
    link.follow(connecting, null);
    const left = new AbortController();
    const waiting = link.whenReady(left.signal);
    left.abort(new AppError('cancelled'));
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });
});
