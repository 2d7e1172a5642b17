import { request as startRequest } from 'node:http';
import { AppError } from '../../shared/errors/app-error';
import type { Transport } from '../connection/transport';
import { openTarget } from '../gateway/open-target';
import { JupyterRestClient } from './rest-client';
import type { JupyterSession, RunningJupyter } from './runtime-file';

const answerMs = 15_000;

interface FormAnswer {
  readonly status: number;
  readonly setCookies: readonly string[];
}

/**
 * Proves a secret to the server: as its token, then as the password of its login page. Resolves with the server and
 * what lets one in from now on; null: the server takes it as neither.
 * @param host the name by which pages ask for the server: Jupyter binds the cookie of a login to it
 * @throws AppError as `JupyterRestClient` does
 */
export async function signInTo(
  transport: Transport,
  running: RunningJupyter,
  secret: string,
  host: string,
): Promise<RunningJupyter | null> {
  const byToken = { ...running, token: secret };
  const mayBeToken = /^[\x21-\x7e]+$/.test(secret);
  if (mayBeToken && (await isOpen(transport, byToken))) return byToken;
  const session = await logIn(transport, running, secret, host);
  if (session === null) return null;
  const byPassword = { ...running, session };
  return (await isOpen(transport, byPassword)) ? byPassword : null;
}

const isOpen = (transport: Transport, running: RunningJupyter): Promise<boolean> =>
  new JupyterRestClient(transport, running).isOpenToUs();

/** Fills in the login page (jupyter_server/auth/login.py, notebook/auth/login.py). Null: it does not let us in. */
async function logIn(
  transport: Transport,
  running: RunningJupyter,
  password: string,
  host: string,
): Promise<JupyterSession | null> {
  const page = await askForm(transport, running, { method: 'GET', headers: { Host: host }, body: '' });
  const xsrf = cookieNamed(page.setCookies, /^_xsrf$/);
  if (page.status !== 200 || xsrf === null) return null;
  const body = new URLSearchParams({ _xsrf: xsrf.value, password }).toString();
  const headers = {
    Host: host,
    Cookie: `_xsrf=${xsrf.value}`,
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  const answer = await askForm(transport, running, { method: 'POST', headers, body });
  const login = cookieNamed(answer.setCookies, /^(?!_xsrf$)/);
  if (answer.status !== 302 || login === null) return null;
  return { host, loginCookie: `${login.name}=${login.value}`, xsrf: xsrf.value };
}

/** The last cookie of such a name that is set and not taken away (RFC 6265, 4.1). */
function cookieNamed(
  setCookies: readonly string[],
  name: RegExp,
): { readonly name: string; readonly value: string } | null {
  const set = setCookies.flatMap((line) => {
    const match = /^([^=;\s]+)=([^;]*)/.exec(line);
    const found = match?.[1] ?? '';
    const value = match?.[2] ?? '';
    return name.test(found) && value.replaceAll('"', '') !== '' ? [{ name: found, value }] : [];
  });
  return set.at(-1) ?? null;
}

async function askForm(
  transport: Transport,
  { target, baseUrl }: RunningJupyter,
  asked: {
    readonly method: 'GET' | 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
): Promise<FormAnswer> {
  const channel = await openTarget(transport, target);
  try {
    return await new Promise<FormAnswer>((resolve, reject) => {
      const request = startRequest({
        createConnection: () => channel,
        method: asked.method,
        path: `${baseUrl}login`,
        headers: { ...asked.headers, Connection: 'close' },
        signal: AbortSignal.timeout(answerMs),
      });
      request.once('error', reject);
      request.once('response', (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, setCookies: response.headers['set-cookie'] ?? [] });
      });
      request.end(asked.body);
    });
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('remote-command-failed', {}, { cause: error });
  } finally {
    channel.destroy();
  }
}
