import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FakeChannelWish, sendRegardless, startFakeSshd } from '../lab/fake-sshd';
import { startFaultProxy } from '../lab/fault-proxy';
import { startSshd } from '../lab/sshd';
import { closed, connected, startEcho } from '../lab/tcp-peer';
import { makeTunnelLab, type TunnelLab, tcpListen } from '../lab/tunnel-lab';
import { echoed, SteadyClient } from './clients';
import { type FaultOutcome, pause, within } from './fault';
import { patternStream } from './pattern';
import { makeFaultRig, makeNetworkRig } from './rig';

const mib = 1024 * 1024;
const somewhere = { kind: 'tcp', host: 'anywhere', port: 1 } as const;

interface FakeRig {
  readonly lab: TunnelLab;
  readonly listen: { readonly port: number };
}

async function onFake(
  onWish: (wish: FakeChannelWish) => void,
  work: (rig: FakeRig) => Promise<FaultOutcome>,
): Promise<FaultOutcome> {
  const server = await startFakeSshd(onWish);
  const lab = await makeTunnelLab(server);
  try {
    const listen = await tcpListen();
    await lab.open({ kind: 'local', listen, target: somewhere });
    return await work({ lab, listen });
  } finally {
    await lab.close();
    await server.stop();
  }
}

const echo = ({ accept }: FakeChannelWish): void => {
  const channel = accept();
  channel.on('error', () => undefined);
  channel.pipe(channel);
};

/** A fake: sends 256 MiB on the first channel without looking at its window; its client reads nothing. */
export function windowOverrun(): Promise<FaultOutcome> {
  let sentBytes = 0;
  const flood = ({ accept, socket }: FakeChannelWish): void => {
    const channel = accept();
    const chunk = Buffer.alloc(32 * 1024);
    const send = (): void => {
      if (socket.destroyed || sentBytes >= 256 * mib) return;
      sendRegardless(channel, chunk);
      sentBytes += chunk.length;
      if (socket.writableLength > mib) socket.once('drain', send);
      else setImmediate(send);
    };
    send();
  };
  return onFake(
    (wish) => (wish.number === 1 ? flood(wish) : echo(wish)),
    async ({ lab, listen }) => {
      const beganMs = performance.now();
      const client = await connected(listen);
      client.pause();
      client.on('error', () => undefined);
      const { error } = await within(60_000, 'the notice', lab.connection.reached('waitingToRetry'));
      const noticedMs = performance.now();
      client.destroy();
      const bytesLost = await within(60_000, 'the way back', echoed(listen, 100_000));
      return {
        survived: error.params.reason === 'overrun',
        noticeMs: noticedMs - beganMs,
        recoverMs: performance.now() - noticedMs,
        bytesLost,
        attempts: null,
        note: `a fake server; hung up after ${(sentBytes / mib).toFixed(1)} MiB of 256`,
      };
    },
  );
}

/** A fake: its connection dies between the wish for a channel and the answer, twice. */
export function diesInChannelOpen(): Promise<FaultOutcome> {
  return onFake(
    (wish) => (wish.number <= 2 ? void wish.socket.destroy() : echo(wish)),
    async ({ listen }) => {
      const beganMs = performance.now();
      const bytesLost = await within(60_000, 'the way back', echoed(listen, 100_000));
      return {
        survived: true,
        noticeMs: null,
        recoverMs: performance.now() - beganMs,
        bytesLost,
        attempts: null,
        note: 'a fake server, twice in a row; the client only waits',
      };
    },
  );
}

/** A fake: takes what its window allows of an upload, reads none of it, and closes the channel. */
export function closesUnderWrite(): Promise<FaultOutcome> {
  return onFake(
    (wish) => {
      if (wish.number > 1) return echo(wish);
      const channel = wish.accept();
      channel.on('error', () => undefined);
      setTimeout(() => channel.close(), 1000);
    },
    async ({ lab, listen }) => {
      const client = await connected(listen);
      const over = closed(client);
      patternStream(64 * mib).pipe(client);
      client.resume();
      await within(20_000, 'the end of the client', over);
      return {
        survived: lab.connection.state().kind === 'ready',
        noticeMs: null,
        recoverMs: null,
        bytesLost: await echoed(listen, 100_000),
        attempts: null,
        note: 'a fake server; the client is told at once, the connection goes on',
      };
    },
  );
}

/** Every channel to a target that is not there is refused; the others go on. */
export async function channelsRefused(count: number): Promise<FaultOutcome> {
  const rig = await makeFaultRig();
  try {
    const steady = await SteadyClient.open(rig.listen);
    const loss = rig.watchLoss();
    const nowhere = await rig.openTo('/nonexistent/socket');
    let brokenOff = 0;
    for (let index = 0; index < count; index += 1)
      await echoed(nowhere, 1000).catch(() => {
        brokenOff += 1;
      });
    return {
      survived: brokenOff === count && loss.lostAtMs() === null && !steady.isBroken,
      noticeMs: null,
      recoverMs: null,
      bytesLost: await steady.finish(),
      attempts: null,
      note: `${brokenOff} of ${count} clients see that they were refused; others go on`,
    };
  } finally {
    await rig.close();
  }
}

/** Bytes change on their way, in both directions. */
export async function garbage(): Promise<FaultOutcome> {
  const sshd = await startSshd();
  const proxy = await startFaultProxy(sshd);
  const knownHostsPath = join(sshd.folder, 'known_hosts_of_proxy');
  await writeFile(knownHostsPath, `[127.0.0.1]:${proxy.port} ${sshd.hostKeys[0]?.publicKey}\n`);
  const lab = await makeTunnelLab({ ...sshd, host: '127.0.0.1', port: proxy.port, knownHostsPath });
  const path = join(sshd.folder, 'echo');
  const peer = await startEcho(path);
  try {
    const listen = await tcpListen();
    await lab.open({ kind: 'local', listen, target: { kind: 'unixSocket', path } });
    const steady = await SteadyClient.open(listen);
    proxy.setFaults({ isGarbled: true });
    const beganMs = performance.now();
    await within(60_000, 'the notice', lab.connection.reached('waitingToRetry'));
    const noticedMs = performance.now();
    proxy.setFaults({});
    const parkedLoss = await within(60_000, 'the way back', echoed(listen, 100_000));
    return {
      survived: steady.isBroken,
      noticeMs: noticedMs - beganMs,
      recoverMs: performance.now() - noticedMs,
      bytesLost: parkedLoss + (await steady.finish()),
      attempts: null,
      note: 'real sshd, bytes changed by a proxy',
    };
  } finally {
    await lab.close();
    await peer.stop();
    await proxy.stop();
    await sshd.stop();
  }
}

/** The machine has four ports left for what it forwards to; eight clients come. */
export async function portsExhausted(): Promise<FaultOutcome> {
  const rig = await makeNetworkRig();
  const port = 4321;
  const program = `require('net').createServer((s) => s.on('error', () => {}).pipe(s)).listen(${port}, '127.0.0.1', () => console.log('on'))`;
  const [command = '', ...enter] = rig.network.enter;
  const target = spawn(command, [...enter, process.execPath, '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(target.stdout, 'data');
    const loss = rig.watchLoss();
    const listen = await tcpListen();
    await rig.lab.open({ kind: 'local', listen, target: { kind: 'tcp', host: '127.0.0.1', port } });
    await rig.network.limitPorts(4);
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => SteadyClient.open(listen).catch(() => null)),
    );
    const served = opened.filter((client) => client !== null);
    let bytesLost = 0;
    for (const client of served) bytesLost += await client.finish();
    const freedMs = performance.now();
    const again = async (): Promise<number> => {
      for (;;) {
        const loss = await echoed(listen, 10_000).catch(() => null);
        if (loss !== null) return loss;
        await pause(100);
      }
    };
    bytesLost += await within(90_000, 'a free port', again());
    return {
      survived: served.length === 4 && loss.lostAtMs() === null,
      noticeMs: null,
      recoverMs: performance.now() - freedMs,
      bytesLost,
      attempts: null,
      note: `${served.length} of 8 clients served, the others refused; all again once ports are free`,
    };
  } finally {
    target.kill();
    await rig.close();
  }
}
