import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type ClientRequestArgs } from 'node:http';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { type DoorWay, type GatewayAccess, tunnelThrough, UntrustedCertificate } from './door-way';

/**
 * The way to a server that speaks https: TLS from here to the server itself, inside a tunnel through the gateway.
 * Nothing is sent before its certificate is judged, at each connection anew: somebody whom this computer trusts vouches
 * for it under the server's name, or it is the one that the user let pass in the page's tab.
 * @param trustedFingerprint of that one: `sha256/…`, base64; null: none
 */
export function secureWay(
  gateway: GatewayAccess,
  host: string,
  trustedFingerprint: () => string | null,
): DoorWay {
  const { hostname, port } = new URL(`https://${host}`);
  const name = hostname.replace(/^\[|\]$/g, '');
  const open = async (): Promise<Duplex> => {
    const socket = await tunnelThrough(gateway, `${hostname}:${port || 443}`);
    // The name that is judged; an address is no name to ask for (RFC 6066, 3).
    const named = isIP(name) === 0 ? { servername: name } : {};
    const secured = connect({ socket, host: name, ...named, rejectUnauthorized: false });
    try {
      await once(secured, 'secureConnect');
      if (!secured.authorized && fingerprintOf(secured) !== trustedFingerprint())
        throw new UntrustedCertificate(String(secured.authorizationError));
      return secured;
    } catch (error) {
      secured.destroy();
      throw error;
    }
  };
  return {
    origin: `https://${host}`,
    agent: new SecureAgent(open),
    connect: open,
    targetOf: (path) => path,
    fields: [],
  };
}

/** As Chromium writes it, by which the user was asked about it. */
const fingerprintOf = (socket: TLSSocket): string =>
  `sha256/${createHash('sha256').update(socket.getPeerCertificate().raw).digest('base64')}`;

class SecureAgent extends Agent {
  constructor(private readonly open: () => Promise<Duplex>) {
    super({ keepAlive: true });
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const report = callback as (error: Error | null, stream?: Duplex) => void;
    this.open().then(
      (stream) => report(null, stream),
      (error: Error) => report(error),
    );
  }
}
