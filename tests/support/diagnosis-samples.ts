import type { DiagnosisSnapshot, DiagnosisStep, StepState } from '../../shared/model/diagnosis';
import type { Finding, FindingCode } from '../../shared/model/diagnosis-finding';
import type { LogEntry } from '../../shared/model/log-entry';
import { sampleLog } from './samples';

type Diagnosis = Omit<DiagnosisSnapshot, 'machineId' | 'revision'>;

const passed = (elapsedMs = 20): StepState => ({ kind: 'passed', elapsedMs });
const skipped: StepState = { kind: 'skipped' };
const pending: StepState = { kind: 'pending' };

export const sampleFinding = (
  code: FindingCode,
  params: Finding['params'] = {},
  rest: Partial<Pick<Finding, 'quotes' | 'commands'>> = {},
): Finding => ({ code, params, quotes: [], commands: [], ...rest });

const failed = (finding: Finding): StepState => ({ kind: 'failed', elapsedMs: 310, finding });

function step(
  hop: number | null,
  kind: DiagnosisStep['kind'],
  state: StepState,
  part: { method?: string; codes?: readonly LogEntry['code'][] } = {},
): DiagnosisStep {
  const { method = null, codes = [] } = part;
  const entries = sampleLog.filter(({ code }) => codes.includes(code));
  return {
    id: [hop ?? 'here', kind, method].filter((id) => id !== null).join('/'),
    kind,
    hop,
    method,
    state,
    entries,
  };
}

/** The way in up to the host key, all well. */
const wayUpToSignIn = (hop: number, isNamed: boolean): readonly DiagnosisStep[] => [
  ...(isNamed ? [step(hop, 'name', passed(84), { codes: ['name-resolved'] })] : []),
  step(hop, 'reach', passed(121), { codes: ['tcp-connected'] }),
  step(hop, 'greeting', passed(60), { codes: ['server-version'] }),
  step(hop, 'algorithms', passed(), { codes: ['algorithms-agreed'] }),
  step(hop, 'hostKey', passed(180)),
];

const inside = (state: StepState): readonly DiagnosisStep[] =>
  (['command', 'storage', 'clock', 'tcpForwarding', 'socketForwarding'] as const).map((kind) =>
    step(0, kind, state),
  );

const here = step(null, 'route', passed());
const keyReady = step(0, 'identity', passed());
const signIn = (state: StepState, hop = 0) =>
  step(hop, 'signIn', state, { method: 'publickey', codes: ['auth-trying-key'] });
const finished = (verdict: 'works' | 'advice' | 'trouble'): Diagnosis['state'] => ({
  kind: 'finished',
  verdict,
  atMs: Date.UTC(2026, 2, 4, 12, 30),
});

export const runningDiagnosis: Diagnosis = {
  state: { kind: 'running' },
  hops: ['GPU box'],
  steps: [here, keyReady, ...wayUpToSignIn(0, true), signIn({ kind: 'running' }), ...inside(pending)],
};

export const refusedDiagnosis: Diagnosis = {
  state: finished('trouble'),
  hops: ['GPU box'],
  steps: [
    here,
    keyReady,
    ...wayUpToSignIn(0, true),
    signIn(failed(sampleFinding('key-refused', { host: 'gpu.example.com', user: 'ubuntu' }))),
    ...inside(skipped),
  ],
};

/** What was found inside by password. */
export const permissionsDiagnosis: Diagnosis = {
  state: finished('trouble'),
  hops: ['GPU box'],
  steps: [
    here,
    keyReady,
    ...wayUpToSignIn(0, true),
    step(0, 'signIn', passed(240), { method: 'password' }),
    step(
      0,
      'permissions',
      failed(
        sampleFinding(
          'permissions-wrong',
          { paths: '/home/ubuntu, /home/ubuntu/.ssh/authorized_keys', user: 'ubuntu' },
          {
            quotes: ['drwxrwxr-x /home/ubuntu', '-rw-rw-rw- /home/ubuntu/.ssh/authorized_keys'],
            commands: ['chmod go-w ~', 'chmod 600 ~/.ssh/authorized_keys'],
          },
        ),
      ),
    ),
  ],
};

export const oldServerDiagnosis: Diagnosis = {
  state: finished('trouble'),
  hops: ['bastion', 'GPU box'],
  steps: [
    here,
    keyReady,
    step(1, 'identity', passed()),
    ...wayUpToSignIn(0, true),
    signIn(passed(140)),
    step(1, 'reach', passed(90), { codes: ['jump-connected'] }),
    step(1, 'greeting', passed(60), { codes: ['server-version'] }),
    step(
      1,
      'algorithms',
      failed(
        sampleFinding('algorithms-only-old', {
          host: '10.20.0.7',
          kind: 'kex',
          offered: 'diffie-hellman-group14-sha1, diffie-hellman-group1-sha1, kex-strict-s-v00@openssh.com',
          ours: 'curve25519-sha256, curve25519-sha256@libssh.org, ecdh-sha2-nistp256, ecdh-sha2-nistp384',
        }),
      ),
    ),
    step(1, 'hostKey', skipped),
    signIn(skipped, 1),
  ],
};

export const workingDiagnosis: Diagnosis = {
  state: finished('works'),
  hops: ['GPU box'],
  steps: [here, keyReady, ...wayUpToSignIn(0, true), signIn(passed(140)), ...inside(passed(70))],
};

/** Waits at the step that takes a password. */
export function askingDiagnosis(prompt: Extract<StepState, { kind: 'asking' }>['prompt']): Diagnosis {
  const method = prompt.kind === 'password' ? 'password' : 'publickey';
  const at = prompt.kind === 'hostKey' ? 'hostKey' : 'signIn';
  const steps = [...wayUpToSignIn(0, true), step(0, 'signIn', pending, { method })];
  return {
    state: { kind: 'running' },
    hops: ['GPU box'],
    steps: [
      here,
      keyReady,
      ...steps.map((each) =>
        each.kind === at ? { ...each, state: { kind: 'asking' as const, prompt } } : each,
      ),
      ...inside(pending),
    ],
  };
}
