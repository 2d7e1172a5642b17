import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SsoPortal {
  readonly endpoint: string;
  /** The user confirms in their browser. */
  confirm(): void;
  /** What was asked so far, e.g. `POST /token`. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

interface PortalOptions {
  /** Where everything but the sign-in is answered. */
  readonly behind: string;
  /** How often to ask whether the user has confirmed. */
  readonly intervalSeconds?: number;
  readonly role: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * A double of what moto 5 has not: AWS's sign-in through the browser (SSO OIDC: register, device authorization,
 * token) and the portal that gives a role's credentials for the token. All other requests go to moto.
 */
export async function startSsoPortal({
  behind,
  intervalSeconds = 1,
  role,
}: PortalOptions): Promise<SsoPortal> {
  let isConfirmed = false;
  const asked: string[] = [];
  const server = createServer(async (incoming, response) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://portal');
    asked.push(`${incoming.method} ${pathname}`);
    const inAnHour = Math.round(Date.now() / 1000) + 3600;
    const answers: Readonly<Record<string, () => readonly [number, object]>> = {
      '/client/register': () => [
        200,
        { clientId: 'client', clientSecret: 'client-secret', clientSecretExpiresAt: inAnHour },
      ],
      '/device_authorization': () => [
        200,
        {
          deviceCode: 'device-code',
          userCode: 'ABCD-EFGH',
          verificationUri: `${behind}/device`,
          verificationUriComplete: `${behind}/device?user_code=ABCD-EFGH`,
          expiresIn: 600,
          interval: intervalSeconds,
        },
      ],
      '/token': () =>
        isConfirmed
          ? [200, { accessToken: 'portal-token', expiresIn: 28_800, tokenType: 'Bearer' }]
          : [400, { error: 'authorization_pending' }],
      '/federation/credentials': () =>
        incoming.headers['x-amz-sso_bearer_token'] === 'portal-token'
          ? [200, { roleCredentials: { ...role, sessionToken: 'session', expiration: inAnHour * 1000 } }]
          : [401, { message: 'Session token not found or invalid' }],
    };
    const answer = answers[pathname];
    if (answer === undefined) return passOn(behind, incoming, response);
    incoming.resume();
    const [status, body] = answer();
    const names: Readonly<Record<number, string>> = {
      400: 'AuthorizationPendingException',
      401: 'UnauthorizedException',
    };
    const name = names[status];
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(name === undefined ? {} : { 'x-amzn-errortype': name }),
    });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    confirm: () => {
      isConfirmed = true;
    },
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function passOn(behind: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url } = incoming;
  const onward = request(new URL(url ?? '/', behind), { method: method ?? 'GET', headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  incoming.pipe(onward);
}
