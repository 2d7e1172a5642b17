import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { queryObjects } from 'node:v8';
import { algorithmsFor } from '../../../electron/ssh/algorithms';
import { connected } from '../lab/tcp-peer';
import { echoed, lossOf } from './clients';
import { type FaultOutcome, pause, within } from './fault';
import { PatternCheck } from './pattern';
import { makeFaultRig } from './rig';

const nothing = { noticeMs: null, recoverMs: null, attempts: null };
const mib = 1024 * 1024;

/** So many clients at once, each with so many bytes, on one connection. */
export async function manyClients(count: number, bytesEach: number): Promise<FaultOutcome> {
  const rig = await makeFaultRig();
  try {
    const source = await rig.source(bytesEach);
    const loss = rig.watchLoss();
    const beganMs = performance.now();
    const losses = await within(
      900_000,
      'the transfers',
      Promise.all(Array.from({ length: count }, async () => lossOf(await connected(source), bytesEach))),
    );
    const seconds = (performance.now() - beganMs) / 1000;
    return {
      ...nothing,
      survived: loss.lostAtMs() === null,
      bytesLost: losses.reduce((sum, each) => sum + each, 0),
      note: `${((count * bytesEach) / mib / seconds).toFixed(0)} MiB/s in all`,
    };
  } finally {
    await rig.close();
  }
}

/** Memory may grow by the windows and buffers of one channel, not with what waits on the far side. */
const grownAtMostBytes = 32 * mib;

/** A client that reads 1 KB/s of so many bytes; others on the same connection must not notice. */
export async function slowReader(totalBytes: number, lastsMs: number): Promise<FaultOutcome> {
  const rig = await makeFaultRig();
  try {
    const source = await rig.source(totalBytes);
    const socket = await connected(source);
    socket.pause();
    const check = new PatternCheck();
    // Until every buffer on the way is full.
    await pause(2000);
    const before = process.memoryUsage().rss;
    let largest = before;
    let bytesLost = 0;
    for (const endMs = performance.now() + lastsMs; performance.now() < endMs; ) {
      check.take((socket.read(100) as Buffer | null) ?? Buffer.alloc(0));
      bytesLost += await within(10_000, 'another client', echoed(rig.listen, 1000));
      largest = Math.max(largest, process.memoryUsage().rss);
      await pause(100);
    }
    socket.destroy();
    const grown = largest - before;
    return {
      ...nothing,
      survived:
        grown < grownAtMostBytes && check.receivedBytes > 0 && rig.lab.connection.state().kind === 'ready',
      bytesLost: bytesLost + check.wrongBytes,
      note: `memory ${grown < 0 ? '' : '+'}${(grown / mib).toFixed(1)} MiB; others are served meanwhile`,
    };
  } finally {
    await rig.close();
  }
}

export const offeredCiphers = algorithmsFor([], false).cipher as readonly string[];

/** A server that wants new keys after every 256 KiB, with one cipher. */
export async function rekeying(cipher: string, bytes: number): Promise<FaultOutcome> {
  const rig = await makeFaultRig({
    sshd: { config: ['RekeyLimit 256k', `Ciphers ${cipher}`, 'LogLevel DEBUG1'] },
  });
  try {
    const loss = rig.watchLoss();
    const bytesLost = await within(600_000, 'the transfer', echoed(rig.listen, bytes / 2));
    const rekeys = (rig.sshd.log().match(/SSH2_MSG_KEXINIT received/g)?.length ?? 1) - 1;
    return {
      ...nothing,
      survived: loss.lostAtMs() === null,
      bytesLost,
      note: `new keys ${rekeys} times with each`,
    };
  } finally {
    await rig.close();
  }
}

/** What is alive in this process: descriptors, sockets, streams. */
async function census(): Promise<readonly number[]> {
  const descriptors = (await readdir('/proc/self/fd')).length;
  return [descriptors, queryObjects(Socket, { format: 'count' }), queryObjects(Duplex, { format: 'count' })];
}

/** A client comes, says something, and goes: properly, by a reset, or to a target that is not there. */
export async function openAndClose(cycles: number): Promise<FaultOutcome> {
  const rig = await makeFaultRig();
  let leakWarnings = 0;
  const onWarning = ({ name }: Error): void => {
    if (name === 'MaxListenersExceededWarning') leakWarnings += 1;
  };
  process.on('warning', onWarning);
  try {
    const nowhere = await rig.openTo('/nonexistent/socket');
    let bytesLost = 0;
    const kinds = [
      async () => {
        bytesLost += await echoed(rig.listen, 1000);
      },
      async () => {
        const socket = await connected(rig.listen);
        socket.write('x');
        await once(socket, 'data');
        socket.resetAndDestroy();
      },
      // Refused before or after the client knows that it is connected.
      async () => {
        await connected(nowhere)
          .then((socket) => lossOf(socket, 0))
          .catch(() => undefined);
      },
    ];
    const runAll = async (count: number): Promise<void> => {
      let left = count;
      const lane = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          await within(30_000, 'a cycle', kinds[left % kinds.length]?.() ?? Promise.resolve());
        }
      };
      await Promise.all(Array.from({ length: 16 }, lane));
    };
    const settled = async (): Promise<readonly number[]> => {
      await pause(1500);
      return census();
    };
    await runAll(60);
    const before = await settled();
    await runAll(cycles);
    const after = await settled();
    const grown = after.map((count, index) => count - (before[index] ?? 0));
    return {
      ...nothing,
      survived: grown.every((count) => count <= 8) && leakWarnings === 0,
      bytesLost,
      note: `left over: ${grown[0]} descriptors, ${grown[1]} sockets, ${grown[2]} streams, ${leakWarnings} leak warnings`,
    };
  } finally {
    process.off('warning', onWarning);
    await rig.close();
  }
}
