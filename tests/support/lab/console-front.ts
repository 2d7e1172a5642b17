import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ConsoleFront {
  readonly endpoint: string;
  /** What every instance has printed; null: nobody may read it. */
  text: string | null;
  /** How often somebody wanted to read it. */
  readonly reads: number;
  stop(): Promise<void>;
}

/** A double in front of moto for the console output of instances, which is the same text for all in moto. */
export async function startConsoleFront(behind: string): Promise<ConsoleFront> {
  let text: string | null = '';
  let reads = 0;
  const server = createServer(async (incoming, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    if (!body.includes('Action=GetConsoleOutput')) {
      const { host: _, 'content-length': __, connection: ___, ...headers } = incoming.headers;
      const answer = await fetch(new URL(incoming.url ?? '/', behind), {
        method: incoming.method ?? 'POST',
        headers: headers as Record<string, string>,
        ...(body.length > 0 ? { body } : {}),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' });
      response.end(Buffer.from(await answer.arrayBuffer()));
      return;
    }
    reads += 1;
    response.writeHead(text === null ? 403 : 200, { 'content-type': 'text/xml' });
    response.end(
      text === null
        ? '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>'
        : `<GetConsoleOutputResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><output>${Buffer.from(text).toString('base64')}</output></GetConsoleOutputResponse>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get text() {
      return text;
    },
    set text(next) {
      text = next;
    },
    get reads() {
      return reads;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
