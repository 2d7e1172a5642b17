import { Agent, type ClientRequestArgs, request as startRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RawHeaders } from '../forwarded-headers';
import type { Gateway } from '../gateway';

/** How a door reaches its server: by the machine's gateway, with the secret that it asks for. */
export interface DoorWay {
  /** The server as the machine writes it: `https://localhost:9443`. */
  readonly origin: string;
  /** Keeps connections for requests that ask for `targetOf` and bring `fields`. */
  readonly agent: Agent;
  /** A connection for one web socket. Rejects with the system's error, or `UntrustedCertificate`. */
  connect(): Promise<Duplex>;
  /** What stands in a request's first line for a path and query. */
  targetOf(path: string): string;
  /** What every request brings besides its own. */
  readonly fields: RawHeaders;
}

export type GatewayAccess = Pick<Gateway, 'port' | 'username' | 'password'>;

/** Nobody whom this computer trusts vouches for the server's certificate, and the user has not either. */
export class UntrustedCertificate extends Error {
  override readonly name = 'UntrustedCertificate';
}

const loopback = '127.0.0.1';

/** The way to a server that speaks plain http: the gateway takes each request as a proxy does (RFC 9112, 3.2.2). */
export function plainWay(gateway: GatewayAccess, host: string): DoorWay {
  const { port } = gateway;
  const origin = `http://${host}`;
  return {
    origin,
    agent: new PlainAgent(port),
    connect: async () => connect({ host: loopback, port, noDelay: true }),
    targetOf: (path) => `${origin}${path}`,
    fields: ['Proxy-Authorization', basic(gateway)],
  };
}

class PlainAgent extends Agent {
  constructor(private readonly port: number) {
    super({ keepAlive: true });
  }

  override createConnection(_options: ClientRequestArgs): Socket {
    return connect({ host: loopback, port: this.port, noDelay: true });
  }
}

/** A connection by way of the gateway to a host and port of the machine (RFC 9110, 9.3.6). Rejects when there is none. */
export function tunnelThrough(gateway: GatewayAccess, authority: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const asking = startRequest({
      host: loopback,
      port: gateway.port,
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority, 'Proxy-Authorization': basic(gateway) },
      agent: false,
    });
    asking.once('connect', (answer, socket, head) => {
      if (answer.statusCode !== 200) {
        socket.destroy();
        reject(new Error(`the gateway answered ${answer.statusCode}`));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    asking.once('response', (answer) => {
      answer.destroy();
      reject(new Error(`the gateway answered ${answer.statusCode}`));
    });
    asking.once('error', reject);
    asking.end();
  });
}

const basic = ({ username, password }: GatewayAccess): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
