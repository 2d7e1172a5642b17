import { StringDecoder } from 'node:string_decoder';
import type { Client, ClientChannel } from 'ssh2';
import { AppError } from '../../shared/errors/app-error';
import type { ExecOptions, ExecResult } from '../connection/transport';
import type { Clock } from '../system/clock';
import { killCommand } from './ssh2-internals';

const defaultTimeoutMs = 60_000;
const largestOutputBytes = 32 * 1024 * 1024;

/**
 * Feeds a running command and collects what it writes. Settles only once both outputs have ended.
 * @throws remote-command-failed on time-out or too much output, cancelled when aborted
 */
export function collect(
  client: Client,
  channel: ClientChannel,
  options: ExecOptions,
  clock: Clock,
): Promise<ExecResult> {
  const { stdin, timeoutMs = defaultTimeoutMs, signal, encoding = 'utf8', onOutput } = options;
  const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString(encoding);
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let sizeBytes = 0;
    const settle = () => {
      cancelTimer();
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: AppError) => {
      settle();
      killCommand(client, channel);
      channel.close();
      channel.resume();
      channel.stderr.resume();
      reject(error);
    };
    const onAbort = () => fail(new AppError('cancelled'));
    const cancelTimer =
      timeoutMs === null
        ? () => undefined
        : clock.after(timeoutMs, () => {
            const seconds = Math.round(timeoutMs / 1000);
            fail(new AppError('remote-command-failed', { reason: 'timed-out', seconds }));
          });
    const keep = (chunks: Buffer[]) => (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > largestOutputBytes)
        fail(new AppError('remote-command-failed', { reason: 'too-much-output' }));
      else chunks.push(chunk);
    };
    if (onOutput === undefined) channel.on('data', keep(stdout));
    else {
      const decoder = new StringDecoder(encoding);
      channel.on('data', (chunk: Buffer) => onOutput(decoder.write(chunk)));
    }
    channel.stderr.on('data', keep(stderr));
    const stderrEnded = new Promise((done) => channel.stderr.once('close', done));
    channel.once('close', (exitCode?: number | null) => {
      void stderrEnded.then(() => {
        settle();
        resolve({ exitCode: exitCode ?? null, stdout: text(stdout), stderr: text(stderr) });
      });
    });
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) return onAbort();
    channel.end(stdin ?? '');
  });
}
