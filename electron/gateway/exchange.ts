import { type Agent, type IncomingMessage, type ServerResponse, request as startRequest } from 'node:http';
import { endToEndHeaders, type RawHeaders } from './forwarded-headers';

const headerBytesAtMost = 64 * 1024;

export interface ForwardedRequest {
  readonly method: string;
  /** Origin form: path and query, exactly as the page wrote it. */
  readonly path: string;
  readonly headers: RawHeaders;
  readonly agent: Agent;
}

/**
 * Sends one request on and copies its answer back, both with back-pressure. Resolves when the answer is
 * complete or the client has left; rejects when the far side failed before its answer began. Failing later,
 * it breaks the client's connection off, so that a cut body is not taken for a whole one.
 */
export function exchange(
  incoming: IncomingMessage,
  answer: ServerResponse,
  forwarded: ForwardedRequest,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = startRequest({
      agent: forwarded.agent,
      method: forwarded.method,
      path: forwarded.path,
      headers: [...forwarded.headers, ...framingOf(incoming)],
      setHost: false,
      maxHeaderSize: headerBytesAtMost,
    });
    const onClientLeft = (): void => {
      outgoing.destroy();
      resolve();
    };
    const stop = (): void => {
      answer.off('close', onClientLeft);
      incoming.unpipe(outgoing);
    };
    answer.once('close', onClientLeft);
    outgoing.once('response', (response) => {
      if (answer.headersSent) return onClientLeft();
      response.once('end', () => {
        stop();
        resolve();
      });
      const fail = (error: Error): void => {
        stop();
        if (answer.headersSent) {
          answer.destroy();
          resolve();
        } else {
          outgoing.destroy();
          reject(error);
        }
      };
      response.once('error', fail);
      try {
        answer.sendDate = false;
        answer.writeHead(
          response.statusCode ?? 502,
          response.statusMessage ?? '',
          endToEndHeaders(response.rawHeaders),
        );
      } catch (error) {
        fail(error as Error);
        return;
      }
      response.pipe(answer);
    });
    outgoing.on('error', (error) => {
      stop();
      if (answer.headersSent) answer.destroy();
      else reject(error);
    });
    if (hasBody(incoming)) incoming.pipe(outgoing);
    else outgoing.end();
  });
}

/** Node's client sends the body of a GET or DELETE without its chunks unless it is told to keep them. */
function framingOf(request: IncomingMessage): RawHeaders {
  return request.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked'];
}

/** RFC 9112, 6.3: a request has a body if it says so. */
export function hasBody(request: Pick<IncomingMessage, 'headers'>): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Safe to send a second time when nobody knows how far the first went (RFC 9110, 9.2.1). */
export function canRepeat(request: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '') && !hasBody(request);
}
