import { describe, expect, test } from 'vitest';
import { permissionsFinding } from '../../../electron/diagnosis/permissions';
import { fingerprintOf } from '../../../electron/trust/public-key';

const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIGqd1n7ZJ5o0zv1m1bqv6r1XyY0Yw8m9o0x1m2n3o4p5';
const fingerprint = fingerprintOf(Buffer.from(key, 'base64'));

function finding(entries: readonly string[], keys: readonly string[] = [`ssh-ed25519 ${key} ana`]) {
  const facts = [
    { name: 'user', value: 'ana' },
    { name: 'uid', value: '1000' },
    { name: 'home', value: '/home/ana' },
    ...entries.map((value) => ({ name: 'entry', value })),
    ...keys.map((value) => ({ name: 'key', value })),
  ];
  return permissionsFinding(facts, [fingerprint], { host: 'gpu', user: 'ana' });
}

const fine = [
  'drwxr-xr-x 1000 /home/ana',
  'drwx------ 1000 /home/ana/.ssh',
  '-rw------- 1000 /home/ana/.ssh/authorized_keys',
];

describe('the files by which keys sign in', () => {
  test('that are as sshd wants them', () => {
    expect(finding(fine)).toMatchObject({ code: 'permissions-fine', commands: [] });
    // Others may look, and root may own.
    expect(finding(['drwxr-xr-x 0 /home/ana', '-rw-r--r-- 1000 /home/ana/.ssh/authorized_keys']).code).toBe(
      'permissions-fine',
    );
  });

  test.each([
    ['a home folder of the group', 'drwxrwxr-x 1000 /home/ana', ['chmod go-w ~']],
    ['a .ssh folder for all', 'drwxrwxrwx 1000 /home/ana/.ssh', ['chmod 700 ~/.ssh']],
    [
      'a file of somebody else for all',
      '-rw-rw-rw- 1001 /home/ana/.ssh/authorized_keys',
      ['sudo chown ana ~/.ssh/authorized_keys', 'chmod 600 ~/.ssh/authorized_keys'],
    ],
  ])('%s gets the commands that mend it', (_name, entry, commands) => {
    expect(finding([...fine, entry])).toMatchObject({ code: 'permissions-wrong', commands });
  });

  test('that do not list the key, or list it behind options', () => {
    expect(finding(fine, []).code).toBe('key-not-listed');
    expect(finding(fine, [`from="10.0.0.*",no-pty ssh-ed25519 ${key}`]).code).toBe('permissions-fine');
    expect(finding(fine, ['# ssh-ed25519 AAAA', 'ssh-ed25519 AAAAgarbage']).code).toBe('key-not-listed');
  });
});
