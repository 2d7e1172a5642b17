import { describe, expect, it } from 'vitest';
import {
  classifyAttemptError,
  classifyChannelError,
  classifySocketError,
  type Phase,
} from '../../../electron/ssh/classify-error';
import { ServerHello } from '../../../electron/ssh/server-hello';
import { AppError } from '../../../shared/errors/app-error';

const params = { host: 'lab', port: 22 };
const raw = (fields: object) => Object.assign(new Error('words that may change'), fields);

describe('an error of opening a TCP connection', () => {
  it.each([
    ['ENOTFOUND', 'host-not-found'],
    ['EAI_AGAIN', 'host-not-found'],
    ['ECONNREFUSED', 'connection-refused'],
    ['ETIMEDOUT', 'connection-timed-out'],
    ['ENETUNREACH', 'network-unreachable'],
    ['EHOSTUNREACH', 'network-unreachable'],
    ['EACCES', 'network-unreachable'],
    ['ECONNRESET', 'connection-lost'],
  ])('%s is called %s', (code, expected) => {
    expect(classifySocketError(raw({ code }), params)).toMatchObject({
      code: expected,
      params: { ...params, reason: code },
    });
  });

  it('of several addresses: what a machine said wins over silence', () => {
    const tried = new AggregateError([
      raw({ code: 'ENETUNREACH' }),
      raw({ code: 'ETIMEDOUT' }),
      raw({ code: 'ECONNREFUSED' }),
    ]);
    expect(classifySocketError(tried, params).code).toBe('connection-refused');
    const unheard = new AggregateError([raw({ code: 'ENETUNREACH' }), raw({ code: 'ETIMEDOUT' })]);
    expect(classifySocketError(unheard, params).code).toBe('connection-timed-out');
  });
});

describe('an error of an attempt', () => {
  const refused = new AppError('key-refused', { user: 'ana' });
  const named = (phase: Phase, fields: object | null, said = 'SSH-2.0-Server\r\n') => {
    const hello = new ServerHello();
    if (said !== '') hello.read(Buffer.from(said));
    const facts = { phase, hello, params, refused, allowsOld: false };
    return classifyAttemptError(fields === null ? null : raw(fields), facts).code;
  };

  it.each([
    ['the server had enough tries', 'authentication', { code: 2 }, 'key-refused'],
    ['the server says goodbye during key exchange', 'handshake', { code: 12 }, 'handshake-failed'],
    ['the key exchange is wrong', 'handshake', { level: 'handshake' }, 'handshake-failed'],
    [
      'the socket breaks while logging in',
      'authentication',
      { level: 'client-socket', code: 'ECONNRESET' },
      'connection-lost',
    ],
    ['the server hangs up while logging in', 'authentication', null, 'connection-lost'],
    ['a packet is malformed', 'authentication', { level: 'protocol' }, 'handshake-failed'],
  ] as const)('%s', (_what, phase, fields, code) => {
    expect(named(phase, fields)).toBe(code);
  });

  it('what speaks, but not SSH, is no SSH server, however it ends', () => {
    expect(named('identification', { level: 'protocol' }, 'HTTP/1.1 400 Bad Request\r\n')).toBe(
      'not-an-ssh-server',
    );
    expect(named('identification', {}, '220 mail ESMTP\r\n')).toBe('not-an-ssh-server');
    expect(named('identification', null, '\u0005\u0000binary')).toBe('not-an-ssh-server');
  });

  it('what says nothing has hung up', () => {
    expect(named('identification', { level: 'protocol' }, '')).toBe('connection-lost');
  });

  it('a loss may be retried, a refusal may not', () => {
    expect(new AppError('connection-lost').isRetryable).toBe(true);
    expect(refused.isRetryable).toBe(false);
  });
});

describe('a refused channel', () => {
  it.each([
    [1, 'forwarding-refused'],
    [2, 'channel-refused'],
    [4, 'channel-refused'],
    ['', 'channel-refused'],
    [undefined, 'connection-lost'],
  ])('reason %s is called %s', (reason, code) => {
    expect(classifyChannelError(raw(reason === undefined ? {} : { reason }), params).code).toBe(code);
  });
});
