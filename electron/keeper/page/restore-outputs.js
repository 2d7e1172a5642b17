// Runs in a Jupyter page. Puts the outputs that the keeper has kept into the cells of a notebook that is opened: those
// of executions that went on after the file was last saved. Without a keeper nobody answers, and nothing happens.
(() => {
  const config = document.getElementById('jupyter-config-data');
  const classicBase = document.body.dataset.baseUrl;
  const isClassic = document.body.dataset.notebookPath !== undefined && classicBase !== undefined;
  if ((config === null && !isClassic) || window.nuvemRestoresOutputs) return;
  window.nuvemRestoresOutputs = true;

  const lookEveryMs = 500;
  const tryAgainMs = 2_000;
  const pageWaitMs = 120_000;

  const pause = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));

  /** Null: not known to the keeper, or there is no keeper. */
  async function ask(baseUrl, path) {
    for (;;) {
      const answer = await fetch(`${baseUrl}nuvem-kept/${path}`).catch(() => null);
      if (answer?.ok) return answer.json();
      if (answer !== null && answer.status < 500) return null;
      await pause(tryAgainMs);
    }
  }

  /** The last execution of every cell that the saved file cannot know all of. */
  function unsaved(executions, savedAtSeconds, keyOf) {
    const last = new Map();
    for (const one of executions) {
      if (one.isRunning || one.changedAt > savedAtSeconds) last.set(keyOf(one), one);
    }
    return [...last.values()].sort((one, other) => one.startedAt - other.startedAt);
  }

  /** Replays what an execution has put out, and goes on until it has ended or `isStopped`. */
  async function replay(baseUrl, execution, cell, isStopped) {
    cell.begin();
    for (let from = 0; ; ) {
      const told = await ask(baseUrl, `executions/${encodeURIComponent(execution.id)}?from=${from}`);
      if (told === null || isStopped()) return;
      for (const event of told.events) cell.put(event);
      from = told.next;
      cell.count(told.isRunning ? null : told.count);
      if (told.isRunning) continue;
      if (told.gap !== null)
        cell.put({ type: 'stream', content: { name: 'stderr', text: `\n${told.gap}\n` } });
      return;
    }
  }

  // JupyterLab 4 and Notebook 7

  async function restoreInPanel(baseUrl, panel) {
    await panel.context.ready;
    await panel.sessionContext.ready;
    const kernel = panel.sessionContext.session?.kernel;
    if (!kernel) return;
    const runAgain = new Set();
    kernel.anyMessage.connect((_kernel, { msg, direction }) => {
      if (direction === 'send' && msg.header.msg_type === 'execute_request')
        runAgain.add(msg.metadata.cellId);
    });
    const executions = await ask(baseUrl, `kernels/${encodeURIComponent(kernel.id)}`);
    const savedAt = Date.parse(panel.context.contentsModel?.last_modified ?? '') / 1000;
    if (executions === null || Number.isNaN(savedAt)) return;
    const all = unsaved(
      executions.filter(({ cellId }) => typeof cellId === 'string' && !runAgain.has(cellId)),
      savedAt,
      ({ cellId }) => cellId,
    );
    let before = -1;
    for (const execution of all) {
      const at = placeOf(panel.content.model, execution, before, savedAt);
      if (at === -1) continue;
      before = at;
      void replay(
        baseUrl,
        execution,
        labCell(panel.content, execution.cellId),
        () => panel.isDisposed || runAgain.has(execution.cellId),
      );
    }
  }

  /** Where the execution's cell is; a cell that was run but never saved is made anew. -1: it was removed. */
  function placeOf(model, { cellId, code, startedAt }, before, savedAt) {
    const isNewer = startedAt > savedAt;
    const { sharedModel } = model;
    for (let at = 0; at < sharedModel.cells.length; at += 1) {
      const cell = sharedModel.cells[at];
      if (cell.id !== cellId) continue;
      if (isNewer && cell.getSource() !== code) cell.setSource(code);
      return at;
    }
    if (!isNewer) return -1;
    const last = sharedModel.cells.length - 1;
    const isLastEmpty = last > before && sharedModel.cells[last].getSource().trim() === '';
    const at = before >= 0 ? before + 1 : isLastEmpty ? last : last + 1;
    sharedModel.insertCell(at, { cell_type: 'code', id: cellId, source: code, metadata: {}, outputs: [] });
    return at;
  }

  function labCell(notebook, cellId) {
    const model = () => [...notebook.model.cells].find(({ id }) => id === cellId);
    const shown = new Map();
    return {
      begin() {
        const cell = model();
        if (cell === undefined) return;
        // The user ran it, and the outputs come from there.
        cell.trusted = true;
        cell.outputs.clear();
      },
      put({ type, content, metadata }) {
        const outputs = model()?.outputs;
        if (outputs === undefined || type === 'execute_input') return;
        const { transient, ...output } = { ...content, output_type: type };
        const id = transient?.display_id;
        if (type === 'clear_output') {
          shown.clear();
          outputs.clear(content.wait);
        } else if (type === 'update_display_data') {
          for (const at of shown.get(id) ?? []) outputs.set(at, { ...output, output_type: 'display_data' });
        } else {
          outputs.add(type === 'stream' || type === 'error' ? output : { metadata, ...output });
          if (id !== undefined) shown.set(id, [...(shown.get(id) ?? []), outputs.length - 1]);
        }
      },
      count(count) {
        const cell = model();
        if (cell === undefined) return;
        cell.executionCount = count;
        if ('executionState' in cell) cell.executionState = count === null ? 'running' : 'idle';
        else if (count === null) notebook.widgets.find((widget) => widget.model === cell)?.setPrompt('*');
      },
    };
  }

  async function restoreInLab(baseUrl) {
    const seen = new WeakSet();
    for (;;) {
      for (const panel of window.jupyterapp.shell.widgets('main')) {
        if (seen.has(panel) || !panel.sessionContext || !panel.context || !panel.content?.widgets) continue;
        seen.add(panel);
        restoreInPanel(baseUrl, panel).catch((error) =>
          console.error('Nuvem could not restore outputs', error),
        );
      }
      await pause(lookEveryMs);
    }
  }

  // The classic notebook, whose kernel messages do not tell the cell: the code does

  async function restoreInClassic(baseUrl, notebook) {
    const runAgain = new Set();
    notebook.events.on('execute.CodeCell', (_event, { cell }) => runAgain.add(cell));
    const executions = await ask(baseUrl, `kernels/${encodeURIComponent(notebook.kernel.id)}`);
    const savedAt = notebook.last_modified?.getTime() / 1000;
    if (executions === null || Number.isNaN(savedAt)) return;
    for (const execution of unsaved(executions, savedAt, ({ code }) => code)) {
      const cells = notebook.get_cells().filter((cell) => cell.cell_type === 'code');
      let cell = cells.find((one) => one.get_text() === execution.code);
      if (cell === undefined && execution.startedAt <= savedAt) continue;
      if (cell === undefined) {
        const last = cells.at(-1);
        cell = last?.get_text().trim() === '' ? last : notebook.insert_cell_at_bottom('code');
        cell.set_text(execution.code);
      }
      void replay(baseUrl, execution, classicCell(cell), () => runAgain.has(cell));
    }
  }

  const classicCell = (cell) => ({
    begin: () => cell.clear_output(false, true),
    put({ type, content, metadata = {} }) {
      if (type === 'execute_input') return;
      if (type === 'clear_output') cell.output_area.handle_clear_output({ content });
      else cell.output_area.handle_output({ header: { msg_type: type }, msg_type: type, content, metadata });
    },
    count: (count) => cell.set_input_prompt(count ?? '*'),
  });

  async function start() {
    const deadline = performance.now() + pageWaitMs;
    for (; performance.now() < deadline; await pause(lookEveryMs)) {
      if (window.jupyterapp) return restoreInLab(JSON.parse(config.textContent).baseUrl);
      const notebook = window.Jupyter?.notebook;
      if (isClassic && notebook?.kernel?.id && notebook._fully_loaded)
        return restoreInClassic(classicBase, notebook);
    }
  }

  void start();
})();
