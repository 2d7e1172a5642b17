import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { readWireStrings, wireString } from '../../../electron/keys/ssh-wire';
import { makeTempFolder } from './temp-folder';

const keyType = 'sk-ssh-ed25519@openssh.com';
const application = 'ssh:';

/**
 * An SSH agent with a FIDO key that is made in software, as no hardware is here: the wire and the signature are
 * those of a real one (PROTOCOL.u2f of OpenSSH), so that a real server can check them.
 */
export async function startSoftSkAgent(): Promise<{
  readonly socketPath: string;
  readonly publicKey: string;
  stop(): Promise<void>;
}> {
  const folder = await makeTempFolder('sk-agent');
  const socketPath = join(folder.path, 'agent.sock');
  const pair = generateKeyPairSync('ed25519');
  const point = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const blob = Buffer.concat([wireString(keyType), wireString(point), wireString(application)]);
  let counter = 0;

  const signatureOf = (message: Buffer): Buffer => {
    counter += 1;
    const presenceAndCounter = Buffer.alloc(5);
    presenceAndCounter.writeUInt8(1);
    presenceAndCounter.writeUInt32BE(counter, 1);
    const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
    const signed = Buffer.concat([sha256(application), presenceAndCounter, sha256(message)]);
    const signature = sign(null, signed, pair.privateKey);
    return Buffer.concat([wireString(keyType), wireString(signature), presenceAndCounter]);
  };
  const answerTo = (request: Buffer): Buffer => {
    if (request[0] === 11) {
      return Buffer.concat([Buffer.from([12, 0, 0, 0, 1]), wireString(blob), wireString('soft key')]);
    }
    const [, message] = readWireStrings(request.subarray(1), 2)?.fields ?? [];
    return message === undefined
      ? Buffer.from([5])
      : Buffer.concat([Buffer.from([14]), wireString(signatureOf(message))]);
  };

  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readUInt32BE(0)) return;
      socket.write(wireString(answerTo(received.subarray(4))));
      received = Buffer.alloc(0);
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    socketPath,
    publicKey: `${keyType} ${blob.toString('base64')}`,
    stop: async () => {
      await new Promise((resolve) => server.close(resolve));
      await folder.remove();
    },
  };
}
