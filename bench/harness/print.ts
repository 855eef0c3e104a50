import { Gap, Result, Row, Unit } from './rows';

const HEADINGS = ['what', 'against', 'median', 'its median', 'ratio', 'quartiles', 'aim', 'met', 'note'] as const;
const DIGITS: Readonly<Record<Unit, number>> = { 'ms': 1, 'cpu ms': 1, 'ns': 1, 'MiB': 1 };

/** For a terminal: a table for each bench. */
export function printText({ benches }: Pick<Result, 'benches'>): string {
  return benches.map(({ name, seconds, rows }) => {
    const cells = [[...HEADINGS], ...rows.map(toCells)];
    const widths = HEADINGS.map((_, column) => Math.max(...cells.map(line => line[column].length)));
    const lines = cells.map(line => `  ${line.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd());
    return `${name}, ${seconds} s\n${lines.join('\n')}\n`;
  }).join('\n');
}

/** For docs/benchmarks.md: the machine, and a section for each bench. */
export function printMarkdown({ date, machine, benches }: Result): string {
  const facts = Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`).join('\n');
  const sections = benches.map(({ name, about, rows }) => `## ${name}\n\n${about}\n\n${table(rows)}`);
  return [`Measured on ${date}:\n\n${facts}\n\n${summary(benches.flatMap(({ rows }) => rows))}`, ...sections].join('\n\n');
}

function summary(rows: ReadonlyArray<Row | Gap>): string {
  const count = (wanted: string) => rows.filter(row => 'met' in row && row.met === wanted).length;
  const missing = rows.filter(row => 'missing' in row).length;
  return `Aims met: ${count('yes')}; missed: ${count('no')}; missed by less than the machine lets one know: ${count('unclear')}; not measured: ${missing}.`;
}

function table(rows: ReadonlyArray<Row | Gap>): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(HEADINGS), `|${HEADINGS.map(() => '---|').join('')}`, ...rows.map(row => line(toCells(row)))].join('\n');
}

function toCells(row: Row | Gap): string[] {
  if ('missing' in row) return [row.what, '', '', '', '', '', '', '', `not measured: ${row.missing}`];
  const { what, against, unit, median, baseline, ratio, quartiles, rounds, aim, met, note } = row;
  const amount = (value: number) => `${grouped(value, DIGITS[unit])} ${unit}`;
  const spread = rounds > 1 ? `${quartiles.map(value => value.toFixed(2)).join(' to ')} (${rounds})` : '(1)';
  return [what, against, amount(median), amount(baseline), ratio.toFixed(2), spread, aim === undefined ? '' : `≤ ${aim}`, met ?? '', note ?? ''];
}

function grouped(value: number, digits: number): string {
  if (value < 1) return value.toPrecision(2);
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
