import { z } from 'zod';
import { ErrorReport } from '../../shared/errors/app-error';
import { MachineId } from '../../shared/model/machine';

/**
 * What the command `nuvem` and the running app say to each other: one JSON object a line. The command sends one
 * `ControlRequest`; the app answers with any number of `asks` and one other reply, and closes.
 */
const Name = z.string().min(1).max(200);

/** What a user can ask for from outside the window. */
export const ControlCommand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list') }),
  z.strictObject({ kind: z.literal('status') }),
  z.strictObject({ kind: z.literal('connect'), machine: Name }),
  z.strictObject({ kind: z.literal('notebook'), machine: Name }),
  /** Null: all tunnels of the machine. */
  z.strictObject({ kind: z.literal('tunnel'), machine: Name, tunnel: Name.nullable() }),
  z.strictObject({ kind: z.literal('disconnect'), machine: Name }),
]);
export type ControlCommand = Readonly<z.infer<typeof ControlCommand>>;

export const ControlRequest = z.strictObject({ token: z.string(), command: ControlCommand });
export type ControlRequest = Readonly<z.infer<typeof ControlRequest>>;

const connectionKinds = [
  'idle',
  'connecting',
  'awaitingHostKey',
  'authenticating',
  'ready',
  'waitingToRetry',
  'closing',
  'closed',
  'failed',
] as const;

const ListedMachine = z.strictObject({
  id: MachineId,
  name: z.string(),
  address: z.string(),
  state: z.enum(connectionKinds),
});
export type ListedMachine = Readonly<z.infer<typeof ListedMachine>>;

const ListedTunnel = z.strictObject({
  name: z.string(),
  /** Where clients come in. */
  address: z.string(),
  state: z.enum(['off', 'standby', 'opening', 'active', 'waiting', 'failed']),
  error: ErrorReport.nullable(),
});
export type ListedTunnel = Readonly<z.infer<typeof ListedTunnel>>;

const MachineStatus = ListedMachine.extend({
  tunnels: z.array(ListedTunnel).readonly(),
  notebooks: z.number().int(),
});
export type MachineStatus = Readonly<z.infer<typeof MachineStatus>>;

export const ControlReply = z.discriminatedUnion('kind', [
  /** The window waits for an answer to a question about this machine; more replies follow. */
  z.strictObject({ kind: z.literal('asks'), machine: z.string() }),
  z.strictObject({ kind: z.literal('machines'), machines: z.array(ListedMachine).readonly() }),
  z.strictObject({
    kind: z.literal('status'),
    version: z.string(),
    machines: z.array(MachineStatus).readonly(),
  }),
  z.strictObject({ kind: z.literal('tunnels'), tunnels: z.array(ListedTunnel).readonly() }),
  z.strictObject({ kind: z.literal('connected'), machine: z.string() }),
  z.strictObject({ kind: z.literal('notebookOpened'), machine: z.string() }),
  z.strictObject({ kind: z.literal('disconnected'), machine: z.string() }),
  z.strictObject({ kind: z.literal('machineUnknown'), name: z.string() }),
  /** `ids`: of all machines of that name. */
  z.strictObject({ kind: z.literal('machineAmbiguous'), name: z.string(), ids: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('tunnelUnknown'), machine: z.string(), name: z.string() }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type ControlReply = Readonly<z.infer<typeof ControlReply>>;

/** No line may be longer: who sends more is not one of us. */
export const longestLineBytes = 4 * 1024 * 1024;
