import { z } from 'zod';
import type { Transport } from '../connection/transport';
import { type RemoteFact, runRemoteScript } from '../jupyter/remote-script';
import { parseJson } from '../jupyter/rest-request';
import takeEnds from './remote/take-ends.sh?raw';

const Note = z.looseObject({
  folder: z.string(),
  atSeconds: z.number(),
  afterSeconds: z.number(),
});

/** A server that was ended because nobody used it. */
export interface IdleEnd {
  readonly folder: string;
  /** By the clock of who ended it. */
  readonly atMs: number;
  /** For how long nothing had run. */
  readonly afterMs: number;
}

/** A part of a script on the machine: reports what `readIdleEnds` reads, each end once. */
export const takeIdleEndsScript = takeEnds;

export function readIdleEnds(facts: readonly RemoteFact[]): readonly IdleEnd[] {
  return facts.flatMap(({ name, value }) => {
    const note = name === 'idle-end' ? Note.safeParse(parseJson(value)) : null;
    if (note?.success !== true) return [];
    const { folder, atSeconds, afterSeconds } = note.data;
    return [{ folder, atMs: atSeconds * 1000, afterMs: afterSeconds * 1000 }];
  });
}

/** What keepers have ended since this was asked last. @throws AppError why the connection failed */
export async function takeIdleEnds(
  transport: Transport,
  random: (sizeBytes: number) => Buffer,
): Promise<readonly IdleEnd[]> {
  return readIdleEnds(await runRemoteScript(transport, { text: takeEnds, values: {} }, random));
}
