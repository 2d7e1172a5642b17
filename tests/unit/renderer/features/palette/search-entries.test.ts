import { describe, expect, it } from 'vitest';
import type { EntryKind, PaletteEntry } from '../../../../../renderer/features/palette/palette-entry';
import { EntrySearch, mergeFound } from '../../../../../renderer/features/palette/search-entries';

const entry = (kind: EntryKind, title: string, part: Partial<PaletteEntry> = {}): PaletteEntry => ({
  id: `${kind} ${title}`,
  kind,
  title,
  detail: '',
  run: () => undefined,
  ...part,
});
const titles = (entries: readonly PaletteEntry[], search: string) =>
  new EntrySearch(entries).find(search).map(({ entry: { title } }) => title);

describe('an entry is found', () => {
  const settings = entry('action', 'Configurações…', { otherTitle: 'Settings…' });

  it('with and without accents, in the language shown and in the other one', () => {
    for (const search of ['configurações', 'configuracoes', 'CONFIG', 'settings'])
      expect([search, titles([settings], search)]).toEqual([search, ['Configurações…']]);
  });

  it('with its words in any order, and with a slip', () => {
    const tab = entry('action', 'Reopen closed tab');
    expect(titles([tab], 'tab reop')).toEqual(['Reopen closed tab']);
    expect(titles([tab], 'reoopen')).toEqual(['Reopen closed tab']);
    expect(titles([tab], 'printer')).toEqual([]);
  });

  it('by what tells it from others', () => {
    expect(titles([entry('tab', 'JupyterLab', { detail: 'GPU box' })], 'gpu')).toEqual(['JupyterLab']);
  });

  it('with the part of its title marked that matched, and nothing beyond it', () => {
    const [found] = new EntrySearch([entry('action', 'Zoom in', { otherTitle: 'Ampliar zoom' })]).find(
      'zoom',
    );
    expect(found?.ranges).toEqual([[0, 4]]);
  });
});

it('what begins with the search comes first, then words in it; alike ones machines before actions', () => {
  const entries = [
    entry('action', 'Reload page'),
    entry('action', 'Page zoom'),
    entry('machine', 'Pages of the lab'),
    entry('machine', 'Homepage'),
  ];
  const lists = [new EntrySearch(entries).find('page')];
  expect(mergeFound(lists, 'Page').map(({ entry: { title } }) => title)).toEqual([
    'Pages of the lab',
    'Page zoom',
    'Reload page',
    'Homepage',
  ]);
});

it('a server that was typed comes before all', () => {
  const lists = [
    [{ entry: entry('machine', 'ana@gpu'), ranges: [] }],
    [{ entry: entry('server', 'Connect to ana@gpu:22'), ranges: [] }],
  ];
  expect(mergeFound(lists, 'ana@gpu')[0]?.entry.kind).toBe('server');
});
