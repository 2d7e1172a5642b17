import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3Front {
  readonly endpoint: string;
  /** Where the buckets are; null: wherever they are looked for. */
  ownRegion: string | null;
  /** How often somebody was sent to that region. */
  readonly redirects: number;
  /** What a wish for an object is answered with; null: with the object. */
  refusal: { readonly name: string; readonly status: number } | null;
  /** Whoever sends something loses their connection. */
  isCut: boolean;
  /** An object breaks off after so many bytes; null: it is whole. */
  cutAfterBytes: number | null;
  /** The parts of objects that were asked for. */
  readonly ranges: readonly string[];
  /** How many parts of uploads came through. */
  readonly sentParts: number;
  /** Lets so many parts of uploads through from now on; the next ones get no answer. */
  allowParts(count: number): void;
  stop(): Promise<void>;
}

/**
 * A double in front of moto for what moto never does: buckets that are in one region only, throttling, expired
 * credentials, archived objects, connections that are cut. All else is moto's own.
 */
export async function startS3Front(behind: string): Promise<S3Front> {
  let allowedParts = Number.POSITIVE_INFINITY;
  const ranges: string[] = [];
  const front = {
    endpoint: '',
    ownRegion: null as string | null,
    redirects: 0,
    refusal: null as S3Front['refusal'],
    isCut: false,
    cutAfterBytes: null as number | null,
    ranges,
    sentParts: 0,
    allowParts: (count: number) => {
      allowedParts = count;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://front');
    const { method, headers } = incoming;
    const isOfObject = url.pathname.split('/').length > 2 && url.pathname.split('/')[2] !== '';
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];
    if (front.ownRegion !== null && region !== undefined && region !== front.ownRegion) {
      front.redirects += 1;
      response.writeHead(301, { 'x-amz-bucket-region': front.ownRegion });
      response.end(method === 'HEAD' ? undefined : errorText('PermanentRedirect'));
    } else if (front.refusal !== null && isOfObject && method === 'GET') {
      response.writeHead(front.refusal.status, { 'content-type': 'application/xml' });
      response.end(errorText(front.refusal.name));
    } else if (front.isCut && method === 'PUT') {
      incoming.socket.destroy();
    } else if (method === 'PUT' && url.searchParams.has('partNumber')) {
      if (allowedParts <= 0) return;
      allowedParts -= 1;
      front.sentParts += 1;
      pass(incoming, response, behind, null, front.ownRegion);
    } else {
      if (isOfObject && method === 'GET') ranges.push(headers.range ?? '');
      const cutAfterBytes = isOfObject && method === 'GET' ? front.cutAfterBytes : null;
      pass(incoming, response, behind, cutAfterBytes, front.ownRegion);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  front.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return front;
}

function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  behind: string,
  cutAfterBytes: number | null,
  region: string | null,
): void {
  const onward = request(
    new URL(incoming.url ?? '/', behind),
    { method: incoming.method ?? 'GET', headers: incoming.headers },
    (answer) => {
      const own = region === null ? {} : { 'x-amz-bucket-region': region };
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...own });
      if (cutAfterBytes === null) {
        answer.pipe(response);
        return;
      }
      let leftBytes = cutAfterBytes;
      answer.on('data', (chunk: Buffer) => {
        if (leftBytes <= 0) return;
        const part = chunk.subarray(0, leftBytes);
        leftBytes -= part.length;
        response.write(part, () => {
          if (leftBytes <= 0) response.destroy();
        });
      });
    },
  );
  onward.on('error', () => response.destroy());
  incoming.pipe(onward);
}

const errorText = (name: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${name}</Code><Message>No.</Message></Error>`;
