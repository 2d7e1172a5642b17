import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unitFile } from '../../../../electron/jupyter/units/unit-file';
import { UnitId } from '../../../../shared/model/service-unit';

const facts = {
  id: UnitId.parse('0123456789ab'),
  scope: 'user',
  folder: '~/work',
  base: '/home/ana/.local/share/nuvem/notebooks',
  userName: 'ana',
} as const;

test('a service of the user starts with their manager, and again after a crash only', () => {
  const text = unitFile(facts);
  expect(text).toContain('Description=Jupyter in ~/work (Nuvem)\n');
  expect(text).toContain('ExecStart=/bin/sh "/home/ana/.local/share/nuvem/notebooks/0123456789ab/unit.sh"\n');
  expect(text).toContain('Restart=on-failure\n');
  expect(text).toContain('WantedBy=default.target\n');
  expect(text).not.toContain('User=');
});

test('a service of the machine runs as the user, never as root by oversight', () => {
  const text = unitFile({ ...facts, scope: 'system' });
  expect(text).toContain('\nUser=ana\n');
  expect(text).toContain('WantedBy=multi-user.target\n');
});

test('no folder or home, whatever it is called, adds a line or is taken as a specifier or variable', () => {
  const name = fc.string({ unit: fc.constantFrom('a', ' ', '%', '$', '"', '\\', "'", ';', '=', '[', 'é') });
  fc.assert(
    fc.property(name, name, (folder, home) => {
      const lines = unitFile({ ...facts, folder, base: `/${home}` }).split('\n');
      expect(lines).toHaveLength(unitFile(facts).split('\n').length);
      const [, word = ''] =
        /^ExecStart=\/bin\/sh "(.*)"$/.exec(lines.find((line) => line.startsWith('Exec')) ?? '') ?? [];
      // The reverse of systemd.syntax(7) and systemd.unit(5): what systemd would run.
      expect(word).not.toMatch(/(?<!\\)(?:\\\\)*"/);
      const read = word
        .replace(/\\([\\"])/g, '$1')
        .replaceAll('$$', '$')
        .replaceAll('%%', '%');
      expect(read).toBe(`/${home}/0123456789ab/unit.sh`);
    }),
  );
});
