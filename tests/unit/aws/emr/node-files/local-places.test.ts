import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localPlaces } from '../../../../../electron/aws/emr/node-files/local-places';

const folder = join('/', 'kept');

test('each file goes below the folder under its whole path', () => {
  expect([...localPlaces(folder, ['/home/hadoop/a.ipynb', '/var/lib/jupyter/home/ana/a.ipynb'])]).toEqual([
    ['/home/hadoop/a.ipynb', join(folder, 'home', 'hadoop', 'a.ipynb')],
    ['/var/lib/jupyter/home/ana/a.ipynb', join(folder, 'var', 'lib', 'jupyter', 'home', 'ana', 'a.ipynb')],
  ]);
});

test('no file leads out of the folder, and none takes the place of another', () => {
  const part = fc.oneof(fc.constantFrom('..', '.', 'A', 'a', 'b:c', 'b*c', 'con', ' '), fc.string());
  const path = fc.array(part, { minLength: 1 }).map((parts) => `/x/${parts.join('/')}`);
  fc.assert(
    fc.property(fc.uniqueArray(path), (paths) => {
      const places = [...localPlaces(folder, paths).values()];
      expect(places.every((place) => place.startsWith(join(folder, 'x')))).toBe(true);
      expect(new Set(places.map((place) => place.toLowerCase())).size).toBe(paths.length);
    }),
  );
});
