import { expect, test } from 'vitest';
import { pageOf, pageOfFile } from '../../../electron/jupyter/server-page';

test('a server begins with its own kind of page', () => {
  expect(pageOf('lab').path).toBe('lab');
  expect(pageOf('notebook').path).toBe('tree');
  expect(pageOf('classic').path).toBe('tree');
});

test('a file is shown by what the server has for it, under its name', () => {
  expect(pageOfFile('lab', 'a/train.ipynb')).toEqual({
    path: 'lab/tree/a/train.ipynb',
    title: 'train.ipynb',
  });
  expect(pageOfFile('classic', 'train.ipynb').path).toBe('notebooks/train.ipynb');
  expect(pageOfFile('classic', 'a/train.py').path).toBe('edit/a/train.py');
});

test('a folder is shown as a list of what is in it', () => {
  expect(pageOfFile('lab', 'a/b/')).toEqual({ path: 'lab/tree/a/b', title: 'b' });
  expect(pageOfFile('classic', 'a/b/')).toEqual({ path: 'tree/a/b', title: 'b' });
});

test('whatever is in its name stays its name', () => {
  expect(pageOfFile('lab', 'São Paulo/50% #2?.ipynb').path).toBe(
    'lab/tree/S%C3%A3o%20Paulo/50%25%20%232%3F.ipynb',
  );
});

test('a script is a notebook where its server takes it for one, by the viewer of jupytext', () => {
  expect(pageOfFile('lab', 'a/train.py', true)).toEqual({
    path: 'lab/tree/a/train.py?factory=Jupytext%20Notebook',
    title: 'train.py',
  });
  expect(pageOfFile('notebook', 'train.py', true).path).toBe(
    'notebooks/train.py?factory=Jupytext%20Notebook',
  );
  expect(pageOfFile('classic', 'train.py', true).path).toBe('notebooks/train.py');
});
