import { describe, expect, test } from 'vitest';
import { noSeenHostKeys, SeenHostKeys, type SeenHostKeysData } from '../../../electron/trust/seen-host-keys';

function memory() {
  let value: SeenHostKeysData = noSeenHostKeys;
  let nowMs = 1000;
  const store = {
    value: () => value,
    replace: (next: SeenHostKeysData) => {
      value = next;
    },
  };
  return {
    open: () => new SeenHostKeys({ store, nowMs: () => nowMs }),
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('the host keys that were seen', () => {
  test('are known since the first time, also in the next run', () => {
    const { open, wait } = memory();
    expect(open().firstSeenMs('SHA256:a')).toBeNull();
    open().note('SHA256:a');
    wait(500);
    open().note('SHA256:a');
    open().note('SHA256:b');
    expect(['SHA256:a', 'SHA256:b'].map(open().firstSeenMs)).toEqual([1000, 1500]);
  });

  test('are forgotten but those to be kept, and are new when they come again', () => {
    const { open, wait } = memory();
    open().note('SHA256:a');
    open().note('SHA256:b');
    open().keepOnly(['SHA256:b', 'SHA256:c']);
    expect(['SHA256:a', 'SHA256:b', 'SHA256:c'].map(open().firstSeenMs)).toEqual([null, 1000, null]);
    wait(500);
    open().note('SHA256:a');
    expect(open().firstSeenMs('SHA256:a')).toBe(1500);
  });
});
