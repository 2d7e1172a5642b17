import { z } from 'zod';
import type { RemoteTarget } from '../gateway/routes';

const RuntimeFile = z.looseObject({
  pid: z.number().int(),
  port: z.number().int().catch(0),
  sock: z.string().catch(''),
  hostname: z.string().catch(''),
  base_url: z.string().catch('/'),
  secure: z.boolean().catch(false),
  token: z.string().catch(''),
  root_dir: z.string().optional().catch(undefined),
  notebook_dir: z.string().optional().catch(undefined),
});

/** A login by password, as a browser would hold it. Secret. */
export interface JupyterSession {
  /** The only `Host` for which the cookie holds. */
  readonly host: string;
  /** `name=value`. */
  readonly loginCookie: string;
  /** Sent as cookie and as header, it tells orders of ours from those of foreign pages. */
  readonly xsrf: string;
}

/** What a running Jupyter server says of itself in `jpserver-*.json` or `nbserver-*.json`. */
export interface RunningJupyter {
  /** 0: its process is not known, or not one of this machine. */
  readonly pid: number;
  readonly target: RemoteTarget;
  /** Starts and ends with `/`. */
  readonly baseUrl: string;
  /** Secret. Empty: the server wants none, or a password instead. */
  readonly token: string;
  /** Lets in where there is no token. */
  readonly session?: JupyterSession;
  /** Root folder; empty when not told. */
  readonly folder: string;
}

/** Null: not a runtime file, or one that leads nowhere. */
export function readRuntimeFile(text: string): RunningJupyter | null {
  const parsed = RuntimeFile.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const file = parsed.data;
  const target = targetOf(file);
  if (target === null) return null;
  return {
    pid: file.pid,
    target,
    baseUrl: `/${file.base_url.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/'),
    token: file.token,
    folder: file.root_dir ?? file.notebook_dir ?? '',
  };
}

function targetOf({ sock, port, hostname, secure }: z.infer<typeof RuntimeFile>): RemoteTarget | null {
  if (sock !== '') return { kind: 'unixSocket', path: sock, isTls: secure };
  if (port < 1 || port > 65_535) return null;
  const listensEverywhere = ['', '*', '0.0.0.0', '::', 'localhost'].includes(hostname);
  return { kind: 'tcp', host: listensEverywhere ? '127.0.0.1' : hostname, port, isTls: secure };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
