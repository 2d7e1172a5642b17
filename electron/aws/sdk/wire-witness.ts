import type { HttpHandlerOptions, HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { WireFacts } from '../classify-aws-error';

/** A service that says nothing for so long is taken for unreachable. */
const connectionTimeoutMs = 10_000;
const requestTimeoutMs = 60_000;
/** Nor does one that takes nothing and gives nothing for so long, in the middle of a file. */
const socketTimeoutMs = 60_000;

/**
 * Sends requests and remembers how the last one went: the library's credential providers tell of failures in
 * sentences only.
 */
export class WireWitness extends NodeHttpHandler {
  last: WireFacts = { host: '', status: null, failure: '', dateMs: null };

  constructor() {
    super({
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      socketTimeout: socketTimeoutMs,
    });
  }

  override async handle(
    request: HttpRequest,
    options?: HttpHandlerOptions,
  ): Promise<{ response: HttpResponse }> {
    const host = request.port === undefined ? request.hostname : `${request.hostname}:${request.port}`;
    try {
      const answer = await super.handle(request, options);
      const { statusCode, headers } = answer.response;
      const date = Date.parse(headers.date ?? '');
      this.last = { host, status: statusCode, failure: '', dateMs: Number.isNaN(date) ? null : date };
      return answer;
    } catch (error) {
      const { code, name } = error as NodeJS.ErrnoException;
      this.last = { host, status: null, failure: code ?? name, dateMs: null };
      throw error;
    }
  }
}
