/// <reference path="./bcrypt-pbkdf.d.ts" />
import { createCipheriv, randomBytes } from 'node:crypto';
import { pbkdf } from 'bcrypt-pbkdf';
import { wireInteger, wireString } from './ssh-wire';

/** The numbers of a key pair, big-endian unless RFC 8032 says otherwise. */
export type KeyNumbers =
  | { readonly kind: 'ed25519'; readonly publicKey: Buffer; readonly seed: Buffer }
  /** `point`: uncompressed. `curve`: SSH's name, e.g. `nistp256`. */
  | { readonly kind: 'ecdsa'; readonly curve: string; readonly point: Buffer; readonly scalar: Buffer }
  | {
      readonly kind: 'rsa';
      readonly modulus: Buffer;
      readonly exponent: Buffer;
      readonly privateExponent: Buffer;
      readonly coefficient: Buffer;
      readonly prime1: Buffer;
      readonly prime2: Buffer;
    };

/** What a key file holds besides the key pair; an empty passphrase means none. */
export interface KeyEnvelope {
  readonly comment: string;
  readonly passphrase: string;
}

/** As `ssh-keygen` does by default. */
const kdfRounds = 16;
const lineLength = 70;

/** A key pair as OpenSSH writes it, mixed with fresh random numbers. Format: PROTOCOL.key of OpenSSH. */
export function openSshPrivateKey(
  numbers: KeyNumbers,
  { comment, passphrase }: KeyEnvelope = { comment: '', passphrase: '' },
): string {
  const { publicFields, privateFields } = fieldsOf(numbers);
  const seal = passphrase === '' ? openSeal : sealOf(passphrase);
  const check = randomBytes(4);
  const secret = Buffer.concat([check, check, ...privateFields, wireString(comment)]);
  const padLength = (seal.blockBytes - (secret.length % seal.blockBytes)) % seal.blockBytes;
  const padding = Buffer.from(Array.from({ length: padLength }, (_, index) => index + 1));
  const data = Buffer.concat([
    ...[Buffer.from('openssh-key-v1\0'), wireString(seal.cipher), wireString(seal.kdf)],
    ...[wireString(seal.kdfOptions), Buffer.from([0, 0, 0, 1]), wireString(Buffer.concat(publicFields))],
    wireString(seal.encrypt(Buffer.concat([secret, padding]))),
  ]);
  const label = 'OPENSSH PRIVATE KEY';
  const lines = data.toString('base64').match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** How the private half is encrypted. */
interface Seal {
  readonly cipher: string;
  readonly kdf: string;
  readonly kdfOptions: Buffer;
  readonly blockBytes: number;
  readonly encrypt: (plain: Buffer) => Buffer;
}

const openSeal: Seal = {
  ...{ cipher: 'none', kdf: 'none', kdfOptions: Buffer.alloc(0), blockBytes: 8 },
  encrypt: (plain) => plain,
};

function sealOf(passphrase: string): Seal {
  const [keyBytes, ivBytes] = [32, 16];
  const salt = randomBytes(16);
  const secret = Buffer.from(passphrase);
  const derived = Buffer.alloc(keyBytes + ivBytes);
  pbkdf(secret, secret.length, salt, salt.length, derived, derived.length, kdfRounds);
  const rounds = Buffer.from([0, 0, 0, kdfRounds]);
  return {
    ...{ cipher: 'aes256-ctr', kdf: 'bcrypt', kdfOptions: Buffer.concat([wireString(salt), rounds]) },
    blockBytes: ivBytes,
    encrypt: (plain) => {
      const cipher = createCipheriv('aes-256-ctr', derived.subarray(0, keyBytes), derived.subarray(keyBytes));
      return Buffer.concat([cipher.update(plain), cipher.final()]);
    },
  };
}

function fieldsOf(numbers: KeyNumbers): {
  readonly publicFields: readonly Buffer[];
  readonly privateFields: readonly Buffer[];
} {
  switch (numbers.kind) {
    case 'ed25519': {
      const publicFields = [wireString('ssh-ed25519'), wireString(numbers.publicKey)];
      const pair = Buffer.concat([numbers.seed, numbers.publicKey]);
      return { publicFields, privateFields: [...publicFields, wireString(pair)] };
    }
    case 'ecdsa': {
      const names = [wireString(`ecdsa-sha2-${numbers.curve}`), wireString(numbers.curve)];
      const publicFields = [...names, wireString(numbers.point)];
      return { publicFields, privateFields: [...publicFields, wireInteger(numbers.scalar)] };
    }
    case 'rsa': {
      const type = wireString('ssh-rsa');
      const [modulus, exponent] = [wireInteger(numbers.modulus), wireInteger(numbers.exponent)];
      const secrets = [numbers.privateExponent, numbers.coefficient, numbers.prime1, numbers.prime2];
      return {
        publicFields: [type, exponent, modulus],
        privateFields: [type, modulus, exponent, ...secrets.map(wireInteger)],
      };
    }
  }
}
