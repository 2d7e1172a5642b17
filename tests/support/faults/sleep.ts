import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeLabNetwork } from '../lab/lab-network';
import { startSshd } from '../lab/sshd';
import { startEcho } from '../lab/tcp-peer';
import { tcpListen } from '../lab/tunnel-lab';
import { echoed, SteadyClient } from './clients';
import { type FaultOutcome, pause, within } from './fault';
import type { SleeperOrders, SleeperReport } from './sleeper';

/**
 * The computer sleeps: its processes stand still and its network is gone, while the machine gives the connection up
 * after ten seconds. Then it wakes, and is told so as by the system's resume event.
 */
export async function sleep(lastsMs: number): Promise<FaultOutcome> {
  const network = await makeLabNetwork();
  const sshd = await startSshd({ network, config: ['ClientAliveInterval 5', 'ClientAliveCountMax 2'] });
  const target = join(sshd.folder, 'echo');
  const peer = await startEcho(target);
  const { port } = await tcpListen();
  const { host, port: sshPort, user, clientKeyPath, knownHostsPath } = sshd;
  const orders: SleeperOrders = {
    sshd: { host, port: sshPort, user, clientKeyPath, knownHostsPath },
    ...{ port, target },
  };
  const child = fork(fileURLToPath(new URL('./sleeper.ts', import.meta.url)), [JSON.stringify(orders)], {
    execArgv: ['--import', 'tsx'],
  });
  const losses: number[] = [];
  const states: string[] = [];
  child.on('message', ({ kind, atMs }: SleeperReport) => {
    states.push(kind);
    if (kind !== 'ready' && states.includes('ready')) losses.push(atMs);
  });
  try {
    while (!states.includes('ready')) {
      if (child.exitCode !== null)
        throw new Error(`The process that was to sleep ended with ${child.exitCode}`);
      await Promise.race([once(child, 'message'), once(child, 'exit')]);
    }
    const steady = await SteadyClient.open({ port });
    child.kill('SIGSTOP');
    await network.setPlugged(false);
    await pause(lastsMs);
    await network.setPlugged(true);
    const wokeAtMs = Date.now();
    child.kill('SIGCONT');
    child.send('resumed');
    const parkedLoss = await within(90_000, 'the way back', echoed({ port }, 64 * 1024));
    const recoverMs = Date.now() - wokeAtMs;
    const steadyLoss = await within(90_000, 'the end of the steady client', steady.finish());
    const lostAtMs = losses[0] ?? null;
    return {
      survived: states.at(-1) === 'ready' && (lostAtMs !== null || !steady.isBroken),
      noticeMs: lostAtMs === null ? null : lostAtMs - wokeAtMs,
      recoverMs,
      bytesLost: parkedLoss + steadyLoss,
      attempts: null,
      note: lostAtMs === null ? 'the same connection goes on' : 'times from waking up',
    };
  } finally {
    child.kill('SIGKILL');
    await peer.stop();
    await network.setPlugged(true);
    await sshd.stop();
    await network.remove();
  }
}
