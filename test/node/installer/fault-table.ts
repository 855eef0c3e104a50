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

/** An outcome, or what jest says of a difference: without colours and without what is the same. */
export function plain(outcome: string | Error): string {
  // eslint-disable-next-line no-control-regex
  const lines = (outcome instanceof Error ? outcome.message : outcome).replace(/\u001b\[\d+m/g, '').split('\n');
  const told = lines.filter((line, index) => index === 0 || /^ *[-+] /.test(line) || /^(Expected|Received)\b/.test(line));
  return told.join(' ').replace(/\s+/g, ' ').slice(0, 180);
}
