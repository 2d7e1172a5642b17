import { describe, expect, it } from 'vitest';
import {
  changedForm,
  formOfSettings,
  inheritingForm,
  newFormIn,
  regroupedForm,
} from '../../../../renderer/features/machines/inherited-form';
import { readForm } from '../../../../renderer/features/machines/machine-form';
import { readSettings } from '../../../../renderer/features/machines/read-settings';
import { readTags } from '../../../../renderer/features/machines/read-tags';
import { usualAgent } from '../../../../shared/model/machine';
import type { GroupSettings } from '../../../../shared/model/machine-group';
import { sampleGroup } from '../../../support/samples';

const lab = sampleGroup(1, { name: 'Lab', settings: { user: 'lab', identity: usualAgent } });
const farm = sampleGroup(2, { name: 'Farm', settings: { user: 'farm', port: 2222 } });
const list = { groups: [lab, farm], defaults: { workingFolder: '~/work' } as GroupSettings };
const bare = { groups: [], defaults: {} };

describe('a new machine', () => {
  it('shows what it inherits from its group and the defaults', () => {
    const form = newFormIn(lab.id, list);
    expect(form).toMatchObject({ user: 'lab', identityKind: 'agent', workingFolder: '~/work', port: '22' });
    const read = readForm({ ...form, name: 'a', host: 'a' }, null, []);
    expect('draft' in read && read.draft.inherits.toSorted()).toEqual([
      'allowsOldAlgorithms',
      'forwardsAgent',
      'identity',
      'idlePolicy',
      'jumps',
      'keepsCookies',
      'notebook',
      'port',
      'proxy',
      'user',
      'workingFolder',
    ]);
  });

  it('wants a key file and a user of its own where nobody says anything', () => {
    const form = newFormIn(null, bare);
    expect(form).toMatchObject({ user: '', identityKind: 'keyFile' });
    expect(form.marks.inherits).not.toContain('identity');
    expect(form.marks.inherits).not.toContain('user');
  });

  it('has for its own what is changed, and only that', () => {
    const form = changedForm(newFormIn(lab.id, list), { user: 'root', port: '22' });
    expect(form.marks.inherits).not.toContain('user');
    expect(form.marks.inherits).toContain('port');
    const back = inheritingForm(form, ['user'], null, list);
    expect(back.user).toBe('lab');
    expect(back.marks.inherits).toContain('user');
  });

  it('inherits from the other group once it goes there, but for what is its own', () => {
    const form = changedForm(newFormIn(lab.id, list), { workingFolder: '/data' });
    expect(regroupedForm(form, farm.id, null, list)).toMatchObject({
      user: 'farm',
      port: '2222',
      workingFolder: '/data',
    });
  });
});

describe('the settings of a group', () => {
  it('come back as they were saved, and nothing else does', () => {
    const settings: GroupSettings = {
      port: 2200,
      proxy: null,
      notebook: { kind: 'command', line: 'jupyter lab' },
    };
    const form = formOfSettings(settings, null, list);
    expect(readSettings(form, ['port', 'proxy', 'notebook'], [])).toEqual({ settings });
    expect(readSettings(form, [], [])).toEqual({ settings: {} });
  });

  it('are checked, but only those that are set', () => {
    const form = { ...formOfSettings({}, null, bare), port: 'x', user: '' };
    expect(readSettings(form, ['port', 'user'], [])).toEqual({
      problems: { port: 'port-range', user: 'user-empty' },
    });
    expect(readSettings(form, ['keepsCookies'], [])).toEqual({ settings: { keepsCookies: false } });
  });
});

it('tags are read with commas between them, each once', () => {
  expect(readTags(' gpu, big box,, GPU ,spot')).toEqual(['gpu', 'big box', 'spot']);
});
