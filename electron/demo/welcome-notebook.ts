import type { DemoTexts } from './demo-texts';

const firstCell = [
  'import platform',
  '',
  'print("Python", platform.python_version(), "on", platform.node())',
  'sum(range(101))',
].join('\n');

/** The notebook that lies in the demo machine's folder (nbformat 4.5). */
export function welcomeNotebook(texts: DemoTexts): string {
  const notebook = {
    cells: [
      {
        id: 'welcome',
        cell_type: 'markdown',
        metadata: {},
        source: `# ${texts.notebookTitle}\n\n${texts.notebookText}`,
      },
      {
        id: 'first-cell',
        cell_type: 'code',
        metadata: {},
        execution_count: null,
        outputs: [],
        source: firstCell,
      },
    ],
    metadata: { kernelspec: { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
