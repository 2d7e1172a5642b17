import type fsPromises from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error';
import type { ExportRequest, ExportResult } from '../../../shared/model/export';
import type { MachineList } from '../../../shared/model/machine-list';
import { exportFormats } from './export-formats';
import { exportedMachines } from './exported-machines';

/** There are no secrets in it, and it is meant to be handed on. */
const fileMode = 0o644;

interface ExportDependencies {
  readonly list: () => MachineList;
  /** Where the user wants the file; null when they cancel. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>;
  readonly fs: Pick<typeof fsPromises, 'writeFile' | 'rename' | 'rm'>;
}

/** Writes machines into a file for other computers, people and programs. */
export class ExportService {
  constructor(private readonly deps: ExportDependencies) {}

  /** Null when the user cancels. @throws export-failed; then what was there before is untouched */
  async save({ format, machineIds }: ExportRequest): Promise<ExportResult | null> {
    const { extension, write } = exportFormats[format];
    const exported = exportedMachines(this.deps.list(), machineIds);
    const path = await this.deps.askWhere(`nuvem-machines.${extension}`);
    if (path === null) return null;
    await this.#write(path, await write(exported));
    return { path, machineCount: exported.machines.length };
  }

  async #write(path: string, text: string): Promise<void> {
    const { fs } = this.deps;
    const part = `${path}.part`;
    try {
      await fs.writeFile(part, text, { mode: fileMode, flush: true });
      await fs.rename(part, path);
    } catch (error) {
      await fs.rm(part, { force: true }).catch(() => undefined);
      const reason = (error as NodeJS.ErrnoException).code ?? '';
      throw new AppError('export-failed', { path, reason }, { cause: error });
    }
  }
}
