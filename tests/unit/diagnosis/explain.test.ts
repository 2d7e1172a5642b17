import { describe, expect, test } from 'vitest';
import { type Circumstances, explain } from '../../../electron/diagnosis/explain';
import { stepOf } from '../../../electron/diagnosis/plan';
import { AppError } from '../../../shared/errors/app-error';
import { errorCodes } from '../../../shared/errors/error-codes';
import { stepKinds } from '../../../shared/model/diagnosis';
import { Finding } from '../../../shared/model/diagnosis-finding';
import { wayTo } from '../../../shared/model/way';
import { sampleMachine } from '../../support/samples';

const { hops } = wayTo(sampleMachine(1), []);
const at = (kind: Circumstances['step']['kind'], part: Partial<Circumstances> = {}): Circumstances => {
  const step = stepOf(kind, 0, kind === 'signIn' ? 'publickey' : null);
  const surroundings = { resolvers: [], isOffline: false, knownNames: [], wantsNewPassword: false };
  return { hop: hops[0], step, steps: [step], ...surroundings, ...part };
};
const codeOf = (error: AppError, circumstances: Circumstances) => explain(error, circumstances).code;

describe('every error that connecting can have', () => {
  test.each(errorCodes)('%s is explained at every step', (code) => {
    for (const kind of stepKinds) {
      const finding = explain(new AppError(code, {}, { details: ['said'] }), at(kind));
      expect(Finding.parse(finding)).toEqual(finding);
      expect(finding.quotes).toEqual(['said']);
    }
  });
});

describe('the same error at another step', () => {
  test('is another finding: silence', () => {
    const silence = new AppError('connection-timed-out');
    expect(codeOf(silence, at('reach'))).toBe('port-filtered');
    expect(codeOf(silence, at('greeting'))).toBe('greeting-silent');
    expect(codeOf(silence, at('signIn'))).toBe('sign-in-slow');
  });

  test('is another finding: a connection that is cut off', () => {
    const cut = new AppError('connection-lost');
    expect(codeOf(cut, at('greeting'))).toBe('greeting-hung-up');
    expect(codeOf(cut, at('hostKey'))).toBe('handshake-broken');
    expect(codeOf(cut, at('signIn'))).toBe('sign-in-cut-off');
    expect(codeOf(cut, at('storage'))).toBe('connection-lost');
  });
});

describe('a name without an address', () => {
  const unknown = new AppError('host-not-found', { reason: 'ENOTFOUND' });
  test('that is short, while the name servers are away, and without any network', () => {
    const [hop] = wayTo(sampleMachine(1, { route: { ...sampleMachine(1).route, host: 'gpu' } }), []).hops;
    expect(codeOf(unknown, at('name', { hop }))).toBe('name-unqualified');
    expect(codeOf(new AppError('host-not-found', { reason: 'EAI_AGAIN' }), at('name'))).toBe(
      'resolver-silent',
    );
    expect(codeOf(unknown, at('name', { isOffline: true }))).toBe('offline');
    expect(codeOf(unknown, at('name', { resolvers: ['192.0.2.1', '192.0.2.2'] }))).toBe('name-unknown');
  });

  test('says which name servers were asked', () => {
    const { params } = explain(unknown, at('name', { resolvers: ['192.0.2.1', '192.0.2.2'] }));
    expect(params).toMatchObject({ host: 'node1.example.com', resolvers: '192.0.2.1, 192.0.2.2' });
  });
});
