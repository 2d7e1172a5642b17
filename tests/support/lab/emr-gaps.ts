import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is answered instead of moto, by the call's name (`CancelSteps`); its input comes as EMR has it. */
export type GapAnswers = Readonly<Record<string, (input: Record<string, unknown>) => object>>;

export interface EmrGaps {
  /** An AWS endpoint that answers the calls in the gaps itself and gives all others to moto. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * A double for the calls of EMR that moto 5 does not have (CancelSteps, persistent application UIs), before a real
 * moto. It checks neither signature nor permission.
 */
export async function startEmrGaps(behind: string, answers: GapAnswers): Promise<EmrGaps> {
  const server = createServer(async (asked, reply) => {
    const body = await read(asked);
    const target = String(asked.headers['x-amz-target'] ?? '');
    const answer = answers[target.split('.').at(-1) ?? ''];
    if (answer !== undefined) {
      reply.setHeader('content-type', 'application/x-amz-json-1.1');
      reply.end(JSON.stringify(answer(JSON.parse(body.toString('utf8')) as Record<string, unknown>)));
      return;
    }
    const { method, url, headers } = asked;
    const passed = request(new URL(url ?? '/', behind), { method: method ?? 'GET', headers }, (answered) => {
      reply.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(reply);
    });
    passed.once('error', () => reply.destroy());
    passed.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
