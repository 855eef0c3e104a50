import { Node, parseTree } from 'jsonc-parser';
import { Edit } from '../private/edit';

/** Applies edits to JSON text and keeps the rest as it is written. An item that one edit removes from a list does not shift the paths of the others. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  // From the last edit to the first, so that each index is still that of the original text.
  return [...edits].reverse().reduce(applyEdit, text);
}

// jsonc-parser's `modify` reformats the text around a change, and damages the item before when it removes the last one of a list.
function applyEdit(text: string, { path, value }: Edit): string {
  const place = find(parseTree(text)!, path);
  if (place && value === undefined) return withoutMember(text, place.parent!.type === 'property' ? place.parent! : place);
  if (place) return spliced(text, place.offset, end(place), print(value));
  if (value === undefined) return text;
  const container = find(parseTree(text)!, path.slice(0, -1));
  if (!container) return applyEdit(text, { path: path.slice(0, -1), value: [value] });
  return withMember(text, container, container.type === 'object' ? `${print(path[path.length - 1])}: ${print(value)}` : print(value));
}

/** Finds a value by its path. Go reads field names in any case. */
function find(root: Node, path: Edit['path']): Node | undefined {
  return path.reduce<Node | undefined>((node, key) => typeof key === 'number' ? node?.children?.[key]
    : node?.children?.find(({ children }) => String(children![0].value).toLowerCase() === key.toLowerCase())?.children?.[1], root);
}

function withoutMember(text: string, member: Node): string {
  const siblings = member.parent!.children!;
  const at = siblings.indexOf(member);
  if (at + 1 < siblings.length) return spliced(text, member.offset, siblings[at + 1].offset, '');
  return spliced(text, at > 0 ? end(siblings[at - 1]) : member.offset, end(member), '');
}

/** Adds a last member, with the white space that precedes the member before it. */
function withMember(text: string, container: Node, member: string): string {
  const siblings = container.children ?? [];
  if (siblings.length === 0) return spliced(text, container.offset + 1, end(container) - 1, member);
  const last = siblings[siblings.length - 1];
  const before = siblings.length > 1 ? end(siblings[siblings.length - 2]) : container.offset + 1;
  return spliced(text, end(last), end(last), `,${text.slice(before, last.offset).replace(',', '')}${member}`);
}

function spliced(text: string, from: number, to: number, insert: string): string {
  return text.slice(0, from) + insert + text.slice(to);
}

function end({ offset, length }: Node): number {
  return offset + length;
}

/** Prints a value on one line. */
function print(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replace(/\n\s*/g, ' ').replace(/\[ /g, '[').replace(/ \]/g, ']');
}
