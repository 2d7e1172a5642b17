import { z } from 'zod';
import { HostName, Port, singleLine } from './host-and-port';

/**
 * A saved forward of a machine (RFC 4254, 7; OpenSSH PROTOCOL 2.4). Schema messages are text keys below
 * `validation.`, as those of a machine.
 */
export const TunnelId = z.uuid().brand<'TunnelId'>();
export type TunnelId = z.infer<typeof TunnelId>;

const isIpAddress = (text: string): boolean => z.union([z.ipv4(), z.ipv6()]).safeParse(text).success;

/** Where one can listen: an IP address, or `localhost`. A name could mean another address tomorrow. */
const ListenAddress = z
  .string()
  .trim()
  .toLowerCase()
  .refine((address) => address === 'localhost' || isIpAddress(address), 'address-invalid');

/** Absolute, without `:`, which `ssh -L` could not be told; 104 bytes is what every system takes. */
const SocketPath = z
  .string()
  .trim()
  .max(104, 'socket-path-invalid')
  .regex(/^\/[^\r\n\0:]+$/, 'socket-path-invalid');

const UnixSocket = z.strictObject({ kind: z.literal('unixSocket'), path: SocketPath });

const TcpListen = z.strictObject({ kind: z.literal('tcp'), address: ListenAddress, port: Port });

/** The tunnel's own end: clients come in here. */
export const TunnelListen = z.discriminatedUnion('kind', [TcpListen, UnixSocket]);
export type TunnelListen = Readonly<z.infer<typeof TunnelListen>>;

/** Where the clients of a tunnel want to go. A host's name is resolved at that end. */
export const TunnelTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tcp'), host: HostName, port: Port }),
  UnixSocket,
]);
export type TunnelTarget = Readonly<z.infer<typeof TunnelTarget>>;

export const Forward = z.discriminatedUnion('kind', [
  /** `ssh -L`: listens on this computer, leads to what the machine can reach. */
  z.strictObject({ kind: z.literal('local'), listen: TunnelListen, target: TunnelTarget }),
  /** `ssh -R`: listens on the machine, leads to what this computer can reach. */
  z.strictObject({ kind: z.literal('remote'), listen: TunnelListen, target: TunnelTarget }),
  /** `ssh -D`: a SOCKS proxy on this computer; its clients name their targets. */
  z.strictObject({ kind: z.literal('dynamic'), listen: TcpListen }),
]);
export type Forward = Readonly<z.infer<typeof Forward>>;

const tunnelFields = {
  /** May be empty: then it is called by its ends. */
  name: z.string().trim().max(100, 'tunnel-name-too-long').regex(singleLine, 'single-line'),
  forward: Forward,
  /** The user's consent to an address that other computers can reach. */
  isExposed: z.boolean(),
  /**
   * `connection`: with every connection to the machine. `app`: with the app, and connects by itself.
   * `hand`: only when its switch is turned on, until the machine is disconnected.
   */
  startsWith: z.enum(['connection', 'app', 'hand']),
  /** What happens to clients that come while the connection is away, but on its way back. */
  whileAway: z.enum(['wait', 'refuse']),
};

const isConsented = ({ forward, isExposed }: { forward: Forward; isExposed: boolean }): boolean =>
  isExposed || !isExposedAddress(forward.listen);
const consentMissing = { message: 'address-exposed', path: ['forward', 'listen', 'address'] };

export const TunnelDraft = z
  .strictObject({
    /** Null: a new tunnel. */
    id: TunnelId.nullable(),
    ...tunnelFields,
  })
  .refine(isConsented, consentMissing);
export type TunnelDraft = Readonly<z.infer<typeof TunnelDraft>>;

export const Tunnel = z
  .strictObject({
    id: TunnelId,
    ...tunnelFields,
    /** Its switch, as the user left it. */
    isOn: z.boolean(),
  })
  .refine(isConsented, consentMissing);
export type Tunnel = Readonly<z.infer<typeof Tunnel>>;

/** True when more than the computer that listens can reach it. */
export function isExposedAddress(listen: TunnelListen): boolean {
  return listen.kind === 'tcp' && !isLoopback(listen.address);
}

/** True for `localhost`, 127.0.0.0/8 and ::1 (RFC 6890), however they are written. */
export function isLoopback(address: string): boolean {
  return (
    address.toLowerCase() === 'localhost' ||
    /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address) ||
    /^[0:]*:0*1$/.test(address)
  );
}

/** An end as people write it: `127.0.0.1:8080`, `[::1]:8080`, `/run/app.sock`. */
export function endText(end: TunnelListen | TunnelTarget): string {
  if (end.kind === 'unixSocket') return end.path;
  const host = 'host' in end ? end.host : end.address;
  return `${host.includes(':') ? `[${host}]` : host}:${end.port}`;
}
