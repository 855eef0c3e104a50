/* eslint-disable no-bitwise -- random bits come from mixing bits */
/** Numbers that look random and come again with the same seed (mulberry32). */
export class Random {
  public constructor(private state: number) {}

  /** An unsigned 32-bit integer. */
  public word(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  public uint64(): bigint {
    return (BigInt(this.word()) << 32n) | BigInt(this.word());
  }

  /** An integer from 0 up to, not including, a limit. */
  public below(limit: number): number {
    return this.word() % limit;
  }

  public pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  public list<T>(length: number, make: () => T): T[] {
    return Array.from({ length }, make);
  }

  public shuffled<T>(values: readonly T[]): T[] {
    return values.map(value => ({ value, key: this.word() })).sort((one, other) => one.key - other.key).map(({ value }) => value);
  }
}
