import { connect } from 'node:net';

const largestAnswerBytes = 256 * 1024;

/**
 * Sends one request to the agent that listens on a unix socket or named pipe, and resolves with its answer. Each
 * request has a connection of its own: an agent that waits for its user then holds up nobody else.
 * @throws the errors of the socket, ETIMEDOUT after `timeoutMs`, EPROTO for what is no answer
 */
export function askAgent(socketPath: string, request: Buffer, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const settle = (outcome: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      outcome();
    };
    const fail = (code: string) =>
      settle(() => reject(Object.assign(new Error(`SSH agent: ${code}`), { code })));
    const timer = setTimeout(() => fail('ETIMEDOUT'), timeoutMs);
    socket.on('error', (error) => settle(() => reject(error)));
    socket.on('end', () => fail('EPROTO'));
    socket.on('connect', () => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(request.length);
      socket.write(Buffer.concat([length, request]));
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes < 4) return;
      const answer = Buffer.concat(chunks);
      const expectedBytes = answer.readUInt32BE(0);
      if (expectedBytes > largestAnswerBytes) fail('EPROTO');
      else if (sizeBytes >= 4 + expectedBytes) settle(() => resolve(answer.subarray(4, 4 + expectedBytes)));
    });
  });
}
