import { readWireStrings, wireString } from './ssh-wire';

/** Messages of the SSH agent protocol (draft-ietf-sshm-ssh-agent), without their length. */
const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;

/** What an agent says of one of its keys. `publicKey` may be a certificate. */
export interface ListedKey {
  readonly publicKey: Buffer;
  readonly comment: string;
}

/** Signature algorithms that must be asked for, since the key alone does not tell (RFC 8332). */
const signFlags: Readonly<Record<string, number>> = { 'rsa-sha2-256': 2, 'rsa-sha2-512': 4 };

export const listRequest: Buffer = Buffer.from([requestIdentities]);

/** Null when `answer` is no list. */
export function readList(answer: Buffer): readonly ListedKey[] | null {
  if (answer[0] !== identitiesAnswer || answer.length < 5) return null;
  const count = answer.readUInt32BE(1);
  const read = count > answer.length ? null : readWireStrings(answer.subarray(5), count * 2);
  if (read === null) return null;
  const keys: ListedKey[] = [];
  for (let index = 0; index < read.fields.length; index += 2) {
    const [publicKey, comment] = read.fields.slice(index, index + 2);
    if (publicKey && comment) keys.push({ publicKey, comment: comment.toString('utf8') });
  }
  return keys;
}

/** Asks for a signature of `data` by the key, of an SSH signature algorithm such as `rsa-sha2-512`. */
export function signingRequest(publicKey: Buffer, data: Buffer, algorithm: string): Buffer {
  const flags = Buffer.alloc(4);
  flags.writeUInt32BE(signFlags[algorithm] ?? 0);
  return Buffer.concat([Buffer.from([signRequest]), wireString(publicKey), wireString(data), flags]);
}

/** The signature as it goes over the wire, its algorithm included; null when the agent gave none. */
export function readSignature(answer: Buffer): Buffer | null {
  return answer[0] === signResponse ? (readWireStrings(answer.subarray(1), 1)?.fields[0] ?? null) : null;
}
