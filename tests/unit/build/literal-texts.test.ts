import { expect, test } from 'vitest';
import { findLiteralTexts } from '../../../build/check/i18n';
import { parseSource } from '../../../build/check/sources';

const textsIn = (jsx: string) => findLiteralTexts(parseSource('renderer/a.tsx', `const a = ${jsx};`));

test.each([
  '<p>Hello</p>',
  "<p>{'Hello'}</p>",
  '<>Hello</>',
  '<button aria-label="Close" />',
  '<input placeholder={"Name"} />',
  '<p>São Paulo</p>',
])('found: %s', (jsx) => {
  expect(textsIn(jsx)).toHaveLength(1);
});

test.each([
  "<p>{t('hello')}</p>",
  '<p className="big" id="title">·</p>',
  '<input placeholder="~/.ssh/id_ed25519" />',
  '<button aria-label={t("close")} />',
  '<p>{count} / {total}</p>',
])('fine: %s', (jsx) => {
  expect(textsIn(jsx)).toEqual([]);
});
