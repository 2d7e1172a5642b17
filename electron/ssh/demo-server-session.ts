import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { constants } from 'node:os';
import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Connection, ServerChannel, Session } from 'ssh2';
import { spawnWithoutInheritance } from './spawn-without-inheritance';

export interface DemoShell {
  /** Absolute path of the user's login shell. */
  readonly path: string;
  /** The whole environment of its commands: nothing is inherited from the app. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where its commands start. */
  readonly homeFolder: string;
}

/** Serves a connection's `session` channels (RFC 4254, 6): each is one command or shell, without a terminal. */
export function serveSessions(connection: Connection, shell: DemoShell): void {
  const running = new Set<ChildProcessWithoutNullStreams>();
  connection.on('session', (accept) => {
    const session = accept();
    const run = (channel: ServerChannel, args: readonly string[]): void => {
      const child = startShell(shell, args);
      running.add(child);
      child.once('close', () => running.delete(child));
      channel.once('close', () => {
        if (running.delete(child)) hangUp(child);
      });
      attach(session, channel, child);
    };
    session.on('exec', (acceptExec, _reject, request) => run(acceptExec(), ['-c', request.command]));
    session.on('shell', (acceptShell) => run(acceptShell(), []));
  });
  connection.once('close', () => {
    for (const child of running) hangUp(child);
    running.clear();
  });
}

function startShell(shell: DemoShell, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawnWithoutInheritance(shell.path, args, {
    cwd: shell.homeFolder,
    env: shell.environment,
    // A leading dash tells a shell that it is a login shell.
    argv0: args.length === 0 ? `-${basename(shell.path)}` : basename(shell.path),
    // Its own session, as sshd does: what stops the app from a terminal must not stop the commands.
    detached: true,
  });
}

function attach(session: Session, channel: ServerChannel, child: ChildProcessWithoutNullStreams): void {
  forwardInput(channel, child);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  session.on('signal', (accept, reject, request) => {
    if (signalGroup(child, `SIG${request.name}`)) accept?.();
    else reject?.();
  });
  child.once('error', (error) => {
    channel.stderr.write(`${error.message}\n`);
    void finish(channel, () => channel.exit(127));
  });
  // Not `exit`: output may still be in the pipes. A detached grandchild that kept them holds the channel, as in sshd.
  child.once('close', (code, signal) => {
    if (child.pid === undefined) return;
    void finish(channel, () => {
      if (code !== null) channel.exit(code);
      else channel.exit((signal ?? 'SIGKILL').replace(/^SIG/, ''));
    });
  });
}

/** Nobody reads any more. What detached itself has a session of its own and does not hear this. */
function hangUp(child: ChildProcessWithoutNullStreams): void {
  if (child.exitCode === null && child.signalCode === null) signalGroup(child, 'SIGHUP');
  child.stdout.destroy();
  child.stderr.destroy();
}

function forwardInput(channel: ServerChannel, child: ChildProcessWithoutNullStreams): void {
  channel.pipe(child.stdin);
  // A command may end, or close its input, before it has read everything: the rest is read and dropped.
  child.stdin.on('error', () => channel.resume());
  child.stdin.on('close', () => channel.resume());
}

/** Sends what is still buffered, then the result, then closes the channel. */
async function finish(channel: ServerChannel, sendResult: () => void): Promise<void> {
  const closed = new Promise<void>((done) => channel.once('close', done));
  await Promise.race([Promise.all([flushed(channel), ended(channel.stderr)]), closed]);
  if (!channel.writable) return;
  sendResult();
  channel.end();
}

function flushed(stream: Writable): Promise<void> {
  return new Promise((done) => stream.write('', () => done()));
}

async function ended(stream: Writable): Promise<void> {
  stream.end();
  await finished(stream);
}

/** The whole process group, as sshd does; false when there is no such signal or nobody to get it. */
function signalGroup(child: ChildProcessWithoutNullStreams, name: string): boolean {
  if (child.pid === undefined || !Object.hasOwn(constants.signals, name)) return false;
  try {
    process.kill(-child.pid, name as NodeJS.Signals);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
