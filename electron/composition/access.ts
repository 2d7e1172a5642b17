import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { wayTo } from '../../shared/model/way';
import { AccessService } from '../access/access-service';
import { makeOpenKey } from '../access/key-to-install';
import { makeIsOwnKey } from '../access/own-keys';
import { makeProveLogin } from '../access/prove-login';
import { askAgent } from '../keys/agent-socket';
import { RememberedPassphrases } from '../keys/remembered-passphrases';
import type { MachineStore } from '../machines/machine-store';
import type { Remote } from './remote';

interface AccessDependencies {
  readonly machines: MachineStore;
  readonly remote: Remote;
}

/** Makes what tells and changes who can log in to machines. */
export function makeAccess({ machines, remote }: AccessDependencies): AccessService {
  const { pool, keyFolder: folder, login, vault } = remote;
  return new AccessService({
    connections: pool,
    machineOf: (machineId) => machines.get(machineId),
    wayTo: (machineId) => wayTo(machines.get(machineId), machines.list().machines),
    isOwnKey: makeIsOwnKey({ folder, agentSocketOf: remote.agentSocketOf, askAgent }),
    openKey: makeOpenKey({
      folder,
      machines: () => machines.list().machines,
      proveIdentity: login.proveIdentity,
      remembered: new RememberedPassphrases(vault, homedir()),
    }),
    proveLogin: makeProveLogin(login),
    random: randomBytes,
  });
}
