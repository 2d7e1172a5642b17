import type { Jump, MachineId } from '../../../shared/model/machine';
import { type IdentityForm, identityFormOf, identityOf, identityPaths } from './identity-form';

/** What the fields of one jump host hold: all of them, also those that the chosen server hides. */
export interface JumpForm extends IdentityForm {
  /** Tells the rows of the list apart while they move. */
  readonly rowId: string;
  /** Null: another server, told by the fields below. */
  readonly machineId: MachineId | null;
  readonly host: string;
  readonly port: string;
  readonly user: string;
}

/** The text fields of a jump host from left to right, each with the place of its value in the draft's jump. */
export const jumpPaths = { host: 'host', port: 'port', user: 'user', ...identityPaths } as const;

export type JumpField = keyof typeof jumpPaths;
export const jumpFields = Object.keys(jumpPaths) as readonly JumpField[];

/** A new row: the first of `machineIds`, if any, is proposed. */
export function newJumpForm(machineIds: readonly MachineId[]): JumpForm {
  const [machineId = null] = machineIds;
  return { ...emptyJumpForm(), machineId };
}

/** The fields of a saved jump host. */
export function jumpFormOf(jump: Jump): JumpForm {
  if (jump.kind === 'machine') return { ...emptyJumpForm(), machineId: jump.machineId };
  const { host, port, user, identity } = jump;
  return {
    ...emptyJumpForm(),
    ...{ host, port: String(port), user },
    ...identityFormOf(identity),
  };
}

/** The jump host that the fields make, not checked yet. */
export function jumpOf(form: JumpForm): unknown {
  const { machineId, host, port, user } = form;
  if (machineId !== null) return { kind: 'machine', machineId };
  return { kind: 'inline', host, port: portOf(port), user, identity: identityOf(form) };
}

/** The number that a port field holds; NaN if it is none. */
export function portOf(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** The list with the row moved by `steps` places, or as it is when there is no such place. */
export function movedJump(jumps: readonly JumpForm[], index: number, steps: number): readonly JumpForm[] {
  const moved = jumps[index];
  if (!moved || index + steps < 0 || index + steps >= jumps.length) return jumps;
  return jumps.toSpliced(index, 1).toSpliced(index + steps, 0, moved);
}

const emptyJumpForm = (): JumpForm => ({
  rowId: crypto.randomUUID(),
  machineId: null,
  host: '',
  port: '22',
  user: '',
  ...identityFormOf(),
});
