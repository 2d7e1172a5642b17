import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the desktop runs at login, by a file of the XDG Autostart specification. */
export interface AutostartFile {
  readonly path: string;
  /** False when it is not there, or the user or their desktop turned it off. Throws what reading throws. */
  isOn(): boolean;
  /** Does nothing when it says that already. Throws what writing throws; then the file is as it was. */
  write(command: { readonly path: string; readonly args: readonly string[] }): void;
  remove(): void;
}

/** Nuvem's file in a configuration folder (`$XDG_CONFIG_HOME`, usually `~/.config`). */
export function autostartFile(configFolder: string): AutostartFile {
  const path = join(configFolder, 'autostart', 'nuvem.desktop');
  return {
    path,
    isOn: () => {
      const text = read(path);
      return text !== null && !isTurnedOff(text);
    },
    write: (command) => {
      const text = autostartText(command);
      if (read(path) === text) return;
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // Moved into place, so that no login meets half a file.
      const temporary = `${path}.new`;
      writeFileSync(temporary, text, { mode: 0o644 });
      renameSync(temporary, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

/** As the Desktop Entry specification 1.5 has it. */
export function autostartText(command: { readonly path: string; readonly args: readonly string[] }): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Nuvem',
    `Exec=${[command.path, ...command.args].map(execArgument).join(' ')}`,
    'Icon=nuvem',
    'Terminal=false',
    'StartupNotify=false',
    '',
  ].join('\n');
}

/**
 * One argument of `Exec`: in quotes, `"`, `` ` ``, `$` and `\` with a backslash; each backslash once more, since
 * values of a desktop entry have escapes of their own; `%` begins a field code unless it is double.
 */
function execArgument(argument: string): string {
  const quoted = argument
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return `"${quoted}"`;
}

/** `Hidden` is the specification's, the other is what GNOME and those after it write. */
const isTurnedOff = (text: string): boolean =>
  /^\s*(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/m.test(text);

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
