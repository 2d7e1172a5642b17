import { isConcrete } from '../../../trust/host-pattern';
import type { Block } from './parse-config';

/** Finds the blocks that may be for a host without looking at those of all others: there may be thousands. */
export class BlockIndex<B extends Pick<Block, 'condition'>> {
  readonly #named = new Map<string, number[]>();
  readonly #others: number[] = [];

  constructor(private readonly blocks: readonly B[]) {
    for (const [index, { condition }] of blocks.entries()) {
      const isNamed = condition?.kind === 'host' && condition.patterns.every(isConcrete);
      if (!isNamed) this.#others.push(index);
      else
        for (const name of new Set(condition.patterns))
          this.#named.set(name, [...(this.#named.get(name) ?? []), index]);
    }
  }

  /** In their order. */
  for(host: string): readonly B[] {
    const indexes = [...this.#others, ...(this.#named.get(host) ?? [])].sort((one, other) => one - other);
    return indexes.flatMap((index) => this.blocks[index] ?? []);
  }
}
