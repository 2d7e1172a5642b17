import { StringDecoder } from 'node:string_decoder';
import { AppError } from '../../../shared/errors/app-error';
import { journalLinesAtMost, type UnitId } from '../../../shared/model/service-unit';
import type { Transport } from '../../connection/transport';
import { redact } from '../redact';
import { scriptInput } from '../remote-script';
import script from './remote/journal.sh?raw';

/**
 * Tells the last lines of a service's journal (`isFirst`) and then each new one, without tokens, until `signal`
 * aborts; resolves then. Nothing goes on running on the machine.
 * @throws AppError `connection-lost`, also when the machine ended it; `channel-refused`
 */
export async function followJournal(
  transport: Transport,
  id: UnitId,
  onLines: (lines: readonly string[], isFirst: boolean) => void,
  { random, signal }: { readonly random: (sizeBytes: number) => Buffer; readonly signal: AbortSignal },
): Promise<void> {
  const mark = `nuvem${random(12).toString('hex')}`;
  const stream = await transport.openCommand('sh -s');
  const end = () => void stream.destroy();
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let isFirst = true;
  try {
    await new Promise<void>((resolve) => {
      stream.on('data', (chunk: Buffer) => {
        const lines = `${rest}${decoder.write(chunk)}`.split('\n');
        rest = lines.pop() ?? '';
        const news = redact(lines.filter((line) => !line.startsWith(`${mark} `)));
        if (news.length === 0 || signal.aborted) return;
        onLines(news.slice(-journalLinesAtMost), isFirst);
        isFirst = false;
      });
      stream.once('error', () => resolve());
      stream.once('close', () => resolve());
      // Its input stays open: the script ends with it.
      stream.write(scriptInput({ text: script, values: { id, lines: '200' } }, mark));
    });
    if (!signal.aborted) throw new AppError('connection-lost');
  } finally {
    signal.removeEventListener('abort', end);
    stream.on('error', () => undefined).destroy();
  }
}
