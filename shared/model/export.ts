import { z } from 'zod';
import { MachineId } from './machine';

export const exportFormatNames = ['yaml', 'json', 'sshConfig'] as const;
export const ExportFormat = z.enum(exportFormatNames);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const ExportRequest = z.strictObject({
  format: ExportFormat,
  /** Null: all. The machines that they are reached through come with them. */
  machineIds: z.array(MachineId).min(1).readonly().nullable(),
});
export type ExportRequest = Readonly<z.infer<typeof ExportRequest>>;

/** What was written, and where. */
export const ExportResult = z.strictObject({
  path: z.string(),
  machineCount: z.number().int(),
});
export type ExportResult = Readonly<z.infer<typeof ExportResult>>;
