import { request as startRequest } from 'node:http';
import { AppError } from '../../shared/errors/app-error';
import type { Transport } from '../connection/transport';
import { openTarget } from '../gateway/open-target';
import type { RunningJupyter } from './runtime-file';

const answerMs = 10_000;
const answerBytesAtMost = 1024 * 1024;

export interface RestAnswer {
  readonly status: number;
  readonly body: string;
  /** When the server answered, by its own clock, to the second; null when it does not tell. */
  readonly serverTimeMs: number | null;
  /** Where it leads on to; null: nowhere. */
  readonly location: string | null;
}

export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the server's base URL, without a slash in front. */
  readonly path: string;
  /** Sent along. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** How long the answer may take. Default: 10 000. */
  readonly timeoutMs?: number;
}

/**
 * Asks a Jupyter server one thing over a channel of its own.
 * @throws AppError `channel-refused` or `forwarding-refused` when nobody answers at its address,
 *   `remote-command-failed` when the answer is none, or why the connection failed
 */
export async function askJupyter(
  transport: Transport,
  server: RunningJupyter,
  { method, path, json, timeoutMs = answerMs }: RestRequest,
): Promise<RestAnswer> {
  const channel = await openTarget(transport, server.target);
  try {
    return await new Promise<RestAnswer>((resolve, reject) => {
      const request = startRequest({
        createConnection: () => channel,
        method,
        path: `${server.baseUrl}${path}`,
        headers: {
          Host: server.session?.host ?? 'localhost',
          Connection: 'close',
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...passOf(server),
        },
        signal: AbortSignal.timeout(timeoutMs),
      });
      request.once('error', reject);
      request.once('response', (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          if (body.length < answerBytesAtMost) body += text;
        });
        response.once('error', reject);
        response.once('end', () => {
          const timeMs = Date.parse(response.headers.date ?? '');
          resolve({
            status: response.statusCode ?? 0,
            body,
            serverTimeMs: Number.isNaN(timeMs) ? null : timeMs,
            location: response.headers.location ?? null,
          });
        });
      });
      request.end(json === undefined ? undefined : JSON.stringify(json));
    });
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('remote-command-failed', {}, { cause: error });
  } finally {
    channel.destroy();
  }
}

function passOf(server: RunningJupyter): Readonly<Record<string, string>> {
  const { token, session } = server;
  if (session === undefined) return token === '' ? {} : { Authorization: authorizationOf(server) };
  return { Cookie: `${session.loginCookie}; _xsrf=${session.xsrf}`, 'X-XSRFToken': session.xsrf };
}

/** The header that lets requests in, also those that change something, without XSRF cookie. Secret. */
export const authorizationOf = (server: RunningJupyter): string => `token ${server.token}`;

/** Null: no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
