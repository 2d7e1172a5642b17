import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GcmDecipher } from '../../../electron/ssh/gcm-decipher';
import { NodePacketGcm } from '../../../electron/ssh/packet-gcm';

const key = randomBytes(16);
/** The counter's low bytes are about to carry over. */
const iv = Buffer.from('000102030000000000fffffe', 'hex');

function ivOf(packet: number): Buffer {
  const counted = Buffer.from(iv);
  counted.writeBigUInt64BE(iv.readBigUInt64BE(4) + BigInt(packet), 4);
  return counted;
}

/** A packet as RFC 5647 says, made without the code under test. */
function packetOf(payload: Buffer, index: number): Buffer {
  const rest = 16 - ((payload.length + 1) % 16);
  const padding = rest < 4 ? rest + 16 : rest;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(1 + payload.length + padding);
  const cipher = createCipheriv('aes-128-gcm', key, ivOf(index)).setAAD(length);
  const body = Buffer.concat([
    cipher.update(Buffer.concat([Buffer.from([padding]), payload, randomBytes(padding)])),
    cipher.final(),
  ]);
  return Buffer.concat([length, body, cipher.getAuthTag()]);
}

describe('sealing a packet', () => {
  it('gives what anybody with the key can open, packet after packet, over the carry of the counter', () => {
    const gcm = new NodePacketGcm(key, iv);
    for (let index = 0; index < 4; index += 1) {
      const plain = Buffer.concat([Buffer.from([0, 0, 0, 32]), randomBytes(32), Buffer.alloc(16)]);
      const packet = Buffer.from(plain);
      gcm.seal(packet, 0, packet.length);
      const decipher = createDecipheriv('aes-128-gcm', key, ivOf(index)).setAAD(packet.subarray(0, 4));
      decipher.setAuthTag(packet.subarray(36));
      const opened = Buffer.concat([decipher.update(packet.subarray(4, 36)), decipher.final()]);
      expect(opened).toEqual(plain.subarray(4, 36));
    }
  });
});

describe('the bytes of a server', () => {
  const received = (payloads: Buffer[]) =>
    new GcmDecipher(0, new NodePacketGcm(key, iv), (payload) => {
      payloads.push(Buffer.from(payload));
      return undefined;
    });

  it('come out as they were sent, however the network cuts them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 12 }),
        (sent, cuts) => {
          const payloads: Buffer[] = [];
          const decipher = received(payloads);
          const wire = Buffer.concat(sent.map((payload, index) => packetOf(Buffer.from(payload), index)));
          for (let at = 0, turn = 0; at < wire.length; turn += 1) {
            const end = Math.min(wire.length, at + (cuts[turn % cuts.length] ?? 1));
            decipher.decrypt(Buffer.from(wire.subarray(at, end)), 0, end - at);
            at = end;
          }
          expect(payloads).toEqual(sent.map((payload) => Buffer.from(payload)));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are taken one whole packet at a time where they lie, and the rest is left', () => {
    const payloads: Buffer[] = [];
    const decipher = received(payloads);
    const first = packetOf(Buffer.from('first'), 0);
    const wire = Buffer.concat([first, packetOf(Buffer.from('second'), 1).subarray(0, 10)]);
    expect(decipher.takeOne(wire, 0, wire.length)).toBe(first.length);
    expect(decipher.takeOne(wire, first.length, wire.length)).toBe(first.length);
    expect(payloads).toEqual([Buffer.from('first')]);
  });

  it('are refused when one bit of them was changed', () => {
    const packet = packetOf(Buffer.from('payload'), 0);
    packet[9] = (packet[9] as number) ^ 1;
    expect(() => received([]).decrypt(packet, 0, packet.length)).toThrow('Invalid MAC');
  });

  it('are refused when they announce a packet that no server sends', () => {
    const packet = Buffer.alloc(64, 0xff);
    expect(() => received([]).decrypt(packet, 0, packet.length)).toThrow('Bad packet length');
  });
});
