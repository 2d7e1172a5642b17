import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import ssh2, { type PublicKeyAuthContext } from 'ssh2';
import { AppError } from '../../shared/errors/app-error';
import { serveForwards } from './demo-server-forward';
import { type DemoShell, serveSessions } from './demo-server-session';
import { publicKeyBlob } from './ed25519-key-pair';

export interface DemoServerOptions {
  /** Listened on when it is free; otherwise, and for 0, the system chooses a port. */
  readonly preferredPort: number;
  /** OpenSSH private key: who the server is. */
  readonly hostKey: string;
  /** Public key line: the one and only key that gets in. */
  readonly authorizedKey: string;
  /** The one login name; commands run as the owner of this process all the same. */
  readonly user: string;
  readonly shell: DemoShell;
}

export interface DemoServer {
  readonly port: number;
  /** Public host key as it travels in SSH. */
  readonly hostKey: Buffer;
  /** Ends every connection and the commands that still hang on one; idempotent. */
  close(): Promise<void>;
}

export type StartDemoServer = (options: DemoServerOptions) => Promise<DemoServer>;

/**
 * Starts an SSH server on 127.0.0.1 that runs commands as this user: what the demo machine is made of. It knows
 * `exec` and `shell` without a terminal, and forwards to loopback addresses and unix sockets; all else is refused.
 * @throws AppError `demo-start-failed` when no port can be listened on
 */
export const startDemoServer: StartDemoServer = async (options) => {
  const ssh = createSshServer(options);
  // Not ssh2's own listener: it leaves Nagle's algorithm on, which costs 40 ms per small answer.
  const sockets = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    ssh.server.injectSocket(socket);
  });
  const port = await listen(listener, options.preferredPort);
  return {
    port,
    hostKey: publicKeyBlob(options.hostKey),
    close: () =>
      new Promise((done) => {
        listener.close(() => done());
        ssh.endConnections();
        for (const socket of sockets) socket.destroySoon();
      }),
  };
};

function createSshServer(options: DemoServerOptions): { server: ssh2.Server; endConnections: () => void } {
  const authorizedKey = publicKeyBlob(options.authorizedKey);
  const connections = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys: [options.hostKey] }, (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    // A client that goes away or talks nonsense ends its own connection; there is nobody to tell.
    connection.on('error', () => connection.end());
    connection.on('authentication', (context) => {
      const isWelcome =
        context.method === 'publickey' &&
        context.username === options.user &&
        isSignedBy(authorizedKey, context);
      if (isWelcome) context.accept();
      else context.reject(['publickey']);
    });
    serveSessions(connection, options.shell);
    serveForwards(connection);
  });
  const endConnections = (): void => {
    for (const connection of connections) connection.end();
  };
  return { server, endConnections };
}

/** RFC 4252, 7: the first request without a signature only asks whether the key would do. */
function isSignedBy(authorizedKey: Buffer, context: PublicKeyAuthContext): boolean {
  if (!context.key.data.equals(authorizedKey)) return false;
  if (context.signature === undefined || context.blob === undefined) return true;
  const key = ssh2.utils.parseKey(`ssh-ed25519 ${authorizedKey.toString('base64')}`);
  return !(key instanceof Error) && key.verify(context.blob, context.signature, context.hashAlgo) === true;
}

async function listen(server: Server, preferredPort: number): Promise<number> {
  const attempts = preferredPort === 0 ? [0] : [preferredPort, 0];
  let failure: unknown;
  for (const port of attempts) {
    try {
      return await new Promise<number>((done, fail) => {
        server.once('error', fail);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', fail);
          done((server.address() as AddressInfo).port);
        });
      });
    } catch (error) {
      failure = error;
    }
  }
  throw new AppError('demo-start-failed', {}, { cause: failure, details: [String(failure)] });
}
