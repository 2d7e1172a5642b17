import { describe, expect, test } from 'vitest';
import { statusOf } from '../../../../renderer/features/connection/status';
import { catalogues } from '../../../../shared/i18n/catalogues';
import type { ConnectionState } from '../../../../shared/model/connection';
import { hostKeyPrompt, report } from '../../../support/samples';

const said = (state: ConnectionState) => catalogues.en.app.status.sentence[statusOf(state).sentence];

describe('the sentence about a connection', () => {
  test.each<[ConnectionState, RegExp]>([
    [{ kind: 'idle' }, /^Not connected$/],
    [{ kind: 'closed' }, /^Not connected$/],
    [{ kind: 'closing' }, /^Not connected\./],
    [{ kind: 'connecting', isReconnect: false }, /^Connecting/],
    [{ kind: 'connecting', isReconnect: true }, /^Connection lost/],
    [{ kind: 'awaitingHostKey', prompt: hostKeyPrompt }, /^Connecting/],
    [{ kind: 'authenticating', isReconnect: false, prompt: null }, /^Connecting/],
    [{ kind: 'authenticating', isReconnect: true, prompt: null }, /^Connection lost/],
    [{ kind: 'ready', sinceMs: 0 }, /^Connected/],
    [
      { kind: 'waitingToRetry', retryNumber: 1, nextTryAtMs: 0, error: report('connection-lost') },
      /^Connection lost$/,
    ],
    [
      { kind: 'waitingToRetry', retryNumber: 1, nextTryAtMs: null, error: report('connection-lost') },
      /paused/,
    ],
    [{ kind: 'failed', error: report('key-refused') }, /^Failed/],
  ])('%o', (state, sentence) => {
    expect(said(state)).toMatch(sentence);
  });

  test('does not call a failure what the user cancelled', () => {
    expect(statusOf({ kind: 'failed', error: report('cancelled') })).toEqual(statusOf({ kind: 'idle' }));
  });
});
