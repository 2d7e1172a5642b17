import { AppError } from '../../../../shared/errors/app-error';
import type { EmrLogKind } from '../../../../shared/model/emr-step';
import type { Transport } from '../../../connection/transport';
import { scriptInput } from '../../../jupyter/remote-script';
import type { TextEnd } from '../../s3/read-text-end';
import reader from '../node-files/remote/reader.sh?raw';
import log from './remote/log.sh?raw';

/** Where primary nodes have what steps wrote (EMR Management Guide, "View log files on the primary node"). */
export const emrStepLogsFolder = '/mnt/var/log/hadoop/steps';

export const nodeLogPath = (folder: string, stepId: string, kind: EmrLogKind): string =>
  `${folder}/${stepId}/${kind}`;

/**
 * The last `mostBytes` of a log on a machine, unpacked if only `path.gz` is there; null: neither is.
 * @throws AppError remote-shell-unsupported, remote-command-failed, connection-lost
 */
export async function readNodeLog(
  transport: Transport,
  path: string,
  mostBytes: number,
  random: (sizeBytes: number) => Buffer,
): Promise<TextEnd | null> {
  const mark = `nuvem${random(12).toString('hex')}`;
  // One more than is shown tells whether there is more.
  const values = { path, most: String(mostBytes + 1) };
  const stdin = scriptInput({ text: `${reader}\n${log}`, values }, mark);
  const { stdout } = await transport.exec('sh -s', { stdin, encoding: 'latin1' });
  if (!stdout.includes(`${mark} begin \n`)) throw new AppError('remote-shell-unsupported');
  const head = `${mark} content \n`;
  const at = stdout.indexOf(head);
  if (at < 0) return null;
  const bytes = Buffer.from(stdout.slice(at + head.length), 'latin1');
  return { text: bytes.subarray(-mostBytes).toString('utf8'), isCut: bytes.length > mostBytes };
}
