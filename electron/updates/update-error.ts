import { AppError } from '../../shared/errors/app-error';

/**
 * What went wrong with a check or a download, by the codes of Node and of electron-updater. Chromium's network errors
 * come without a code: what has none did not get through.
 */
export function updateError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (!(thrown instanceof Error) || thrown instanceof TypeError) return AppError.from(thrown);
  const code = 'code' in thrown ? String(thrown.code) : '';
  const options = { details: [thrown.message.split('\n', 1)[0] ?? ''], cause: thrown };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('update-disk-full', {}, options);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError('update-not-written', { reason: code }, options);
    case 'ERR_CHECKSUM_MISMATCH':
      return new AppError('update-damaged', {}, options);
    case 'ERR_UPDATER_INVALID_SIGNATURE':
      return new AppError('update-not-signed', {}, options);
    default:
      return /^(ERR_UPDATER|HTTP_ERROR)_/.test(code)
        ? new AppError('update-feed-unusable', { reason: code }, options)
        : new AppError('update-unreachable', {}, options);
  }
}
