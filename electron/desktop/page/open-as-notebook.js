// Runs in a Jupyter page. JupyterLab opens a script in its editor, though jupytext lets it be a notebook; where the
// page's address names a viewer, as Notebook 7 takes it by itself (`lab/tree/train.py?factory=...`), it gets that one.
(async () => {
  const configText = document.getElementById('jupyter-config-data')?.textContent;
  if (!configText || window.nuvemOpensAsNotebook) return;
  window.nuvemOpensAsNotebook = true;

  const lookEveryMs = 100;
  const startsWithinMs = 60_000;
  const opensWithinMs = 20_000;
  const memory = 'nuvem-text-notebooks';
  const pause = () => new Promise((resolve) => setTimeout(resolve, lookEveryMs));

  const { baseUrl, exposeAppInBrowser } = JSON.parse(configText);
  // JupyterLab rewrites the address while it starts; this is the one that was asked for.
  const asked = new URL(performance.getEntriesByType('navigation')[0].name);
  if (!asked.pathname.startsWith(`${baseUrl}lab/`)) return;
  const [, encodedPath] = /\/tree\/(.+)$/.exec(asked.pathname) ?? [];
  if (encodedPath === undefined) return;
  const path = decodeURIComponent(encodedPath);
  // A second page of the same JupyterLab is sent to a workspace of its own, and loses the rest of its address.
  const factory = asked.searchParams.get('factory') ?? sessionStorage.getItem(`${memory} ${path}`);
  if (factory === null) return;
  sessionStorage.setItem(`${memory} ${path}`, factory);
  if (String(exposeAppInBrowser).toLowerCase() !== 'true') return;

  for (const endMs = performance.now() + startsWithinMs; !window.jupyterapp; ) {
    if (performance.now() > endMs) return;
    await pause();
  }
  const app = window.jupyterapp;
  await app.restored;
  const shown = () =>
    [...app.shell.widgets('main')].filter(
      ({ context }) => context && (context.localPath ?? context.path) === path,
    );
  // Its own way of opening the file must have ended, or the editor would come after the notebook, and in front.
  for (const endMs = performance.now() + opensWithinMs; shown().length === 0; ) {
    if (performance.now() > endMs) break;
    await pause();
  }
  const isThere = app.docRegistry.getWidgetFactory(factory) !== undefined;
  // A script that names no kernel gets the server's first one, rather than a question.
  const { contents, kernelspecs } = app.serviceManager;
  await kernelspecs.ready;
  const { content } = await contents.get(path, { type: 'notebook', content: true });
  const name = content?.metadata?.kernelspec ? undefined : kernelspecs.specs?.default;
  const notebook = await app.commands.execute('docmanager:open', {
    path,
    factory: isThere ? factory : 'Notebook',
    ...(name && { kernel: { name } }),
  });
  for (const other of shown()) {
    if (
      notebook &&
      other.id !== notebook.id &&
      !('cells' in other.context.model) &&
      !other.context.model.dirty
    )
      other.close();
  }
})();
