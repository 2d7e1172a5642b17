import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

interface Answer {
  readonly id: number;
  readonly error?: string;
}

/**
 * A process that is asked by lines of JSON on its standard input and answers each by one line with the same `id`. Its
 * first line of JSON, without an id, says that it is ready.
 */
export class LineProcess<Ready> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly ready: Promise<Ready>;
  #nextId = 1;

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.#child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.ready = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('exit', (code) => {
        const error = `${command} ended with code ${code}`;
        reject(new Error(error));
        for (const [id, settle] of this.#waiting) settle({ id, error });
      });
      createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        if (!line.startsWith('{')) return;
        const said = JSON.parse(line) as Answer & Ready;
        if (said.id === undefined) resolve(said);
        else this.#waiting.get(said.id)?.(said);
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Rejects with what the process says is wrong. */
  async ask<Result>(task: Readonly<Record<string, unknown>> & { readonly kind: string }): Promise<Result> {
    await this.ready;
    const id = this.#nextId;
    this.#nextId += 1;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.stdin?.write(`${JSON.stringify({ ...task, id })}\n`);
    });
    this.#waiting.delete(id);
    if (answer.error !== undefined) throw new Error(`${task.kind}: ${answer.error}`);
    return answer as unknown as Result;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#child.exitCode !== null) return resolve();
      this.#child.once('exit', () => resolve());
      this.#child.kill();
    });
  }
}
