import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** A prime, so that no block size of a protocol hides a shift. */
const periodBytes = 99_991;

/** The same on every run, and unlike itself everywhere. */
const pattern = ((): Buffer => {
  const blocks = Array.from({ length: Math.ceil((2 * periodBytes) / 64) }, (_, index) =>
    createHash('sha512').update(String(index)).digest(),
  );
  const once = Buffer.concat(blocks).subarray(0, periodBytes);
  return Buffer.concat([once, once]);
})();

/** The bytes from `offset` on, at most a period of them. */
export function patternAt(offset: number, length: number): Buffer {
  const start = offset % periodBytes;
  return pattern.subarray(start, start + Math.min(length, periodBytes));
}

/** The first `totalBytes` of the pattern. */
export function patternStream(totalBytes: number): Readable {
  let offset = 0;
  return new Readable({
    read(): void {
      const chunk = patternAt(offset, Math.min(65_536, totalBytes - offset));
      offset += chunk.length;
      this.push(chunk.length === 0 ? null : chunk);
    },
  });
}

/** Compares what comes with the pattern. */
export class PatternCheck {
  receivedBytes = 0;
  wrongBytes = 0;

  take(chunk: Buffer): void {
    for (let done = 0; done < chunk.length; ) {
      const expected = patternAt(this.receivedBytes, chunk.length - done);
      const got = chunk.subarray(done, done + expected.length);
      if (!got.equals(expected))
        this.wrongBytes += got.filter((byte, index) => byte !== expected[index]).length;
      done += got.length;
      this.receivedBytes += got.length;
    }
  }
}
