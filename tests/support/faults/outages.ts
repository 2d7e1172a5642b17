import { echoed, SteadyClient } from './clients';
import { type FaultOutcome, pause, within } from './fault';
import { type FaultRig, makeFaultRig, makeNetworkRig, type NetworkRig } from './rig';

interface Outage {
  readonly begin: () => Promise<unknown>;
  readonly end: () => Promise<unknown>;
  readonly lastsMs: number;
}

/** A message of a client that comes during an outage. */
const messageBytes = 64 * 1024;
const recoverWithinMs = 90_000;

/** The machine's end of the cable is out for so long. */
export function networkDown(lastsMs: number): Promise<FaultOutcome> {
  return onNetwork((rig) =>
    through(rig, {
      begin: () => rig.network.setPlugged(false),
      end: () => rig.network.setPlugged(true),
      lastsMs,
    }),
  );
}

/** What the machine sends vanishes for so long; nobody is told. */
export function halfOpen(lastsMs: number): Promise<FaultOutcome> {
  return onNetwork((rig) =>
    through(rig, {
      begin: () => rig.network.setSilent(true),
      end: () => rig.network.setSilent(false),
      lastsMs,
    }),
  );
}

/** The kernel resets the connection. */
export function tcpReset(): Promise<FaultOutcome> {
  return onNetwork((rig) =>
    through(rig, { begin: () => rig.network.resetAll(), end: async () => undefined, lastsMs: 0 }),
  );
}

/** sshd and its sessions end, and it is there again after so long. */
export async function sshdRestarted(lastsMs: number): Promise<FaultOutcome> {
  const rig = await makeFaultRig();
  try {
    return await through(rig, {
      begin: async () => {
        await rig.sshd.stopListening();
        await rig.sshd.killSessions();
      },
      end: () => rig.sshd.restart(),
      lastsMs,
    });
  } finally {
    await rig.close();
  }
}

async function onNetwork(work: (rig: NetworkRig) => Promise<FaultOutcome>): Promise<FaultOutcome> {
  const rig = await makeNetworkRig();
  try {
    return await work(rig);
  } finally {
    await rig.close();
  }
}

async function through(rig: FaultRig, { begin, end, lastsMs }: Outage): Promise<FaultOutcome> {
  const steady = await SteadyClient.open(rig.listen);
  const loss = rig.watchLoss();
  const beganMs = performance.now();
  await begin();
  await pause(lastsMs);
  const parked = echoed(rig.listen, messageBytes);
  // Awaited below; it must not count as unhandled before.
  parked.catch(() => undefined);
  await end();
  const endedMs = lastsMs === 0 ? beganMs : performance.now();
  const parkedLoss = await within(recoverWithinMs, 'the way back', parked);
  const recoverMs = performance.now() - endedMs;
  const steadyLoss = await within(recoverWithinMs, 'the end of the steady client', steady.finish());
  const lostAtMs = loss.lostAtMs();
  return {
    survived: rig.lab.connection.state().kind === 'ready' && (lostAtMs !== null || !steady.isBroken),
    noticeMs: lostAtMs === null ? null : lostAtMs - beganMs,
    recoverMs,
    bytesLost: parkedLoss + steadyLoss,
    attempts: null,
    note: lostAtMs === null ? 'the same connection goes on' : '',
  };
}
