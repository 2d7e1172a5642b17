import { describe, expect, it } from 'vitest';
import { updateError } from '../../../electron/updates/update-error';
import { AppError } from '../../../shared/errors/app-error';

const coded = (code: string): Error => Object.assign(new Error(`${code}: something\nat length`), { code });

describe('what goes wrong with an update', () => {
  it.each([
    ['ENOSPC', 'update-disk-full'],
    ['EDQUOT', 'update-disk-full'],
    ['EROFS', 'update-not-written'],
    ['EACCES', 'update-not-written'],
    ['ERR_CHECKSUM_MISMATCH', 'update-damaged'],
    ['ERR_UPDATER_INVALID_SIGNATURE', 'update-not-signed'],
    ['ERR_UPDATER_CHANNEL_FILE_NOT_FOUND', 'update-feed-unusable'],
    ['HTTP_ERROR_503', 'update-feed-unusable'],
    ['ECONNRESET', 'update-unreachable'],
  ])('has words of its own: %s', (code, expected) => {
    expect(updateError(coded(code))).toMatchObject({ code: expected, details: [`${code}: something`] });
  });

  it('is the network where Chromium gives no code', () => {
    expect(updateError(new Error('net::ERR_INTERNET_DISCONNECTED'))).toMatchObject({
      code: 'update-unreachable',
      details: ['net::ERR_INTERNET_DISCONNECTED'],
    });
  });

  it('is said as it is when it is our own fault, or known already', () => {
    expect(updateError(new TypeError('x is not a function')).code).toBe('internal');
    const known = new AppError('update-disk-full');
    expect(updateError(known)).toBe(known);
  });
});
