import {
  type Forward,
  isLoopback,
  type Tunnel,
  TunnelDraft,
  type TunnelId,
  type TunnelTarget,
} from '../../../shared/model/tunnel';

type EndKind = TunnelTarget['kind'];

/** What the tunnel editor's fields hold: all of them, also those that the chosen kind hides. */
export interface TunnelForm {
  readonly name: string;
  readonly kind: Forward['kind'];
  readonly listenKind: EndKind;
  readonly listenAddress: string;
  readonly listenPort: string;
  readonly listenPath: string;
  readonly targetKind: EndKind;
  readonly targetHost: string;
  readonly targetPort: string;
  readonly targetPath: string;
  readonly startsWith: Tunnel['startsWith'];
  readonly whileAway: Tunnel['whileAway'];
  readonly isExposed: boolean;
}

/** The text fields from top to bottom, each with the place of its value in a draft. */
const draftPaths = {
  name: 'name',
  targetHost: 'forward.target.host',
  targetPort: 'forward.target.port',
  targetPath: 'forward.target.path',
  listenAddress: 'forward.listen.address',
  listenPort: 'forward.listen.port',
  listenPath: 'forward.listen.path',
} as const;

export type TunnelField = keyof typeof draftPaths;
export const tunnelFields = Object.keys(draftPaths) as readonly TunnelField[];

/** Text keys below `validation`, for the fields that are wrong. */
export type TunnelProblems = Readonly<Partial<Record<TunnelField, string>>>;

/** The fields of a saved tunnel, or of a new one. */
export function formOf(tunnel: Tunnel | null): TunnelForm {
  const forward = tunnel?.forward;
  const listen = forward?.listen;
  const target = forward !== undefined && forward.kind !== 'dynamic' ? forward.target : undefined;
  return {
    name: tunnel?.name ?? '',
    kind: forward?.kind ?? 'local',
    listenKind: listen?.kind ?? 'tcp',
    listenAddress: listen?.kind === 'tcp' ? listen.address : '127.0.0.1',
    listenPort: listen?.kind === 'tcp' ? String(listen.port) : '',
    listenPath: listen?.kind === 'unixSocket' ? listen.path : '',
    targetKind: target?.kind ?? 'tcp',
    targetHost: target?.kind === 'tcp' ? target.host : 'localhost',
    targetPort: target?.kind === 'tcp' ? String(target.port) : '',
    targetPath: target?.kind === 'unixSocket' ? target.path : '',
    startsWith: tunnel?.startsWith ?? 'connection',
    whileAway: tunnel?.whileAway ?? 'wait',
    isExposed: tunnel?.isExposed ?? false,
  };
}

/** True when the fields ask for an address that other computers can reach: then the user has to agree to it. */
export const asksForExposure = ({ kind, listenKind, listenAddress }: TunnelForm): boolean =>
  (kind === 'dynamic' || listenKind === 'tcp') && !isLoopback(listenAddress.trim());

/** The draft that the fields make, or what is wrong with them. */
export function readForm(
  form: TunnelForm,
  id: TunnelId | null,
): { readonly draft: TunnelDraft } | { readonly problems: TunnelProblems } {
  const parsed = TunnelDraft.safeParse({
    id,
    name: form.name,
    forward: forwardOf(form),
    // Consent to one address is none to the next.
    isExposed: form.isExposed && asksForExposure(form),
    startsWith: form.startsWith,
    whileAway: form.whileAway,
  });
  if (parsed.success) return { draft: parsed.data };
  const problems: Partial<Record<TunnelField, string>> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = tunnelFields.find((candidate) => draftPaths[candidate] === path.join('.'));
    if (field) problems[field] ??= message;
  }
  return { problems };
}

function forwardOf(form: TunnelForm): unknown {
  const { kind } = form;
  const tcpListen = { kind: 'tcp', address: form.listenAddress, port: portOf(form.listenPort) };
  if (kind === 'dynamic') return { kind, listen: tcpListen };
  const listen = form.listenKind === 'tcp' ? tcpListen : { kind: 'unixSocket', path: form.listenPath };
  const target =
    form.targetKind === 'tcp'
      ? { kind: 'tcp', host: form.targetHost, port: portOf(form.targetPort) }
      : { kind: 'unixSocket', path: form.targetPath };
  return { kind, listen, target };
}

const portOf = (text: string): number => (/^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN);
