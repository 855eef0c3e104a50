/** What became of each fault, for whoever reads the output of the tests. */
export class FaultTable {
  private readonly rows: string[][] = [];

  public constructor(private readonly title: string) {}

  public add(fault: string, ...outcome: string[]): void {
    this.rows.push([fault, ...outcome]);
  }

  public print(): void {
    const width = Math.max(...this.rows.map(([fault]) => fault.length));
    const lines = this.rows.map(([fault, ...outcome]) => `  ${fault.padEnd(width)}  ${outcome.join(' | ')}`);
    process.stdout.write(`${this.title}\n${lines.join('\n')}\n`);
  }
}
