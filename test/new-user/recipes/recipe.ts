/** A numbered step of a recipe in a document. */
export interface Step {
  readonly number: number;
  readonly text: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'file'; readonly path: string; readonly content: string }
  | { readonly kind: 'change'; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: 'commands'; readonly commands: readonly string[] };

/** The steps below a heading of the second level. */
export function recipe(markdown: string, heading: string): Step[] {
  const section = markdown.split(/^## /m).find(each => each.startsWith(`${heading}\n`));
  if (!section) throw new Error(`no section "${heading}"`);
  const [, ...parts] = section.split(/^(?=\d+\. )/m);
  return parts.map(part => {
    const [, number, text] = /^(\d+)\. ([^]*?)\n\n```/.exec(part) ?? [];
    if (!number) throw new Error(`${part.trim()}: is a step without a block`);
    return { number: Number(number), text, blocks: [...part.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, content]) => block(language, content, text)) };
  });
}

/** A step names the file that its blocks are about. */
function block(language: string, content: string, text: string): Block {
  if (language === 'sh') return { kind: 'commands', commands: content.trim().split('\n') };
  const path = /`([\w./-]+\/[\w.-]+)`/.exec(text)?.[1];
  if (!path) throw new Error(`${text}: names no file`);
  if (language !== 'diff') return { kind: 'file', path, content };
  const lines = content.split(/(?<=\n)/);
  const without = (sign: string) => lines.filter(line => !line.startsWith(sign)).map(line => line.slice(1)).join('');
  return { kind: 'change', path, before: without('+'), after: without('-') };
}

/** Replaces whole lines that have to stand there once. */
export function changed(text: string, path: string, before: string, after: string): string {
  const [head, ...tails] = `\n${text}`.split(`\n${before}`);
  if (tails.length !== 1) throw new Error(`${path} has ${tails.length} times:\n${before}`);
  return `${head}\n${after}${tails[0]}`.slice(1);
}
