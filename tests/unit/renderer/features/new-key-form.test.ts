import { describe, expect, it } from 'vitest';
import {
  freshKeyForm,
  importedName,
  readNewKey,
  suggestedName,
} from '../../../../renderer/features/keys/new-key-form';

const form = freshKeyForm([]);

describe('the form for a new key', () => {
  it('opens with ed25519 under the name that ssh-keygen would choose, without passphrase', () => {
    expect(readNewKey(form, [])).toEqual({
      key: { kind: 'ed25519', name: 'id_ed25519', comment: '', passphrase: '' },
    });
  });

  it('suggests a name that is free', () => {
    expect(suggestedName('rsa-4096', [])).toBe('id_rsa');
    expect(suggestedName('ecdsa-521', ['id_ecdsa', 'id_ecdsa_2'])).toBe('id_ecdsa_3');
  });

  it.each([
    [{ name: ' ' }, { name: 'key-name-empty' }],
    [{ name: '../evil' }, { name: 'key-name-characters' }],
    [{ name: '.hidden' }, { name: 'key-name-characters' }],
    [{ name: 'id.pub' }, { name: 'key-name-characters' }],
    [{ name: 'taken' }, { name: 'key-name-taken' }],
    [{ comment: 'two\nlines' }, { comment: 'comment-not-one-line' }],
    [{ passphrase: 'one', repeated: 'other' }, { repeated: 'passphrases-differ' }],
    [{ repeated: 'only here' }, { repeated: 'passphrases-differ' }],
  ] as const)('%j is told as %j', (part, problems) => {
    expect(readNewKey({ ...form, ...part }, ['taken'])).toEqual({ problems });
  });

  it('keeps the passphrase exactly as typed', () => {
    const read = readNewKey({ ...form, passphrase: ' a b ', repeated: ' a b ' }, []);
    expect(read).toMatchObject({ key: { passphrase: ' a b ' } });
  });

  it.each([
    ['/media/ana/work.ppk', 'work'],
    ['C:\\keys\\my key.PEM', 'my_key'],
    ['/x/.hidden', 'hidden'],
    ['/x/id.pub', 'id'],
    ['/x/ação.ppk', 'a_o'],
    ['/x/....ppk', 'imported'],
    ['/x/taken.ppk', 'taken_2'],
  ])('suggests for an imported %s the name %s', (path, name) => {
    expect(importedName(path, ['taken'])).toBe(name);
    expect(readNewKey({ ...form, name }, [])).toMatchObject({ key: { name } });
  });
});
