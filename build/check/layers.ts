import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { type ESTree, Visitor } from 'vite';
import { lineOf, parseSources, type SourceFile } from './sources';

/** One import as the rules see it: both ends are our paths (`shared/model/tab.ts`) or package names (`zod`). */
interface Import {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

interface Rule {
  readonly why: string;
  readonly from: RegExp;
  /** Allows nothing else when set. */
  readonly onlyTo?: RegExp;
  readonly neverTo?: RegExp;
}

const rules: readonly Rule[] = [
  {
    why: 'shared runs everywhere: it sees itself and zod',
    from: /^shared\//,
    onlyTo: /^(shared\/|zod$)/,
  },
  {
    why: 'the renderer is a web page: it sees itself, shared and UI libraries',
    from: /^renderer\//,
    onlyTo:
      /^(renderer\/|shared\/|(react|react-dom|react-aria-components|@leeoniya\/ufuzzy|react-i18next|i18next|lucide-react|uplot|zustand|zod)($|\/))/,
  },
  {
    why: 'the main process has no UI in it',
    from: /^electron\//,
    neverTo: /^(renderer\/|react|zustand|lucide)/,
  },
  {
    why: 'the product does not know how it is built and tested; only its icons lie in build',
    from: /^(shared|renderer|electron)\//,
    neverTo: /^(build\/(?!icons\/)|tests\/)/,
  },
  {
    why: 'only electron/ssh knows ssh2; all else sees a Transport',
    from: /^(?!electron\/ssh\/|tests\/)/,
    neverTo: /^ssh2($|\/)/,
  },
  {
    why: 'connections, network, diagnosis, tunnels, gateway, Jupyter, meters and AWS work without SSH library, IPC, desktop and Electron',
    from: /^electron\/(connection|network|diagnosis|tunnel|gateway|jupyter|meter|aws)\//,
    neverTo: /^(electron\/(ssh|ipc|desktop)\/|electron($|\/(main|renderer|common)$))/,
  },
  {
    why: 'the network thread is a thread of Node: it has no Electron',
    from: /^electron\/network-worker\.ts$/,
    neverTo: /^electron($|\/(main|renderer|common)$)/,
  },
  {
    why: "only electron/aws/sdk knows AWS's library, and it can make no call that is not in its table",
    from: /^(?!electron\/aws\/sdk\/|tests\/)/,
    neverTo: /^@(aws-sdk|smithy)\//,
  },
  {
    why: 'electron/main.ts is where everything is put together: only the launch loads it',
    from: /^(?!electron\/launch\.ts$)/,
    neverTo: /^electron\/main\.ts$/,
  },
  {
    why: 'the parts of the composition root belong to electron/main.ts and its network thread alone',
    from: /^(?!electron\/(main\.ts$|network-worker\.ts$|composition\/))/,
    neverTo: /^electron\/composition\//,
  },
  {
    why: 'what services do must not depend on who calls them over IPC',
    from: /^electron\/(?!main\.ts|launch\.ts|preload\.ts|ipc\/)/,
    neverTo: /^electron\/ipc\//,
  },
];

const extensions = ['', '.ts', '.tsx', '.mts', '.mjs', '.d.ts', '/index.ts'];

/** All files that the rules are about. */
export function layeredSources(): readonly SourceFile[] {
  return parseSources(['shared', 'renderer', 'electron', 'build', 'tests']);
}

/** Every import that breaks the dependency direction of the house, and every cycle of imports. */
export function findLayerProblems(sources: readonly SourceFile[]): readonly string[] {
  const imports = sources.flatMap(importsOf);
  return [...imports.flatMap(brokenRules), ...findCycles(imports)];
}

function brokenRules({ from, to, line }: Import): readonly string[] {
  return rules
    .filter((rule) => rule.from.test(from))
    .filter((rule) => (rule.onlyTo !== undefined && !rule.onlyTo.test(to)) || rule.neverTo?.test(to))
    .map((rule) => `${from}:${line} imports ${to}: ${rule.why}`);
}

function importsOf(file: SourceFile): readonly Import[] {
  const imports: Import[] = [];
  const add = (source: ESTree.Expression | ESTree.StringLiteral | null): void => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
    imports.push({ from: file.path, to: target(file.path, source.value), line: lineOf(file, source.start) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
  }).visit(file.program);
  return imports;
}

function target(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const path = posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));
  return extensions.map((extension) => path + extension).find(isFile) ?? path;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function findCycles(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push(`cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}`);
      return;
    }
    if (done.has(path)) return;
    for (const to of targets.get(path) ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return cycles;
}
