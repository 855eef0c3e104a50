/** A place in a text. Lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Number of characters; the place may span lines. */
  readonly length: number;
}

/** The lines of a text. */
export class Lines {
  private readonly starts: readonly number[];

  public constructor(private readonly text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.starts = starts;
  }

  public offset(line: number, column: number): number {
    return this.starts[line - 1] + column - 1;
  }

  public place(begin: number, end: number): Place {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= begin) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: begin - this.starts[low] + 1, length: Math.max(1, end - begin) };
  }

  /** Returns the text of a line, without its line end. */
  public line(number: number): string {
    const next = this.starts[number];
    return this.text.slice(this.starts[number - 1], next === undefined ? undefined : next - 1).replace(/\r$/, '');
  }
}
