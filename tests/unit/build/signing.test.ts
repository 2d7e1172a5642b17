import { describe, expect, it } from 'vitest';
import { signingGaps } from '../../../build/dist/signing';

const complete = {
  CSC_LINK: 'file.p12',
  CSC_KEY_PASSWORD: 'secret',
  APPLE_API_KEY: 'key.p8',
  APPLE_API_KEY_ID: 'id',
  APPLE_API_ISSUER: 'issuer',
};

describe('what is said about signatures', () => {
  it('says nothing for Linux, where package managers sign', () => {
    expect(signingGaps(['linux'], {})).toEqual([]);
  });

  it('names what is missing on macOS and Windows, and the variables that help', () => {
    expect(signingGaps(['darwin'], {})).toEqual([
      expect.stringContaining('not signed'),
      expect.stringContaining('not notarised'),
    ]);
    expect(signingGaps(['win32'], {})).toEqual([expect.stringContaining('WIN_CSC_LINK')]);
  });

  it('is content once all of one way to sign is there', () => {
    expect(signingGaps(['darwin', 'win32'], complete)).toEqual([]);
    expect(signingGaps(['darwin'], { ...complete, APPLE_API_ISSUER: '' })).toHaveLength(1);
    expect(signingGaps(['win32'], { CSC_LINK: 'file.p12' })).toHaveLength(1);
  });

  it('never repeats a value', () => {
    expect(signingGaps(['darwin', 'win32'], { CSC_LINK: 'file.p12', APPLE_ID: 'me' }).join()).not.toMatch(
      /file\.p12|\bme\b/,
    );
  });
});
