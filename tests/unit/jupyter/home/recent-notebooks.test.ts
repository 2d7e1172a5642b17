import { expect, test } from 'vitest';
import { type FolderEntry, findRecentNotebooks } from '../../../../electron/jupyter/home/recent-notebooks';

/** Files by path, with when they were changed; folders come of themselves and are as new as the newest in them. */
function tree(files: Readonly<Record<string, number>>, unreadable: readonly string[] = []) {
  const listed: string[] = [];
  const list = async (folder: string): Promise<readonly FolderEntry[] | null> => {
    listed.push(folder);
    if (unreadable.includes(folder)) return null;
    const entries = new Map<string, FolderEntry>();
    for (const [path, modifiedMs] of Object.entries(files)) {
      if (folder !== '' && !path.startsWith(`${folder}/`)) continue;
      const [name = '', ...deeper] = path.slice(folder === '' ? 0 : folder.length + 1).split('/');
      const type = deeper.length > 0 ? 'directory' : name.endsWith('.ipynb') ? 'notebook' : 'other';
      const newest = Math.max(modifiedMs, entries.get(name)?.modifiedMs ?? 0);
      entries.set(name, { path: folder === '' ? name : `${folder}/${name}`, name, type, modifiedMs: newest });
    }
    return [...entries.values()];
  };
  return { list, listed };
}

test('finds notebooks in folders, newest first, and nothing else', async () => {
  const { list } = tree({ 'old.ipynb': 1, 'a/new.ipynb': 9, 'a/b/middle.ipynb': 5, 'a/data.csv': 20 });
  const { recent, isWhole } = await findRecentNotebooks(list);
  expect(recent.map(({ path }) => path)).toEqual(['a/new.ipynb', 'a/b/middle.ipynb', 'old.ipynb']);
  expect(isWhole).toBe(true);
});

test('scripts and texts that jupytext calls notebooks are none of them', async () => {
  const entry = (name: string) => ({ path: name, name, type: 'notebook', modifiedMs: 1 }) as const;
  const { recent } = await findRecentNotebooks(async () => [
    entry('README.md'),
    entry('a.py'),
    entry('A.IPYNB'),
  ]);
  expect(recent.map(({ path }) => path)).toEqual(['A.IPYNB']);
});

test('passes over hidden folders and libraries', async () => {
  const { list, listed } = tree({
    '.ipynb_checkpoints/x.ipynb': 9,
    'node_modules/y.ipynb': 8,
    'env/site-packages/z.ipynb': 7,
  });
  expect(await findRecentNotebooks(list)).toEqual({ recent: [], isWhole: true });
  expect(listed).toEqual(['', 'env']);
});

test('shows eight of many', async () => {
  const { list } = tree(
    Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`n${index}.ipynb`, index])),
  );
  const { recent } = await findRecentNotebooks(list);
  expect(recent.map(({ modifiedMs }) => modifiedMs)).toEqual([29, 28, 27, 26, 25, 24, 23, 22]);
});

test('looks into a few of very many folders, the newest, and says that there are more', async () => {
  const { list, listed } = tree(
    Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}/n.ipynb`, index])),
  );
  const { recent, isWhole } = await findRecentNotebooks(list);
  expect(listed).toHaveLength(24);
  expect(recent[0]).toEqual({ path: 'f999/n.ipynb', modifiedMs: 999 });
  expect(isWhole).toBe(false);
});

test('does not go deeper than three folders, and says so', async () => {
  const { list } = tree({ 'a/b/c/deep.ipynb': 9, 'a/b/near.ipynb': 1 });
  const { recent, isWhole } = await findRecentNotebooks(list);
  expect(recent.map(({ path }) => path)).toEqual(['a/b/near.ipynb']);
  expect(isWhole).toBe(false);
});

test('a folder that cannot be read hides no other', async () => {
  const { list } = tree({ 'a/one.ipynb': 9, 'b/two.ipynb': 1 }, ['a']);
  expect((await findRecentNotebooks(list)).recent.map(({ path }) => path)).toEqual(['b/two.ipynb']);
});
