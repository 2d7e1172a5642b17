import { describe, expect, test } from 'vitest';
import { findLayerProblems } from '../../../build/check/layers';
import { parseSource } from '../../../build/check/sources';

const problemsOf = (path: string, text: string) => findLayerProblems([parseSource(path, text)]);

describe('allowed', () => {
  test.each([
    ['shared/model/a.ts', "import { z } from 'zod'; import { b } from './b';"],
    [
      'renderer/a.tsx',
      "import { useState } from 'react'; import { Machine } from '../shared/model/machine';",
    ],
    ['electron/ssh/a.ts', "import { Client } from 'ssh2'; import { readFile } from 'node:fs/promises';"],
    ['electron/connection/a.ts', "import type { Transport } from './transport';"],
    ['electron/desktop/tray.ts', "import icon from '../../build/icons/tray-16.png?inline';"],
  ])('%s: %s', (path, text) => {
    expect(problemsOf(path, text)).toEqual([]);
  });
});

describe('forbidden', () => {
  test.each([
    ['shared/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['shared/a.ts', "import { x } from '../electron/x';"],
    ['renderer/a.ts', "import { ipcRenderer } from 'electron';"],
    ['renderer/a.ts', "import type { Store } from '../electron/machines/store';"],
    ['electron/a.ts', "import { useState } from 'react';"],
    ['electron/tunnel/a.ts', "import { Client } from 'ssh2';"],
    ['electron/gateway/a.ts', "import { session } from 'electron';"],
    ['electron/jupyter/a.ts', "export * from '../ssh/transport';"],
    ['electron/connection/a.ts', "const desktop = import('../desktop/tray');"],
    ['electron/keys/a.ts', "type Call = import('../ipc/register').Call;"],
    ['electron/a.ts', "import { start } from '../tests/support/start';"],
  ])('%s: %s', (path, text) => {
    expect(problemsOf(path, text)).toHaveLength(1);
  });

  test('a problem names file, line, target and reason', () => {
    expect(problemsOf('shared/a.ts', "\n\nimport { app } from 'electron';")).toEqual([
      'shared/a.ts:3 imports electron: shared runs everywhere: it sees itself and zod',
    ]);
  });
});

test('a cycle is found', () => {
  const sources = [
    parseSource('shared/model/settings', "import './tab';"),
    parseSource('shared/model/tab', "import './settings';"),
  ];
  // These exist, so that imports without an ending find them.
  const named = sources.map((source) => ({ ...source, path: `${source.path}.ts` }));
  expect(findLayerProblems(named)).toEqual([
    'cycle: shared/model/settings.ts -> shared/model/tab.ts -> shared/model/settings.ts',
  ]);
});
