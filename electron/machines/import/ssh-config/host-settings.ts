import { spelled } from './keywords';
import type { Origin, ResolvedHost } from './resolve-host';

/** Who reads the configuration: what its tokens and defaults stand for. */
export interface ConfigReader {
  /** Name of the user of this computer. */
  readonly localUser: string;
  readonly homeFolder: string;
  /** The configuration file, below which others may be included. */
  readonly path: string;
}

/** The value in force, null without one. */
export function settingOf({ settings }: ResolvedHost, keyword: string): string | null {
  return settings.get(keyword)?.[0]?.text ?? null;
}

export const settingsOf = ({ settings }: ResolvedHost, keyword: string): readonly string[] =>
  (settings.get(keyword) ?? []).flatMap(({ text }) => text ?? []);

/** A line as it would be shown, with its file unless that is the configuration itself. */
export function lineText({ keyword, rest, path }: Origin, reader: ConfigReader): string {
  const text = `${spelled(keyword)} ${rest}`;
  return path === reader.path ? text : `${text} (${path})`;
}

/** The number of a line of the configuration itself. */
export const lineNumber = ({ path, line }: Pick<Origin, 'path' | 'line'>, reader: ConfigReader) =>
  path === reader.path ? line : null;

/** What a host's tokens stand for. */
export interface TokenValues {
  readonly alias: string;
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
}

/**
 * A path with its tokens filled in (ssh_config(5), TOKENS); null when it holds one that only ssh can fill in: `%C`,
 * `%l`, `%L`, `%j`, `%i`, `%k`, or a variable of the environment. `~/` stays.
 */
export function expandPath(path: string, values: TokenValues, reader: ConfigReader): string | null {
  if (/\$\{/.test(path)) return null;
  let isKnown = true;
  const tokens: Readonly<Record<string, string>> = {
    '%': '%',
    d: reader.homeFolder,
    h: values.hostName,
    n: values.alias,
    p: String(values.port),
    r: values.user,
    u: reader.localUser,
  };
  const expanded = path.replace(/%(.?)/gs, (_, letter: string) => {
    const value = tokens[letter];
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown ? expanded : null;
}
