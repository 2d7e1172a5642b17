import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSignedRelease, releaseKeyOf, signRelease } from '../../../electron/updates/release-signature';

const pem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

const privateKey = pem();
const publicKey = releaseKeyOf(privateKey);
const file = { version: '1.2.3', sha512: 'c2hhNTEy' };
const signature = signRelease(file, privateKey);

describe('the signature of a release', () => {
  it('is good for the version and the bytes that it was made for', () => {
    expect(isSignedRelease(file, signature, publicKey)).toBe(true);
  });

  it('is good for no other version, no other bytes and no other maker', () => {
    expect(isSignedRelease({ ...file, version: '1.2.4' }, signature, publicKey)).toBe(false);
    expect(isSignedRelease({ ...file, sha512: 'b3RoZXI=' }, signature, publicKey)).toBe(false);
    expect(isSignedRelease(file, signature, releaseKeyOf(pem()))).toBe(false);
  });

  it.each([undefined, null, '', 'not base64 at all', 7, [signature]])(
    'is not there when the feed has %j in its place',
    (instead) => {
      expect(isSignedRelease(file, instead, publicKey)).toBe(false);
    },
  );

  it('is made by Ed25519 alone', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect(() => releaseKeyOf(rsa.export({ format: 'pem', type: 'pkcs8' }).toString())).toThrow('Ed25519');
  });
});
