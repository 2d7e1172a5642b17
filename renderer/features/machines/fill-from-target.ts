import type { Machine } from '../../../shared/model/machine';
import { type JumpForm, newJumpForm } from './jump-form';
import type { MachineForm } from './machine-form';
import type { SshAddress, SshTarget } from './ssh-target';

/**
 * The form with all that a pasted text says. What it leaves out stays as it is; a jump host that is a saved
 * machine, by its name or by its address, becomes that machine.
 */
export function filledForm(form: MachineForm, target: SshTarget, machines: readonly Machine[]): MachineForm {
  const { host, port, user, keyPath, jumps, proxyLine, forwards, isCommand } = target;
  return {
    ...form,
    name: form.name.trim() === '' ? host : form.name,
    host,
    port: String(port ?? 22),
    user: user ?? form.user,
    jumps: jumps.map((jump) => jumpFormFor(jump, machines)),
    forwards,
    ...(proxyLine === null ? {} : { proxyKind: 'command', proxyLine, isProxyLineTyped: false }),
    ...(keyPath !== null ? { identityKind: 'keyFile', keyPath } : isCommand ? { identityKind: 'agent' } : {}),
  };
}

function jumpFormFor(jump: SshAddress, machines: readonly Machine[]): JumpForm {
  const saved = machines.find((machine) => isMachine(jump, machine));
  if (saved) return newJumpForm([saved.id]);
  const { host, port, user } = jump;
  return { ...newJumpForm([]), host, port: String(port ?? 22), user: user ?? '', identityKind: 'agent' };
}

function isMachine({ host, port, user }: SshAddress, { name, route }: Machine): boolean {
  if (port === null && user === null && host === name) return true;
  return host === route.host && (port ?? 22) === route.port && (user ?? route.user) === route.user;
}
