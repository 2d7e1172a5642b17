import { randomBytes } from 'node:crypto';
import { getServers } from 'node:dns';
import { chmod, stat } from 'node:fs/promises';
import { homedir, networkInterfaces } from 'node:os';
import { AppError } from '../../shared/errors/app-error';
import type { DiagnosisSnapshot } from '../../shared/model/diagnosis';
import { wayTo } from '../../shared/model/way';
import { DiagnosisService } from '../diagnosis/diagnosis-service';
import type { Surroundings } from '../diagnosis/explain';
import { expandHome } from '../keys/key-file';
import type { MachineStore } from '../machines/machine-store';
import { systemClock } from '../system/clock';
import { trustedHostsIn } from '../trust/trusted-hosts';
import type { Remote } from './remote';

interface DiagnosisDependencies {
  readonly machines: MachineStore;
  readonly remote: Remote;
  readonly onChanged: (snapshot: DiagnosisSnapshot) => void;
}

/** Makes the diagnosis: what the pool connects with, and what this computer and its user know. */
export function makeDiagnosis({ machines, remote, onChanged }: DiagnosisDependencies): DiagnosisService {
  return new DiagnosisService({
    ...remote.login,
    wayTo: (machineId) => wayTo(machines.get(machineId), machines.list().machines),
    clock: systemClock,
    random: randomBytes,
    surroundings: async () => ({
      resolvers: getServers(),
      isOffline: isOffline(),
      knownNames: await knownNames(machines, remote),
    }),
    isKeyOpenToOthers: async (path) => {
      if (process.platform === 'win32') return false;
      return ((await stat(expandHome(path, homedir()))).mode & 0o077) !== 0;
    },
    mendKeyFile: async (path) => {
      try {
        await chmod(expandHome(path, homedir()), 0o600);
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? '';
        throw new AppError('key-file-unwritable', { path, reason }, { cause: error });
      }
    },
    onChanged,
  });
}

/** Only loopback, and addresses that a computer gives itself (RFC 3927, RFC 4291). */
function isOffline(): boolean {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.every(({ internal, address }) => internal || /^(169\.254\.|fe80:)/i.test(address));
}

/** Hosts of the saved machines and jump hosts, and those that ssh knows. */
async function knownNames(
  machines: MachineStore,
  { hostTrust }: Remote,
): Promise<Surroundings['knownNames']> {
  const saved = machines.list().machines;
  const ofMachines = saved.flatMap(({ route }) => [
    route.host,
    ...route.jumps.flatMap((jump) => (jump.kind === 'inline' ? [jump.host] : [])),
  ]);
  const known = trustedHostsIn(await hostTrust.userKnownHosts().catch(() => ''), saved);
  return [...ofMachines, ...known.flatMap(({ names }) => names)];
}
