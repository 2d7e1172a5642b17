import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface LabSessionPlugin {
  /** To be found by `PATH`. */
  readonly folder: string;
  /** The arguments of each run that carried a session. */
  calls(): Promise<readonly (readonly string[])[]>;
}

/**
 * A stand-in for AWS's session-manager-plugin, which is not to be had by registries: it takes the arguments and the
 * environment that the AWS CLI gives the plugin, says what the plugin says, and joins its standard input and output
 * to a TCP port, which the session's stream address names.
 */
export async function writeSessionPlugin(folder: string, version: string): Promise<LabSessionPlugin> {
  const path = join(folder, 'session-manager-plugin');
  const notes = join(folder, 'calls');
  await writeFile(notes, '');
  await writeFile(
    path,
    `#!${process.execPath}\n(${String(standIn)})(${JSON.stringify({ version, notes })});\n`,
  );
  await chmod(path, 0o755);
  return {
    folder,
    calls: async () =>
      (await readFile(notes, 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}

/** Runs in a process of its own: it knows nothing of this file. */
function standIn({ version, notes }: { readonly version: string; readonly notes: string }): void {
  const [variable, , operation, , request] = process.argv.slice(2);
  if (variable === '--version') {
    process.stdout.write(`${version}\n`);
    return;
  }
  if (variable !== 'AWS_SSM_START_SESSION_RESPONSE' || operation !== 'StartSession') process.exit(2);
  const { SessionId, StreamUrl, TokenValue } = JSON.parse(process.env[variable] ?? '');
  const { Target, DocumentName } = JSON.parse(request ?? '');
  if (!Target || !TokenValue || DocumentName !== 'AWS-StartSSHSession') process.exit(3);
  require('node:fs').appendFileSync(notes, `${JSON.stringify(process.argv.slice(2))}\n`);
  process.stdout.write(`\nStarting session with SessionId: ${SessionId}\n`);
  const socket = require('node:net').connect(Number(new URL(StreamUrl).port), '127.0.0.1');
  socket.on('error', (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  socket.on('close', () => process.exit(0));
  socket.pipe(process.stdout, { end: false });
  process.stdin.pipe(socket);
}
