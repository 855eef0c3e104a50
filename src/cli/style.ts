import { styleText } from 'util';
import { Io } from './io';

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
}

/** @see https://no-color.org */
export function styleFor({ isTTY, env }: Io): Style {
  const isColoured = isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  const style = (format: keyof Style) => (text: string) => isColoured && text ? styleText(format, text, { validateStream: false }) : text;
  return { bold: style('bold'), dim: style('dim'), red: style('red'), yellow: style('yellow'), blue: style('blue') };
}

/** Replaces control characters, which a terminal could take for commands. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '·');
}

/** `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Breaks a text between words, if the width is known; further lines are indented by `indentation` spaces. */
export function wrap(text: string, indentation: number, columns?: number): string {
  const width = (columns ?? Infinity) - indentation;
  if (text.length <= width || width < 30) return text;
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] === '') lines[last] = word;
    else if (lines[last].length + 1 + word.length <= width) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indentation)}`);
}

/** Formats rows as columns, each as wide as its widest cell. */
export function table(rows: readonly (readonly string[])[], gap = 2): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  return rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] + gap)).join('').trimEnd()).join('\n');
}
