import { Node, parseTree } from 'jsonc-parser';
import { Edit } from '../private/edit';

/** Makes changes in JSON text and leaves the rest of it as it is written. What is taken out of a list does not move the places of later changes. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  // From the end to the beginning, so that an index means what it meant when the edit was thought out.
  return [...edits].reverse().reduce(applyEdit, text);
}

// jsonc-parser's own `modify` formats what is near a change, and cuts into the item before when it takes the last one out of a list.
function applyEdit(text: string, { path, value }: Edit): string {
  const place = find(parseTree(text)!, path);
  if (place && value === undefined) return withoutMember(text, place.parent!.type === 'property' ? place.parent! : place);
  if (place) return spliced(text, place.offset, end(place), print(value));
  if (value === undefined) return text;
  const container = find(parseTree(text)!, path.slice(0, -1));
  if (!container) return applyEdit(text, { path: path.slice(0, -1), value: [value] });
  return withMember(text, container, container.type === 'object' ? `${print(path[path.length - 1])}: ${print(value)}` : print(value));
}

/** Go takes the names of fields in any case. */
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

/** As the last one, behind the space that is before the one that was the last. */
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

/** On one line. */
function print(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replace(/\n\s*/g, ' ').replace(/\[ /g, '[').replace(/ \]/g, ']');
}
