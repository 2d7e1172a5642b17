import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { closed, connected, received, startEcho, type TcpPeer } from '../../support/lab/tcp-peer';
import { makeTunnelLab, type TunnelLab, tcpListen } from '../../support/lab/tunnel-lab';

let sshd: LabSshd;
let lab: TunnelLab;
let echo: TcpPeer;
beforeEach(async () => {
  [sshd, echo] = await Promise.all([startSshd(), startEcho()]);
  lab = await makeTunnelLab(sshd);
});
afterEach(async () => {
  await lab.close();
  await echo.stop();
  await sshd.stop();
});

const target = () => ({ kind: 'tcp', host: '127.0.0.1', port: echo.port }) as const;

/** Resolves with what curl, run by another user of this computer, ends with; 7: it could not connect. */
function curlAsAnotherUser(...args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const options = { uid: 65_534, gid: 65_534, env: { PATH: '/usr/bin:/bin' }, cwd: '/' };
    execFile('curl', ['-sS', '-m', '5', ...args], options, (error) =>
      resolve(error === null ? 0 : Number(error.code)),
    );
  });
}

describe.skipIf(userInfo().uid !== 0)('another user of this computer (needs root, to become one)', () => {
  it('can not use a tunnel that listens on a unix socket, however open the folder is', async () => {
    const path = join(sshd.folder, 'own');
    await chmod(sshd.folder, 0o777);
    await lab.open({ kind: 'local', listen: { kind: 'unixSocket', path }, target: target() });
    expect(await curlAsAnotherUser('--unix-socket', path, 'http://localhost/')).toBe(7);
    const socket = await connected({ path });
    socket.end('mine');
    expect((await received(socket)).toString()).toBe('mine');
  });
});

describe('a port of a tunnel', () => {
  it('passes on whatever bytes come, in whatever pieces, and no others', async () => {
    const listen = await tcpListen();
    await lab.open({ kind: 'local', listen, target: target() });
    const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 70_000, size: 'max' }), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(pieces, async (chunks) => {
        const socket = await connected(listen);
        const back = received(socket);
        for (const chunk of chunks) socket.write(chunk);
        socket.end();
        expect((await back).equals(Buffer.concat(chunks))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('bears clients that break off at any moment', async () => {
    const listen = await tcpListen();
    const tunnel = await lab.open({ kind: 'local', listen, target: target() });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 30 }), fc.nat({ max: 100_000 }), async (waitMs, size) => {
        const socket = await connected(listen);
        const over = closed(socket);
        if (size > 0) socket.write(Buffer.alloc(size));
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        socket.resetAndDestroy();
        await over;
      }),
      { numRuns: 80 },
    );
    await lab.measured(
      tunnel,
      ({ openConnections, waitingConnections }) => openConnections + waitingConnections === 0,
    );
    expect(lab.state(tunnel)).toMatchObject({ kind: 'active' });
  });
});
