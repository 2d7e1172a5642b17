// Runs in a Jupyter page, as a function of a file's path below the server's folder and of whether it may be opened
// there. Resolves with true once this page shows the file in front, without loading anything anew.
async (path, mayOpen) => {
  const startsWithinMs = 60_000;
  const lookEveryMs = 100;
  const configText = document.getElementById('jupyter-config-data')?.textContent;
  if (!configText) return window.Jupyter?.notebook?.notebook_path === path;
  const { baseUrl, exposeAppInBrowser } = JSON.parse(configText);
  const isShownToScripts = String(exposeAppInBrowser).toLowerCase() === 'true';
  const deadline = performance.now() + startsWithinMs;
  while (isShownToScripts && !window.jupyterapp && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  const app = window.jupyterapp;
  if (!app) return false;
  await app.restored;
  for (const widget of app.shell.widgets('main')) {
    if ((widget.context?.localPath ?? widget.context?.path) !== path) continue;
    app.shell.activateById(widget.id);
    return true;
  }
  // Notebook 7 has a page for each file, and would open another window.
  if (!mayOpen || !`${location.pathname}/`.startsWith(`${baseUrl}lab/`)) return false;
  await app.commands.execute('docmanager:open', { path });
  return true;
};
