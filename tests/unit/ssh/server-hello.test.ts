import { describe, expect, it } from 'vitest';
import { ServerHello } from '../../../electron/ssh/server-hello';

const list = (names: string) => {
  const bytes = Buffer.from(names);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
/** A KEXINIT as a server sends it (RFC 4253, 7.1), in its packet. */
function kexInit(kex: string, hostKey: string, cipher: string, mac: string): Buffer {
  const lists = [kex, hostKey, cipher, cipher, mac, mac, 'none', 'none', '', ''].map(list);
  const payload = Buffer.concat([Buffer.from([20]), Buffer.alloc(16, 9), ...lists, Buffer.alloc(5)]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(1 + payload.length + 4, 0);
  head.writeUInt8(4, 4);
  return Buffer.concat([head, payload, Buffer.alloc(4)]);
}
const greeting = Buffer.concat([
  Buffer.from('Welcome\r\nto the lab\r\nSSH-2.0-OpenSSH_9.2p1 Debian\r\n'),
  kexInit('curve25519-sha256,ext-info-s', 'ssh-ed25519', 'aes128-ctr,aes256-ctr', 'hmac-sha2-256'),
]);

describe('what a server says first', () => {
  it.each([1, 2, 7, 1000])('is understood in chunks of %i bytes', (size) => {
    const hello = new ServerHello();
    for (let at = 0; at < greeting.length; at += size) hello.read(greeting.subarray(at, at + size));
    expect(hello.version).toBe('OpenSSH_9.2p1 Debian');
    expect(hello.offer).toEqual({
      ...{ kex: ['curve25519-sha256', 'ext-info-s'], serverHostKey: ['ssh-ed25519'] },
      ...{ cipher: ['aes128-ctr', 'aes256-ctr'], mac: ['hmac-sha2-256'] },
    });
  });

  it('has control characters taken out of its version', () => {
    const hello = new ServerHello();
    hello.read(Buffer.from('SSH-2.0-evil\u001b[31m\n'));
    expect(hello.version).toBe('evil?[31m');
  });

  it('that is not SSH is kept by its first line only', () => {
    const hello = new ServerHello();
    hello.read(Buffer.from('HTTP/1.1 400 Bad'));
    hello.read(Buffer.from(' Request\r\nServer: x\r\n'));
    expect(hello.version).toBeNull();
    expect(hello.firstLine).toMatch(/^HTTP\/1\.1 400/);
  });

  it('is not remembered without end', () => {
    const hello = new ServerHello();
    for (let megabytes = 0; megabytes < 20; megabytes += 1) hello.read(Buffer.alloc(1_000_000, 65));
    hello.read(Buffer.from('\nSSH-2.0-late\r\n'));
    expect(hello.version).toBeNull();
  });
});
