import { describe, expect, test } from 'vitest';
import { errorCodes, errorTable } from '../../../shared/errors/error-codes';
import { catalogues } from '../../../shared/i18n/catalogues';
import { noticeCodes } from '../../../shared/model/app';
import { demoSteps } from '../../../shared/model/demo';
import { stepKinds } from '../../../shared/model/diagnosis';
import { findingTable, remedies } from '../../../shared/model/diagnosis-finding';
import { logCodes } from '../../../shared/model/log-entry';
import { emptyMachineDraft, MachineDraft, mostTags, usualAgent } from '../../../shared/model/machine';
import { notebookSteps } from '../../../shared/model/notebook';
import { TunnelDraft } from '../../../shared/model/tunnel';
import { sampleTunnel, uuid } from '../../support/samples';

type Texts = { readonly [key: string]: string | Texts };

function textAt(texts: Texts, path: string): string | undefined {
  let part: string | Texts | undefined = texts;
  for (const key of path.split('/')) part = typeof part === 'object' ? part[key] : undefined;
  return typeof part === 'string' ? part : undefined;
}

const placeholdersOf = (text: string): string[] => [...new Set(text.match(/\{\{[^}]*\}\}/g) ?? [])].sort();

const actions = [...new Set(errorCodes.map((code) => errorTable[code].action))].filter((a) => a !== 'none');

/** What the way to a machine can be wrong about; the other rules are those of single fields. */
const wayProblems = ['jump-loop', 'jump-machine-missing'];

/** What every field of a draft complains about when it is empty, too long or of forbidden characters. */
function validationMessages(): string[] {
  const wrongTexts = ['', 'a b', '-x', 'a\nb', 'x'.repeat(5000)];
  const jump = { kind: 'inline', host: 'a', port: 22, user: 'a', identity: usualAgent };
  const manyJumps = Array.from({ length: 11 }, () => jump);
  const drafts = [
    { ...emptyMachineDraft, route: { ...emptyMachineDraft.route, jumps: manyJumps } },
    ...wrongTexts.map((text) => ({ ...emptyMachineDraft, name: text, workingFolder: text })),
    ...wrongTexts.map((text) => ({
      ...emptyMachineDraft,
      route: { ...emptyMachineDraft.route, host: text, port: 0, user: text },
    })),
    ...[...wrongTexts, '%x'].map((line) => ({
      ...emptyMachineDraft,
      route: { ...emptyMachineDraft.route, proxy: { kind: 'command', line } },
    })),
    {
      ...emptyMachineDraft,
      instance: {
        accountId: uuid(1),
        instanceId: 'x',
        address: 'public',
        ifStopped: 'ask',
        sessionManager: 'never',
        pushesKey: false,
      },
    },
    ...wrongTexts.map((text) => ({ ...emptyMachineDraft, identity: { kind: 'keyFile', path: text } })),
    ...wrongTexts.map((text) => ({
      ...emptyMachineDraft,
      identity: { ...usualAgent, socketPath: text, pinnedKey: text },
    })),
    ...[...wrongTexts.map((text) => [text]), ['a', 'A'], Array(mostTags + 1).fill('a')].map((tags) => ({
      ...emptyMachineDraft,
      tags,
    })),
    ...wrongTexts.map((text) => ({ ...emptyMachineDraft, notebook: { kind: 'environment', path: text } })),
    ...[0, Number.NaN].map((afterHours) => ({
      ...emptyMachineDraft,
      idlePolicy: { kind: 'stop', afterHours },
    })),
    ...wrongTexts.map((names) => ({ ...emptyMachineDraft, notebook: { kind: 'module', names } })),
    ...wrongTexts.map((text) => ({ ...emptyMachineDraft, notebook: { kind: 'command', line: text } })),
    ...[...wrongTexts, '--rm'].flatMap((text) =>
      [1, 31].map((count) => ({
        ...emptyMachineDraft,
        notebook: {
          ...{ kind: 'image', engine: 'auto', image: text, usesGpus: false },
          volumes: Array(count).fill(text),
          options: Array(count).fill(text),
        },
      })),
    ),
  ];
  const issues = [
    ...drafts.flatMap((draft) => MachineDraft.safeParse(draft).error?.issues ?? []),
    ...wrongTunnels(wrongTexts).flatMap((draft) => TunnelDraft.safeParse(draft).error?.issues ?? []),
  ];
  return [...new Set(issues.map(({ message }) => message))];
}

function wrongTunnels(wrongTexts: readonly string[]): readonly object[] {
  const { isOn: _, ...tunnel } = sampleTunnel(1);
  const { forward } = tunnel;
  return [
    ...wrongTexts.map((text) => ({ ...tunnel, name: text })),
    ...[...wrongTexts, '0.0.0.0'].map((address) => ({
      ...tunnel,
      forward: { ...forward, listen: { kind: 'tcp', address, port: 1 } },
    })),
    ...wrongTexts.map((path) => ({
      ...tunnel,
      forward: { ...forward, target: { kind: 'unixSocket', path } },
    })),
  ];
}

const wanted: readonly {
  readonly name: string;
  readonly texts: (language: 'en' | 'pt-BR') => Texts;
  readonly paths: readonly string[];
}[] = [
  {
    name: 'error',
    texts: (language) => catalogues[language].errors,
    paths: errorCodes.flatMap((code) => [`${code}/what`, `${code}/todo`]),
  },
  { name: 'log entry', texts: (language) => catalogues[language].log, paths: logCodes },
  { name: 'notice', texts: (language) => catalogues[language].app.notices, paths: noticeCodes },
  {
    name: 'validation message',
    texts: (language) => catalogues[language].app.validation,
    paths: [...validationMessages(), ...wayProblems],
  },
  {
    name: 'notebook step',
    texts: (language) => catalogues[language].app.notebook.step,
    paths: notebookSteps,
  },
  { name: 'demo step', texts: (language) => catalogues[language].app.demo.step, paths: demoSteps },
  {
    name: 'finding',
    texts: (language) => catalogues[language].diagnosis.finding,
    paths: Object.keys(findingTable).flatMap((code) => [`${code}/what`, `${code}/todo`]),
  },
  {
    name: 'remedy',
    texts: (language) => catalogues[language].diagnosis.remedy,
    paths: remedies,
  },
  {
    name: 'step of the diagnosis',
    texts: (language) => catalogues[language].diagnosis.step,
    paths: stepKinds,
  },
  { name: 'action', texts: (language) => catalogues[language].app.error.action, paths: actions },
];

describe.each(wanted)('every $name', ({ texts, paths }) => {
  test.each(paths)('%s is said in both languages, of the same facts', (path) => {
    const english = textAt(texts('en'), path);
    const portuguese = textAt(texts('pt-BR'), path);
    expect(english).toBeTruthy();
    expect(portuguese).toBeTruthy();
    expect(placeholdersOf(portuguese ?? '')).toEqual(placeholdersOf(english ?? ''));
  });
});

test('the rules of a draft complain about all that can be wrong', () => {
  expect([...validationMessages(), ...wayProblems].sort()).toEqual(
    Object.keys(catalogues.en.app.validation).sort(),
  );
});
