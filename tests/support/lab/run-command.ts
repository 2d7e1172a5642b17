import { spawn } from 'node:child_process';

/**
 * Runs a program without a shell and resolves with its standard output.
 * @throws Error naming the program, its exit code and what it wrote to standard error.
 */
export function runCommand(
  file: string,
  args: readonly string[],
  options: { readonly stdin?: string; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      cwd: options.cwd,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code}: ${stderr || stdout}`));
    });
    child.stdin.on('error', () => child.stdin.destroy());
    child.stdin.end(options.stdin ?? '');
  });
}
