import { isIP } from 'node:net';
import type { DiagnosisStep, StepKind } from '../../shared/model/diagnosis';
import type { Identity } from '../../shared/model/machine';
import type { Way } from '../../shared/model/way';

/** `full` looks at everything; `inside` signs in by password to look at the files by which keys sign in. */
export type DiagnosisMode = 'full' | 'inside';

const insideKinds: Readonly<Record<DiagnosisMode, readonly StepKind[]>> = {
  full: ['command', 'storage', 'clock', 'tcpForwarding', 'socketForwarding'],
  inside: ['permissions'],
};

/** The steps of looking up the route, before it is known where it leads. */
export const routePlan: readonly DiagnosisStep[] = [stepOf('route', null)];

/** All steps of a way in, in the order in which they happen. */
export function planOf(way: Way, mode: DiagnosisMode): readonly DiagnosisStep[] {
  const last = way.hops.length - 1;
  return [
    ...routePlan,
    ...way.hops.map((_, hop) => stepOf('identity', hop)),
    ...way.hops.flatMap((target, hop) => [
      ...reachingKinds(way, hop).map((kind) => stepOf(kind, hop)),
      ...(['greeting', 'algorithms', 'hostKey'] as const).map((kind) => stepOf(kind, hop)),
      stepOf('signIn', hop, target.instance?.pushesKey ? 'publickey' : methodOf(target.identity)),
    ]),
    ...insideKinds[mode].map((kind) => stepOf(kind, last)),
  ];
}

/** A name is looked up here only by who goes straight there: proxies and jump hosts look it up themselves. */
function reachingKinds({ proxy, hops }: Way, hop: number): readonly StepKind[] {
  if (hop > 0) return ['reach'];
  if (proxy !== null || hops[0].instance?.sessionManager === 'always') return ['proxy'];
  const host = hops[0].host.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? ['name', 'reach'] : ['reach'];
}

function methodOf(identity: Identity): string {
  switch (identity.kind) {
    case 'keyFile':
      return 'publickey';
    case 'agent':
      return 'agent';
    case 'password':
      return 'password';
  }
}

/** A step that has not begun. */
export function stepOf(kind: StepKind, hop: number | null, method: string | null = null): DiagnosisStep {
  const id = [hop ?? 'here', kind, method].filter((part) => part !== null).join('/');
  return { id, kind, hop, method, state: { kind: 'pending' }, entries: [] };
}
