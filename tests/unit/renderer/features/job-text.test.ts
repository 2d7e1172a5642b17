import { createInstance } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { stateText } from '../../../../renderer/features/slurm/job-text';
import { catalogues } from '../../../../shared/i18n/catalogues';
import type { JobState } from '../../../../shared/model/slurm';

const i18n = createInstance();
beforeAll(() => i18n.init({ resources: catalogues, lng: 'en', defaultNS: 'app' }));

const nowMs = Date.UTC(2026, 2, 4, 12, 30);
const said = (state: JobState): string => stateText(i18n.t, state, nowMs, 'en');
const pending = (reason: string, startsAtMs: number | null = null): JobState => ({
  kind: 'pending',
  reason,
  startsAtMs,
});

describe('how a job is, in words', () => {
  it.each([
    ['Resources', 'no node has enough free'],
    ['Priority', 'higher priority'],
    ['ReqNodeNotAvail, UnavailableNodes:node7', 'not available'],
    [
      'QOSMaxJobsPerUserLimit',
      'a limit of your account or quality of service is reached (QOSMaxJobsPerUserLimit)',
    ],
    ['AssocGrpCpuLimit', '(AssocGrpCpuLimit)'],
    ['SomethingNew', 'Slurm says “SomethingNew”'],
  ])('waiting for %s', (reason, words) => {
    expect(said(pending(reason))).toContain(words);
  });

  it('tells an expected start that is still to come, and none that has passed', () => {
    expect(said(pending('Resources', nowMs + 3_600_000))).toContain('expected to start on');
    expect(said(pending('Resources', nowMs - 1000))).not.toContain('expected');
  });

  it('tells where it runs and the time left', () => {
    const running = { kind: 'running', node: 'node7', isServing: true } as const;
    expect(said({ ...running, endsAtMs: nowMs + 95 * 60_000 })).toBe('Runs on node7. Time left: 1 h 35 min.');
    expect(said({ ...running, endsAtMs: nowMs + 61_000 })).toBe('Runs on node7. Time left: 2 minutes.');
    expect(said({ ...running, endsAtMs: null })).toBe('Runs on node7.');
    expect(said({ ...running, isServing: false, endsAtMs: null })).toContain('Jupyter is starting');
  });

  it('tells why it ended', () => {
    expect(said({ kind: 'ended', how: 'TIMEOUT' })).toContain('its time was over');
    expect(said({ kind: 'ended', how: 'OUT_OF_MEMORY' })).toContain('more memory');
  });
});
