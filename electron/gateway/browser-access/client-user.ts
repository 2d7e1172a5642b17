import { readFile } from 'node:fs/promises';

/**
 * The number of the user whose program holds the other end of a connection over this computer's loopback, from
 * /proc/net/tcp (proc(5)). Null: the system does not tell.
 */
export async function clientUser(
  client: { readonly port: number; readonly serverPort: number },
  read: (path: string) => Promise<string> = (path) => readFile(path, 'utf8'),
): Promise<number | null> {
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const user = userIn(await read(table).catch(() => ''), client.port, client.serverPort);
    if (user !== null) return user;
  }
  return null;
}

/** The user of the socket with these ports that is no socket of the server's own. */
function userIn(table: string, localPort: number, remotePort: number): number | null {
  const [local, remote] = [localPort, remotePort].map(
    (port) => `:${port.toString(16).toUpperCase().padStart(4, '0')}`,
  ) as [string, string];
  for (const line of table.split('\n')) {
    const [, from, to, , , , , user] = line.trim().split(/\s+/);
    if (from?.endsWith(local) && to?.endsWith(remote) && user !== undefined) return Number(user);
  }
  return null;
}
