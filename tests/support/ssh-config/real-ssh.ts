import { execFile } from 'node:child_process';

/** What the installed ssh makes of a configuration: its values by keyword, or null when it refuses the file. */
export type RealSettings = ReadonlyMap<string, readonly string[]> | null;

/** Runs `ssh -G`, which reads the configuration and connects to nothing. */
export function askSsh(configPath: string, alias: string, homeFolder: string): Promise<RealSettings> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, HOME: homeFolder };
    const child = execFile('ssh', ['-G', '-F', configPath, alias], { env }, (error, stdout) => {
      if (error !== null && typeof error.code !== 'number') return reject(error);
      resolve(error === null ? settingsOf(stdout) : null);
    });
    child.stdin?.end();
  });
}

function settingsOf(output: string): RealSettings {
  const settings = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const [, keyword, value = ''] = /^(\S+) ?(.*)$/s.exec(line) ?? [];
    if (keyword !== undefined) settings.set(keyword, [...(settings.get(keyword) ?? []), value]);
  }
  return settings;
}
