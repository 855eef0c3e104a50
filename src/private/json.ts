import { Node, parseTree, ParseError, printParseErrorCode } from 'jsonc-parser';
import { InputError, show } from './errors';

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/**
 * A value of a JSON document, with its place.
 *
 * `JSON.parse` loses what a security document must keep: integers above 2^53, keys that appear twice, and the places of values.
 */
export class JsonNode {
  public constructor(
    public readonly kind: JsonKind,
    /** Members of an object, items of an array. */
    public readonly children: ReadonlyArray<readonly [string | number, JsonNode]>,
    /** The string, the boolean, or the number as it is written. */
    public readonly scalar: string | boolean | undefined,
    public readonly path: string,
    private readonly source?: Source,
    private readonly offset = 0,
    private readonly length = 0,
  ) {}

  /** Returns the same value with other members or items. */
  public withChildren(children: JsonNode['children']): JsonNode {
    return new JsonNode(this.kind, children, this.scalar, this.path, this.source, this.offset, this.length);
  }

  /** Place of the value in the text, and its length on that line; undefined for a value that was not read from text. */
  public get range(): { line: number; column: number; length: number } | undefined {
    if (!this.source) return undefined;
    const { line, column } = this.source.locate(this.offset);
    return { line, column, length: this.source.lengthOnLine(this.offset, this.length) };
  }

  /** Returns an error that points at this value. */
  public error(message: string): InputError {
    return new InputError(message, { ...this.source?.locate(this.offset), path: this.path });
  }

  /** Text of the value in error messages. */
  public get shown(): string {
    if (this.kind === 'object' || this.kind === 'array') return `an ${this.kind}`;
    return this.kind === 'string' ? show(this.scalar) : String(this.scalar);
  }
}

class Source {
  public constructor(private readonly text: string, private readonly file?: string) {}

  public locate(offset: number): { file?: string; line: number; column: number } {
    const before = this.text.slice(0, offset).split('\n');
    return { file: this.file, line: before.length, column: before[before.length - 1].length + 1 };
  }

  public lengthOnLine(offset: number, length: number): number {
    return this.text.slice(offset, offset + length).split(/\r?\n/, 1)[0].length;
  }
}

/** Reads JSON text, strictly by RFC 8259 and without loss. */
export function readJson(text: string, file?: string): JsonNode {
  const source = new Source(text, file);
  const errors: ParseError[] = [];
  const root = withoutOverflow(() => {
    const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
    return errors.length === 0 && tree ? fromTree(tree, text, source, '') : undefined;
  });
  if (root) return root;
  const { offset, error } = errors[0];
  throw new InputError(`not JSON: ${spaced(printParseErrorCode(error))}`, source.locate(offset));
}

/** Wraps a value that is already parsed. Refuses values that JSON cannot express, and numbers that may have been rounded. */
export function wrapJson(value: unknown): JsonNode {
  return withoutOverflow(() => fromValue(value, ''));
}

function fromTree(node: Node, text: string, source: Source, path: string): JsonNode {
  const make = (children: JsonNode['children'], scalar?: string | boolean) =>
    new JsonNode(node.type as JsonKind, children, scalar, path, source, node.offset, node.length);
  switch (node.type) {
    case 'object': {
      const seen = new Set<string>();
      return make((node.children ?? []).map(property => {
        const [key, value] = property.children!;
        const child = fromTree(value, text, source, join(path, key.value));
        if (seen.has(key.value)) {
          throw new InputError('appears twice, expected once: a runtime would use only the last', { ...source.locate(key.offset), path: child.path });
        }
        seen.add(key.value);
        return [key.value, child] as const;
      }));
    }
    case 'array':
      return make((node.children ?? []).map((item, index) => [index, fromTree(item, text, source, `${path}[${index}]`)] as const));
    case 'number':
      return make([], text.slice(node.offset, node.offset + node.length));
    case 'null':
      return make([], 'null');
    default:
      return make([], node.value);
  }
}

function fromValue(value: unknown, path: string): JsonNode {
  const make = (kind: JsonKind, children: JsonNode['children'], scalar?: string | boolean) => new JsonNode(kind, children, scalar, path);
  switch (typeof value) {
    case 'string': return make('string', [], value);
    case 'boolean': return make('boolean', [], value);
    case 'bigint': return make('number', [], value.toString());
    case 'number':
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        throw new InputError(
          `${value} is above 2^53 and may have been rounded already, expected an exact integer: pass the JSON text instead of the parsed value`, { path });
      }
      return make('number', [], String(value));
    case 'object':
      if (value === null) return make('null', [], 'null');
      if (Array.isArray(value)) return make('array', value.map((item, index) => [index, fromValue(item, `${path}[${index}]`)] as const));
      return make('object', Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [key, fromValue(member, join(path, key))] as const));
    default:
      throw new InputError(`a ${typeof value} is not a JSON value, expected an object, array, string, number, boolean or null`, { path });
  }
}

/** Reports a document nested thousands of levels deep, which no profile is, as an error: the parser and the walk above recurse. */
function withoutOverflow<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new InputError('nested too deeply to be read');
    throw error;
  }
}

function join(path: string, key: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key);
  if (!plain) return `${path}[${JSON.stringify(key)}]`;
  return path ? `${path}.${key}` : key;
}

/** Returns the keys of a path that `join` wrote: `syscalls[3].names` → `syscalls`, 3, `names`. */
export function keysOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[("(?:[^"\\]|\\.)*"|\d+)\]|([^.[]+)/g)].map(([, bracketed, plain]) => plain ?? (JSON.parse(bracketed) as string | number));
}

/** `CommaExpected` → `comma expected`. */
function spaced(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
