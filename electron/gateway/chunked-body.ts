import { MalformedResponse } from './response-head';

const lineBytesAtMost = 4 * 1024;
const trailerBytesAtMost = 16 * 1024;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
/** RFC 9112, 7.1: the size, and extensions, which mean nothing to anybody here. */
const sizeLine = /^([0-9a-f]{1,12})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i;

type Place = 'size' | 'data' | 'dataEnd' | 'trailers' | 'over';

/** Takes a chunked body apart, however it was cut on its way (RFC 9112, 7.1). Extensions and trailers are dropped. */
export class ChunkedBody {
  #place: Place = 'size';
  #line = '';
  #dataLeft = 0;
  #trailerBytes = 0;

  get isOver(): boolean {
    return this.#place === 'over';
  }

  /**
   * Takes what it can of `bytes` from `start` on; returns where the rest starts, which is none of the body's unless it
   * is all of them.
   * @throws MalformedResponse
   */
  take(bytes: Buffer, start: number, onData: (from: number, to: number) => void): number {
    let at = start;
    while (at < bytes.length && this.#place !== 'over') {
      if (this.#place === 'data') {
        const to = Math.min(bytes.length, at + this.#dataLeft);
        onData(at, to);
        this.#dataLeft -= to - at;
        at = to;
        if (this.#dataLeft === 0) this.#place = 'dataEnd';
      } else {
        at = this.#takeLine(bytes, at);
      }
    }
    return at;
  }

  #takeLine(bytes: Buffer, start: number): number {
    const feed = bytes.indexOf(lineFeed, start);
    const end = feed < 0 ? bytes.length : feed;
    if (this.#line.length + end - start > lineBytesAtMost) throw new MalformedResponse('A line is too long');
    this.#line += bytes.toString('latin1', start, end);
    if (feed < 0) return end;
    if (this.#line.charCodeAt(this.#line.length - 1) !== carriageReturn)
      throw new MalformedResponse('A line does not end as lines do');
    const line = this.#line.slice(0, -1);
    this.#line = '';
    this.#onLine(line);
    return feed + 1;
  }

  #onLine(line: string): void {
    if (this.#place === 'dataEnd') {
      if (line !== '') throw new MalformedResponse('A chunk is longer than it said');
      this.#place = 'size';
    } else if (this.#place === 'trailers') {
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > trailerBytesAtMost) throw new MalformedResponse('Its trailers are too long');
      if (line === '') this.#place = 'over';
    } else {
      const size = sizeLine.exec(line);
      if (size === null) throw new MalformedResponse('The size of a chunk is no number');
      this.#dataLeft = Number.parseInt(size[1] as string, 16);
      this.#place = this.#dataLeft === 0 ? 'trailers' : 'data';
    }
  }
}
