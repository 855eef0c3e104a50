import { readdirSync, readFileSync } from 'fs';
import { basename, join } from 'path';

/** A command as a document shows it, and the output below it, if there is any. */
export interface ShownCommand {
  readonly text: string;
  readonly output: readonly string[];
}

export interface ShownDocument {
  readonly path: string;
  /** File name without its ending. */
  readonly name: string;
  readonly commands: readonly ShownCommand[];
  /** Files that the document has its reader write: blocks below a line with nothing but `` `name`: ``. */
  readonly files: ReadonlyMap<string, string>;
}

const BLOCK = /^```(\w*).*\n([^]*?)^```$|^(?: {4}.*\n|\n(?= {4}))+/gm;
/** Code and YAML have no line that begins with a bare word in small letters, but for statements. */
const COMMAND = /^(?:[A-Z_]+=\S+ )*(?!(?:const|let|new|import|export|return|await) )[a-z][a-z0-9-]* \S/;

export function readDocuments(): ShownDocument[] {
  const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md')).sort();
  return ['README.md', 'README.zh-CN.md', ...inDocs.map(name => join('docs', name))].map(path => {
    const text = readFileSync(path, 'utf8');
    return { path, name: basename(path, '.md'), commands: commandsIn(text), files: filesIn(text) };
  });
}

/** With `$ ` before its commands a block may show output; without, each of its lines is a command. */
export function commandsIn(text: string): ShownCommand[] {
  return [...text.matchAll(BLOCK)].flatMap(([block, language, fenced]) => {
    const lines = (fenced ?? block.replace(/^ {4}/gm, '')).replace(/ \\\n */g, ' ').trim().split('\n');
    const isShell = language === undefined ? /^\$ /.test(lines[0]) || COMMAND.test(lines[0]) : /^(sh|console|bash)$/.test(language);
    return isShell ? commandsOf(lines) : [];
  });
}

function commandsOf(lines: readonly string[]): ShownCommand[] {
  if (!lines.some(line => line.startsWith('$ '))) {
    return lines.filter(line => line && !line.startsWith('#')).map(line => {
      if (!COMMAND.test(line)) throw new Error(`${line}: is no command, write "$ " before those of the block to show output`);
      return { text: withoutComment(line), output: [] };
    });
  }
  const commands: { text: string; output: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith('$ ')) commands.push({ text: withoutComment(line.slice(2)), output: [] });
    else if (commands.length > 0) commands.at(-1)!.output.push(line);
    else throw new Error(`${line}: output of no command`);
  }
  return commands;
}

const withoutComment = (line: string): string => line.replace(/\s+# .*$/, '').trim();

export function filesIn(text: string): Map<string, string> {
  return new Map([...text.matchAll(/^`([\w./-]+)`:\n\n```\w+.*\n([^]*?)^```$/gm)].map(([, name, content]) => [name, content]));
}

/** Whether the output shown stands for what was printed. A line of `…` stands for any lines, `…` at the end of a line for its rest. */
export function standsFor(shown: readonly string[], printed: string): boolean {
  const pattern = trimmed(shown.join('\n')).split('\n').map(line => {
    if (line.trim() === '…') return '(?:.*\\n)*?';
    const rest = line.endsWith('…') ? '.*' : '';
    return `${line.replace(/…$/, '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}${rest}\\n`;
  });
  return new RegExp(`^${pattern.join('')}$`).test(`${trimmed(printed)}\n`);
}

/** Without blank lines around it and spaces at the ends of lines. */
export function trimmed(text: string): string {
  return text.replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '');
}
