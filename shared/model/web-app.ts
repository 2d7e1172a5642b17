import { z } from 'zod';
import { MachineId } from './machine';
import { ListeningPort } from './tunnel-status';

/** A program of the machine that answers as a web server does. */
export const WebApp = ListeningPort.extend({
  scheme: z.enum(['http', 'https']),
  /** What its first page calls itself; empty when it does not. */
  title: z.string(),
});
export type WebApp = Readonly<z.infer<typeof WebApp>>;

export const WebAppsSnapshot = z.strictObject({
  machineId: MachineId,
  revision: z.number().int(),
  isLooking: z.boolean(),
  /** Null: never looked in this run. */
  apps: z.array(WebApp).readonly().nullable(),
});
export type WebAppsSnapshot = Readonly<z.infer<typeof WebAppsSnapshot>>;

/** Databases, queues and the like write every stray request into their log, and some lock the asker out. */
const neverAsked: ReadonlySet<number> = new Set([
  21, 23, 110, 143, 389, 445, 465, 587, 636, 873, 993, 995, 1433, 1521, 2049, 2181, 3306, 3389, 5432, 5433,
  5672, 5900, 5901, 6379, 6817, 6818, 7077, 9042, 9092, 11211, 27017, 50051,
]);
/** Nor do these show pages; Jupyter does, but has a place of its own. */
const neverAskedPrograms =
  /^(sshd|postgres|mysqld|mariadbd|redis-server|mongod|master|exim4|rpcbind|slurm|munged|cupsd|smbd|dnsmasq|jupyter)/;
/** Ports below this one belong to the system, apart from those of the web itself. */
const firstUserPort = 1024;
const systemWebPorts: ReadonlySet<number> = new Set([80, 443]);

/** Might a web server be there, and does asking do no harm? */
export function mayBeWebApp({ port, process }: ListeningPort): boolean {
  if (neverAsked.has(port) || neverAskedPrograms.test(process)) return false;
  return port >= firstUserPort || systemWebPorts.has(port);
}

/** Where it is found, as the machine would write it. */
export function webAppAddress({ scheme, host, port }: Pick<WebApp, 'scheme' | 'host' | 'port'>): string {
  const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const usual = scheme === 'https' ? 443 : 80;
  return `${scheme}://${name}${port === usual ? '' : `:${port}`}/`;
}
