import type { ImportPlan, ImportSource } from '../../../shared/model/import-plan';

/** Reads files of one kind, whoever hands them over. Nothing in them is executed. */
export interface FileSource {
  readonly recognises: (text: string) => boolean;
  /** @throws import-file-damaged, import-file-newer, import-file-unknown */
  readonly read: (text: string, path: string) => ImportPlan | Promise<ImportPlan>;
}

/** A place on this computer where another program keeps its machines. */
export interface FoundSource {
  readonly kind: ImportSource['kind'];
  /** Where it is; null when there is none. */
  readonly find: () => Promise<string | null>;
  /** @throws AppError when it can't be read */
  readonly read: (location: string) => Promise<ImportPlan>;
}
