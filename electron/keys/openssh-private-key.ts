import { randomBytes } from 'node:crypto';
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

/** A key pair without passphrase and comment as OpenSSH writes it. Format: PROTOCOL.key of OpenSSH. */
export function openSshPrivateKey(numbers: KeyNumbers): string {
  const { publicFields, privateFields } = fieldsOf(numbers);
  const check = randomBytes(4);
  const secret = Buffer.concat([check, check, ...privateFields, wireString('')]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1));
  const data = Buffer.concat([
    ...[Buffer.from('openssh-key-v1\0'), wireString('none'), wireString('none'), wireString('')],
    ...[Buffer.from([0, 0, 0, 1]), wireString(Buffer.concat(publicFields))],
    wireString(Buffer.concat([secret, padding])),
  ]);
  const label = 'OPENSSH PRIVATE KEY';
  return `-----BEGIN ${label}-----\n${data.toString('base64')}\n-----END ${label}-----\n`;
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
