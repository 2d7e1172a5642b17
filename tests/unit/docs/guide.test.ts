import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scenes } from '../../support/fake-window/scenes';
import { pictureNames, scenePictures } from '../../support/guide/pictures';

const folder = 'docs/guide';
const languages = ['en', 'pt-BR'] as const;
const pagesOf = (language: string): readonly string[] => readdirSync(`${folder}/${language}`).sort();
const read = (language: string, page: string): string =>
  readFileSync(`${folder}/${language}/${page}`, 'utf8');

/** What both languages must have alike: the levels of the headings, the pictures, and where links lead. */
function outlineOf(language: string, page: string): readonly string[] {
  const text = read(language, page);
  return [...text.matchAll(/^(#+) |!\[[^\]]+\]\((\S+)\)/gm)].map(
    ([, heading, picture]) => heading ?? (picture === undefined ? '' : basename(picture)),
  );
}

const picturesOf = (language: string): readonly string[] =>
  pagesOf(language).flatMap((page) =>
    [...read(language, page).matchAll(/!\[[^\]]+\]\(\.\.\/images\/(\S+)\.png\)/g)].map(
      ([, path]) => path ?? '',
    ),
  );

describe('the user guide', () => {
  it('has the same pages, chapters and pictures in both languages', () => {
    expect(pagesOf('pt-BR')).toEqual(pagesOf('en'));
    for (const page of pagesOf('en'))
      expect([page, outlineOf('pt-BR', page)]).toEqual([page, outlineOf('en', page)]);
  });

  it.each(languages)('shows each picture that is taken for it in %s, and no other', (language) => {
    const names = pictureNames.map((name) => `${language}/${name}`).sort();
    expect([...new Set(picturesOf(language))].sort()).toEqual(names);
    const files = readdirSync(`${folder}/images/${language}`).map(
      (file) => `${language}/${basename(file, '.png')}`,
    );
    expect(files.sort()).toEqual(names);
  });

  it('takes its pictures of scenes that there are', () => {
    const known = scenes.map(({ name }) => name);
    expect(scenePictures.map(({ scene }) => scene).filter((scene) => !known.includes(scene))).toEqual([]);
  });

  it('has pictures that a clone can carry: less than 4 MB in all', () => {
    const sizes = languages.flatMap((language) =>
      readdirSync(`${folder}/images/${language}`).map(
        (file) => statSync(`${folder}/images/${language}/${file}`).size,
      ),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_000_000);
  });
});
