import { AppError } from '../../../shared/errors/app-error';
import { mostImportMegabytes } from '../../../shared/model/import-preview';

const bytesPerMegabyte = 1_000_000;

/** @throws import-file-too-large */
export function assertImportSize(path: string, sizeBytes: number): void {
  const megabytes = Math.ceil(sizeBytes / bytesPerMegabyte);
  if (megabytes > mostImportMegabytes)
    throw new AppError('import-file-too-large', { path, megabytes, mostMegabytes: mostImportMegabytes });
}
