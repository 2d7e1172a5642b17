import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error';
import type { LogEntry } from '../../../../shared/model/log-entry';
import type { PromptId } from '../../../../shared/model/prompt';
import { FakeMain } from '../../../support/fake-main';
import { gpuMachine, hostKeyPrompt, manyMachines, sampleLog, uuid } from '../../../support/samples';

const [first, second] = manyMachines as [typeof gpuMachine, typeof gpuMachine];
const passwordPrompt = {
  kind: 'password',
  promptId: uuid<PromptId>(103),
  user: 'ana',
  host: 'gpu',
  wasWrong: false,
  canRemember: true,
} as const;

let main: FakeMain;

/** The stores are modules, and the bridge is there before they are: each test loads them anew. */
async function load<M>(importModule: () => Promise<M>): Promise<M> {
  vi.stubGlobal('window', { nuvem: main.bridge });
  return importModule();
}

beforeEach(() => {
  vi.resetModules();
  main = new FakeMain();
});

describe('the log of a machine', () => {
  const sequences = (entries: readonly LogEntry[] | undefined) => entries?.map(({ sequence }) => sequence);

  test('holds each entry once, in order, whether it was listed or sent', async () => {
    const { followLogs, loadLog, logsStore } = await load(
      () => import('../../../../renderer/stores/logs-store'),
    );
    followLogs();
    main.setLog(gpuMachine.id, sampleLog);
    main.emit.connections.logged({ machineId: gpuMachine.id, entries: sampleLog.slice(8) });
    await loadLog(gpuMachine.id);
    expect(sequences(logsStore.getState()[gpuMachine.id])).toEqual(sequences(sampleLog));
  });

  test('keeps the newest 2000 entries', async () => {
    const { acceptLogEntries, logsStore } = await load(
      () => import('../../../../renderer/stores/logs-store'),
    );
    const entries = Array.from({ length: 2100 }, (_, index) => ({
      ...(sampleLog[0] as LogEntry),
      sequence: index + 1,
    }));
    acceptLogEntries(gpuMachine.id, entries);
    const kept = logsStore.getState()[gpuMachine.id];
    expect([kept?.length, kept?.at(0)?.sequence, kept?.at(-1)?.sequence]).toEqual([2000, 101, 2100]);
  });
});

describe('the questions of several connections', () => {
  async function start() {
    const connections = await load(() => import('../../../../renderer/stores/connections-store'));
    const prompts = await import('../../../../renderer/stores/prompts-store');
    await connections.followConnections();
    prompts.followPrompts();
    const queue = () => prompts.promptsStore.getState().queue.map(({ prompt }) => prompt.promptId);
    return { ...prompts, queue };
  }

  test('queue in the order in which they came up', async () => {
    const { queue } = await start();
    main.setConnection(second.id, { kind: 'awaitingHostKey', prompt: hostKeyPrompt });
    main.setConnection(first.id, { kind: 'authenticating', isReconnect: false, prompt: passwordPrompt });
    expect(queue()).toEqual([hostKeyPrompt.promptId, passwordPrompt.promptId]);
  });

  test('leave when answered, also before the connection has heard of the answer', async () => {
    const { answerPrompt, queue } = await start();
    main.setConnection(first.id, { kind: 'awaitingHostKey', prompt: hostKeyPrompt });
    answerPrompt({ kind: 'hostKey', promptId: hostKeyPrompt.promptId, isAccepted: true });
    expect(queue()).toEqual([]);
    main.setConnection(first.id, { kind: 'awaitingHostKey', prompt: hostKeyPrompt });
    expect(queue()).toEqual([]);
    expect(main.calls.at(-1)).toEqual({
      name: 'connections.answer',
      input: { kind: 'hostKey', promptId: hostKeyPrompt.promptId, isAccepted: true },
    });
  });

  test('leave when the connection no longer waits for them', async () => {
    const { queue } = await start();
    main.setConnection(first.id, { kind: 'awaitingHostKey', prompt: hostKeyPrompt });
    main.setConnection(first.id, { kind: 'closed' });
    expect(queue()).toEqual([]);
  });
});

describe('notices', () => {
  const notice = {
    noticeId: '00000000-0000-4000-8000-000000000301',
    level: 'warning',
    code: 'store-reset',
    params: { file: 'machines.json' },
  } as const;

  test('show once, and the main process hears that one was seen', async () => {
    const { dismissToast, followNotices, noticesStore } = await load(
      () => import('../../../../renderer/stores/notices-store'),
    );
    await followNotices();
    main.postNotice(notice);
    main.postNotice(notice);
    expect(noticesStore.getState()).toHaveLength(1);
    dismissToast(notice.noticeId);
    expect(noticesStore.getState()).toEqual([]);
    expect(main.calls.at(-1)).toEqual({ name: 'app.dismissNotice', input: { noticeId: notice.noticeId } });
  });

  test('say why an action was refused, but not that the user cancelled it', async () => {
    const { noticesStore, showFailure } = await load(
      () => import('../../../../renderer/stores/notices-store'),
    );
    const { AppError } = await import('../../../../shared/errors/app-error');
    showFailure(new AppError('cancelled'));
    expect(noticesStore.getState()).toEqual([]);
    showFailure(new AppError('machine-not-found'));
    expect(noticesStore.getState()).toMatchObject([
      { kind: 'failure', report: { code: 'machine-not-found' } },
    ]);
  });
});

describe('the saved machines', () => {
  async function start() {
    const { followMachines, machinesStore } = await load(
      () => import('../../../../renderer/stores/machines-store'),
    );
    const shown = () => machinesStore.getState().machines.map(({ name }) => name);
    const lists = () => main.calls.filter(({ name }) => name === 'machines.list').length;
    return { followMachines, shown, lists };
  }
  const renamed = (name: string) => ({ ...first, name });

  test('are listed once and then follow what changes', async () => {
    main.setMachines([first, second]);
    const { followMachines, shown, lists } = await start();
    await followMachines();
    main.setMachines([renamed('a'), second]);
    main.setMachines([second, renamed('a')]);
    expect(shown()).toEqual([second.name, 'a']);
    main.setMachines([second]);
    expect(shown()).toEqual([second.name]);
    expect(lists()).toBe(1);
  });

  test('are right when they change while they are listed', async () => {
    main.setMachines([first, second]);
    const { followMachines, shown } = await start();
    const following = followMachines();
    main.setMachines([renamed('changed meanwhile'), second]);
    await following;
    expect(shown()).toEqual(['changed meanwhile', second.name]);
  });

  test('are listed again when a change went missing', async () => {
    main.setMachines([first, second]);
    const { followMachines, shown, lists } = await start();
    await followMachines();
    main.loseNextMachineChange();
    main.setMachines([renamed('lost'), second]);
    expect(shown()).toEqual([first.name, second.name]);
    main.setMachines([renamed('lost'), { ...second, name: 'heard of' }]);
    await vi.waitFor(() => expect(shown()).toEqual(['lost', 'heard of']));
    expect(lists()).toBe(2);
    main.setMachines([renamed('goes on'), second]);
    expect(shown()).toEqual(['goes on', second.name]);
  });
});

describe('the start of the window', () => {
  test('waits for no desktop that is slow to say whether it has a tray', async () => {
    main.hasTray = new Promise(() => undefined);
    const { followAll } = await load(() => import('../../../../renderer/stores/follow-all'));
    await followAll();
    const { appInfoStore, trayStore } = await import('../../../../renderer/stores/app-info-store');
    expect(appInfoStore.getState()).toMatchObject({ platform: 'linux' });
    expect(trayStore.getState()).toEqual({ hasTray: null });
  });

  test('learns of a desktop without a tray once it answers', async () => {
    main.hasTray = Promise.resolve(false);
    const { askForTray, trayStore } = await load(() => import('../../../../renderer/stores/app-info-store'));
    askForTray();
    await vi.waitFor(() => expect(trayStore.getState()).toEqual({ hasTray: false }));
  });
});

describe('a file that the desktop opens', () => {
  test('waits until the user is done with the dialog that is open; the newest wins', async () => {
    const { followOfferedImports } = await load(
      () => import('../../../../renderer/stores/follow-offered-imports'),
    );
    const { closeDialog, openMachineEditor, viewStore } = await import(
      '../../../../renderer/stores/view-store'
    );
    followOfferedImports();
    openMachineEditor(null);
    main.emit.imports.offered({ kind: 'failed', error: new AppError('import-outdated').toReport() });
    const newest = {
      kind: 'failed',
      error: new AppError('import-file-newer', { path: '/x' }).toReport(),
    } as const;
    main.emit.imports.offered(newest);
    expect(viewStore.getState().dialog.kind).toBe('machineEditor');
    closeDialog();
    expect(viewStore.getState().dialog).toEqual({ kind: 'import', offered: newest });
    closeDialog();
    expect(viewStore.getState().dialog.kind).toBe('none');
  });
});
