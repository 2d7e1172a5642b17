import { SteadyClient } from './clients';
import { type FaultOutcome, pause, within } from './fault';
import { type FaultRig, makeFaultRig } from './rig';

/** Long enough for several retries, if there were any. */
const watchedMs = 5000;

/** The server comes back with another host key: that is for the user to decide, so it is tried once. */
export const otherHostKey = (): Promise<FaultOutcome> =>
  refused('host-key-changed', (rig) => rig.sshd.restart({ newHostKey: true }));

/** The server comes back without the user's key: tried once, or the server might lock the address out. */
export const keyRefused = (): Promise<FaultOutcome> =>
  refused('key-refused', (rig) => rig.sshd.authorize([]));

async function refused(code: string, begin: (rig: FaultRig) => Promise<void>): Promise<FaultOutcome> {
  const rig = await makeFaultRig();
  try {
    const steady = await SteadyClient.open(rig.listen);
    const loss = rig.watchLoss();
    await begin(rig);
    const before = connections(rig);
    const beganMs = performance.now();
    await rig.sshd.killSessions();
    const { error } = await within(60_000, 'the refusal', rig.lab.connection.reached('failed'));
    await pause(watchedMs);
    const attempts = connections(rig) - before;
    const bytesLost = await steady.finish();
    return {
      survived: error.code === code && rig.lab.connection.state().kind === 'failed',
      noticeMs: (loss.lostAtMs() ?? beganMs) - beganMs,
      recoverMs: null,
      bytesLost,
      attempts,
      note: `refused in words: ${error.code}`,
    };
  } finally {
    await rig.close();
  }
}

const connections = ({ sshd }: FaultRig): number => sshd.log().match(/^Connection from /gm)?.length ?? 0;
