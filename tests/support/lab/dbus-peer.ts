import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endChild, startSessionBus } from './session-bus';

/** A part of a desktop, in Python on a D-Bus of its own, that does what a test says. */
export interface DbusPeer {
  /** For programs that shall be on the same bus. */
  readonly env: Readonly<Record<string, string>>;
  /** Resolves with the answer to one request. Rejects with what Python said when it could not. */
  ask(request: object): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Starts a session bus and a script on it that answers each line of JSON with another one, and first says that it is
 * there. Rejects with what Python said when its D-Bus bindings are missing.
 */
export async function startDbusPeer(script: string): Promise<DbusPeer> {
  const bus = await startSessionBus();
  const { env } = bus;
  // Debian's own Python: the D-Bus bindings belong to it and to no other.
  const peer = spawn('/usr/bin/python3', [script], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  peer.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const { value: line, done } = await lines.next();
    if (done) throw new Error(`${script} ended: ${complaints}`);
    const { value, error } = JSON.parse(line) as { value?: unknown; error?: string };
    if (error !== undefined) throw new Error(`${script} could not: ${error}`);
    return value;
  };
  await answer();
  return {
    env,
    ask: (request) => {
      peer.stdin.write(`${JSON.stringify(request)}\n`);
      return answer();
    },
    stop: async () => {
      await endChild(peer);
      await bus.stop();
    },
  };
}
