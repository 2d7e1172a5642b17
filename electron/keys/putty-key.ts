import {
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  timingSafeEqual,
} from 'node:crypto';
import { argon2dAsync, argon2iAsync, argon2idAsync } from '@noble/hashes/argon2';
import type { KeyNumbers } from './openssh-private-key';
import { type PuttyKeyFile, puttyCipherBlockBytes } from './putty-key-file';
import { readWireStrings, wireString } from './ssh-wire';

const derivations = { Argon2id: argon2idAsync, Argon2i: argon2iAsync, Argon2d: argon2dAsync } as const;

/**
 * Opens a PPK that `puttyFormat` calls supported and checks its MAC, which covers the comment too. A MAC that does
 * not fit means damage if the private half still belongs to the public one, else a wrong passphrase.
 */
export async function openPuttyKey(
  key: PuttyKeyFile,
  passphrase: string | null,
): Promise<KeyNumbers | 'wrongPassphrase' | 'damaged'> {
  const isEncrypted = key.encryption !== 'none';
  const secrets = await deriveSecrets(key, isEncrypted ? (passphrase ?? '') : null);
  const plain = isEncrypted ? decrypt(key.privateBlob, secrets) : key.privateBlob;
  const macInput = Buffer.concat(
    [key.keyType, key.encryption, key.comment, key.publicBlob, plain].map(wireString),
  );
  const mac = createHmac(key.version === 3 ? 'sha256' : 'sha1', secrets.macKey)
    .update(macInput)
    .digest();
  const isMacRight = mac.length === key.mac.length && timingSafeEqual(mac, key.mac);
  const numbers = numbersOf(key, plain);
  if (isMacRight && numbers !== null) return numbers;
  const isRightPassphrase = numbers !== null && belongTogether(numbers);
  return isEncrypted && !isMacRight && !isRightPassphrase ? 'wrongPassphrase' : 'damaged';
}

interface Secrets {
  readonly cipherKey: Buffer;
  readonly iv: Buffer;
  readonly macKey: Buffer;
}

async function deriveSecrets({ version, argon2 }: PuttyKeyFile, passphrase: string | null): Promise<Secrets> {
  if (version === 2) {
    const digest = (prefix: Uint8Array) =>
      createHash('sha1')
        .update(prefix)
        .update(passphrase ?? '')
        .digest();
    return {
      cipherKey: Buffer.concat([
        digest(Buffer.from([0, 0, 0, 0])),
        digest(Buffer.from([0, 0, 0, 1])),
      ]).subarray(0, 32),
      iv: Buffer.alloc(puttyCipherBlockBytes),
      macKey: digest(Buffer.from('putty-private-key-file-mac-key')),
    };
  }
  if (passphrase === null || argon2 === null)
    return { cipherKey: Buffer.alloc(0), iv: Buffer.alloc(0), macKey: Buffer.alloc(0) };
  const { flavour, memoryKib: m, passes: t, lanes: p, salt } = argon2;
  const bytes = Buffer.from(
    await derivations[flavour](Buffer.from(passphrase), salt, { t, m, p, dkLen: 80 }),
  );
  return { cipherKey: bytes.subarray(0, 32), iv: bytes.subarray(32, 48), macKey: bytes.subarray(48) };
}

function decrypt(data: Buffer, { cipherKey, iv }: Secrets): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

const ed25519Bytes = 32;

function numbersOf({ keyType, publicBlob }: PuttyKeyFile, plain: Buffer): KeyNumbers | null {
  const isRsa = keyType === 'ssh-rsa';
  const isEd25519 = keyType === 'ssh-ed25519';
  const outer = readWireStrings(publicBlob, isEd25519 ? 2 : 3)?.fields;
  const inner = readWireStrings(plain, isRsa ? 4 : 1)?.fields;
  if (outer === undefined || inner === undefined || outer[0]?.toString('latin1') !== keyType) return null;
  const [, first = plain, second = plain] = outer;
  const [secret = plain, prime1 = plain, prime2 = plain, coefficient = plain] = inner;
  if (isRsa) {
    return {
      kind: 'rsa',
      ...{ modulus: second, exponent: first, privateExponent: secret, coefficient, prime1, prime2 },
    };
  }
  if (isEd25519) {
    if (first.length !== ed25519Bytes || secret.length > ed25519Bytes) return null;
    // Older PuTTYs leave out trailing zeros, because it is a little-endian number to them.
    const seed = Buffer.concat([secret, Buffer.alloc(ed25519Bytes - secret.length)]);
    return { kind: 'ed25519', publicKey: first, seed };
  }
  const curve = first.toString('latin1');
  return keyType === `ecdsa-sha2-${curve}` ? { kind: 'ecdsa', curve, point: second, scalar: secret } : null;
}

const ecdhNames: Readonly<Record<string, string>> = {
  nistp256: 'prime256v1',
  nistp384: 'secp384r1',
  nistp521: 'secp521r1',
};

/** Whether the private numbers make the public ones. */
function belongTogether(numbers: KeyNumbers): boolean {
  switch (numbers.kind) {
    case 'rsa':
      return integer(numbers.prime1) * integer(numbers.prime2) === integer(numbers.modulus);
    case 'ecdsa': {
      const ecdh = createECDH(ecdhNames[numbers.curve] ?? '');
      try {
        ecdh.setPrivateKey(numbers.scalar);
      } catch {
        // No number of this curve: garbage.
        return false;
      }
      return ecdh.getPublicKey().equals(numbers.point);
    }
    case 'ed25519':
      return ed25519PublicKey(numbers.seed).equals(numbers.publicKey);
  }
}

const integer = (bytes: Buffer): bigint => BigInt(`0x0${bytes.toString('hex')}`);

/** PKCS #8 of an ed25519 seed is this and the seed (RFC 8410). */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

function ed25519PublicKey(seed: Buffer): Buffer {
  const key = createPrivateKey({
    key: Buffer.concat([ed25519Prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  return Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url');
}
