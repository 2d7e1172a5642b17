const rememberedSamples = 30;

/** The shortest round trip of the last answers: what the network takes when nothing stands in its queues. */
export class RoundTrip {
  readonly #samplesMs: number[] = [];

  /** Null before the first answer. */
  get shortestMs(): number | null {
    return this.#samplesMs.length === 0 ? null : Math.min(...this.#samplesMs);
  }

  add(sampleMs: number): void {
    this.#samplesMs.push(sampleMs);
    if (this.#samplesMs.length > rememberedSamples) this.#samplesMs.shift();
  }
}
