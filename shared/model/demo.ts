import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { MachineId } from './machine';

export const demoSteps = [
  'finding-python',
  'creating-environment',
  'installing-jupyter',
  'starting-server',
  'opening-notebook',
] as const;
export type DemoStep = (typeof demoSteps)[number];

/** The demo machine: an SSH server of Nuvem's own on loopback and a JupyterLab in a private environment. */
export const DemoState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unsupported') }),
  z.strictObject({ kind: z.literal('absent') }),
  z.strictObject({
    kind: z.literal('preparing'),
    step: z.enum(demoSteps),
    /** The last line that the running step printed. */
    detail: z.string(),
  }),
  z.strictObject({ kind: z.literal('ready'), machineId: MachineId }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type DemoState = Readonly<z.infer<typeof DemoState>>;

export const DemoSnapshot = z.strictObject({ revision: z.number().int(), state: DemoState });
export type DemoSnapshot = Readonly<z.infer<typeof DemoSnapshot>>;
