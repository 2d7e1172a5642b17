/** What one saved session of PuTTY says, wherever it was saved: texts, and in the registry also numbers. */
export interface PuttySession {
  /** As PuTTY shows it. */
  readonly name: string;
  /** Of the file it stands in; null in a file of its own. */
  readonly line: number | null;
  readonly settings: ReadonlyMap<string, string | number>;
}

/** A setting as text; empty when it is not there. */
export function textOf({ settings }: PuttySession, name: string): string {
  return String(settings.get(name) ?? '');
}

/** A setting as a number, read as C's `atoi` does; `fallback` when it is not there. */
export function numberOf({ settings }: PuttySession, name: string, fallback: number): number {
  const value = settings.get(name);
  if (value === undefined) return fallback;
  return typeof value === 'number' ? value | 0 : Number.parseInt(/^\s*[-+]?\d+/.exec(value)?.[0] ?? '0', 10);
}

/** A name as PuTTY writes it into a registry key or a file's name: bytes that could disturb as `%XX`. */
export function decodePuttyName(escaped: string): string {
  const bytes = Buffer.concat(
    escaped
      .split(/(%[0-9a-f]{2})/i)
      .map((part) => (/^%[0-9a-f]{2}$/i.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))),
  );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Windows' PuTTY writes names in the code page of its system.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
