import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createRequire } from 'node:module';

/**
 * AES-GCM of one direction of SSH between two key exchanges (RFC 5647, `aes*-gcm@openssh.com`): a packet is 4 bytes
 * of length, which are authenticated but not encrypted, the encrypted bytes, and a tag of 16 bytes.
 */
export interface PacketGcm {
  /** Encrypts the packet at `start` to `end` of `memory` in place and writes its tag into the last 16 bytes. */
  seal(memory: Uint8Array, start: number, end: number): void;
  /** Decrypts the packet in place. False: it is not what the other side has sent. */
  open(memory: Uint8Array, start: number, end: number): boolean;
}

interface NativeModule {
  readonly PacketGcm: new (key: Uint8Array, iv: Uint8Array) => PacketGcm;
}

const lengthBytes = 4;
export const tagBytes = 16;

/** Lies beside the bundle when the app was built on a computer with Rust (`electron/native/gcm`). */
const native = loadNative();

/** `key`: 16 or 32 bytes; `iv`: 12 bytes, for the first packet. */
export function makePacketGcm(key: Uint8Array, iv: Uint8Array): PacketGcm {
  return native === null ? new NodePacketGcm(key, iv) : new native.PacketGcm(key, iv);
}

function loadNative(): NativeModule | null {
  try {
    return createRequire(import.meta.url)(
      `./nuvem-gcm.${process.platform}-${process.arch}.node`,
    ) as NativeModule;
  } catch {
    // Not built, or not for this platform: Node's crypto does the same, slower.
    return null;
  }
}

/** The same by Node's crypto, which allocates memory for every packet. */
export class NodePacketGcm implements PacketGcm {
  readonly #iv: Buffer;
  readonly #algorithm: 'aes-128-gcm' | 'aes-256-gcm';

  constructor(
    private readonly key: Uint8Array,
    iv: Uint8Array,
  ) {
    this.#iv = Buffer.from(iv);
    this.#algorithm = key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
  }

  seal(memory: Uint8Array, start: number, end: number): void {
    const bodyStart = start + lengthBytes;
    const bodyEnd = end - tagBytes;
    const cipher = createCipheriv(this.#algorithm, this.key, this.#iv);
    cipher.setAAD(memory.subarray(start, bodyStart));
    memory.set(cipher.update(memory.subarray(bodyStart, bodyEnd)), bodyStart);
    cipher.final();
    memory.set(cipher.getAuthTag(), bodyEnd);
    this.#advance();
  }

  open(memory: Uint8Array, start: number, end: number): boolean {
    const bodyStart = start + lengthBytes;
    const bodyEnd = end - tagBytes;
    const decipher = createDecipheriv(this.#algorithm, this.key, this.#iv);
    decipher.setAAD(memory.subarray(start, bodyStart));
    decipher.setAuthTag(memory.subarray(bodyEnd, end));
    const opened = decipher.update(memory.subarray(bodyStart, bodyEnd));
    this.#advance();
    try {
      decipher.final();
    } catch {
      return false;
    }
    memory.set(opened, bodyStart);
    return true;
  }

  /** RFC 5647, 7.1: the last 8 bytes count the packets. */
  #advance(): void {
    for (let index = 11; index >= 4; index -= 1) {
      const next = ((this.#iv[index] as number) + 1) & 0xff;
      this.#iv[index] = next;
      if (next !== 0) return;
    }
  }
}
