import { describe, expect, it } from 'vitest';
import { parseKnownHosts } from '../../../electron/trust/known-hosts';
import { fingerprintOf } from '../../../electron/trust/public-key';
import { judge, knownKeyTypesOf } from '../../../electron/trust/verdict';

function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
const ed25519 = (seed: number) => Buffer.concat([field('ssh-ed25519'), field(Buffer.alloc(32, seed))]);
const rsa = (seed: number) =>
  Buffer.concat([field('ssh-rsa'), field(Buffer.from([1, 0, 1])), field(Buffer.alloc(256, seed))]);
const dss = (seed: number) => Buffer.concat([field('ssh-dss'), field(Buffer.alloc(128, seed))]);
const line = (hosts: string, key: Buffer, marker = '') =>
  `${marker}${hosts} ${key.subarray(4, 4 + key.readUInt32BE(0))} ${key.toString('base64')}`;

const negotiable = ['ssh-ed25519', 'ssh-rsa'];
const verdict = (lines: string[], host: string, port: number, key: Buffer) =>
  judge(parseKnownHosts(lines.join('\n'), '/kh'), host, port, key, negotiable);

describe('the verdict on an offered host key', () => {
  it('trusts the known key and says where it stands', () => {
    expect(verdict(['# mine', line('lab', ed25519(1))], 'LAB', 22, ed25519(1))).toEqual({
      kind: 'trusted',
      file: '/kh',
      line: 2,
    });
  });

  it('asks about a host that is not there, or there under another port', () => {
    expect(verdict([line('other', ed25519(1))], 'lab', 22, ed25519(1))).toEqual({ kind: 'unknown' });
    expect(verdict([line('[lab]:2222', ed25519(1))], 'lab', 2223, ed25519(1))).toEqual({ kind: 'unknown' });
  });

  it('refuses another key of the known type, with the line and the old fingerprint', () => {
    expect(verdict([line('lab', rsa(1)), line('lab', ed25519(1))], 'lab', 22, ed25519(2))).toEqual({
      kind: 'changed',
      file: '/kh',
      line: 2,
      oldKeyType: 'ssh-ed25519',
      oldFingerprint: fingerprintOf(ed25519(1)),
    });
  });

  it('refuses a key of another type when the known one could have been offered', () => {
    expect(verdict([line('lab', rsa(1))], 'lab', 22, ed25519(2))).toMatchObject({
      kind: 'changed',
      oldKeyType: 'ssh-rsa',
    });
  });

  it('asks when the only known key is of a type that is not spoken any more', () => {
    expect(verdict([line('lab', dss(1))], 'lab', 22, ed25519(2))).toEqual({ kind: 'unknown' });
  });

  it('trusts any of several known keys', () => {
    const lines = [line('lab', ed25519(1)), line('lab', ed25519(2))];
    expect(verdict(lines, 'lab', 22, ed25519(2))).toMatchObject({ kind: 'trusted', line: 2 });
  });

  it('refuses a revoked key even where another line trusts it', () => {
    const lines = [line('lab', ed25519(1)), line('*', ed25519(1), '@revoked ')];
    expect(verdict(lines, 'lab', 22, ed25519(1))).toEqual({ kind: 'revoked', file: '/kh', line: 2 });
  });

  it('a revoked key says nothing about another key', () => {
    expect(verdict([line('*', ed25519(1), '@revoked ')], 'lab', 22, ed25519(2))).toEqual({ kind: 'unknown' });
  });

  it('does not take the key of a certificate authority for the host’s own', () => {
    expect(verdict([line('*', ed25519(1), '@cert-authority ')], 'lab', 22, ed25519(1))).toEqual({
      kind: 'unknown',
    });
  });

  it('trusts on another port exactly the key that the host has on port 22', () => {
    const lines = [line('lab', ed25519(1))];
    expect(verdict(lines, 'lab', 2222, ed25519(1))).toMatchObject({ kind: 'trusted' });
    expect(verdict(lines, 'lab', 2222, ed25519(2))).toEqual({ kind: 'unknown' });
    expect(verdict([...lines, line('lab', ed25519(1), '@revoked ')], 'lab', 2222, ed25519(1))).toEqual({
      kind: 'unknown',
    });
  });
});

describe('the types of key to ask a known host for', () => {
  it('are those of its own plain lines, each once', () => {
    const lines = [
      ...[line('lab', rsa(1)), line('*', rsa(2)), line('lab', ed25519(1)), line('other', dss(1))],
      ...[line('lab', dss(1), '@revoked '), line('lab', dss(1), '@cert-authority ')],
    ];
    expect(knownKeyTypesOf(parseKnownHosts(lines.join('\n'), '/kh'), 'lab', 22)).toEqual([
      'ssh-rsa',
      'ssh-ed25519',
    ]);
  });
});
