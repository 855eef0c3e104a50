/**
 * A place in a document. Lines and columns count from 1.
 */
export interface Location {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Path inside the document, such as `syscalls[0].names[1]`; empty at its root. */
  readonly path?: string;
}

/**
 * An error in the user's input, as opposed to an internal error.
 */
export class InputError extends Error {
  public readonly location: Location;
  /** The message without the place. */
  public readonly detail: string;

  public constructor(message: string, location: Location = {}) {
    super(formatLocation(location) + message);
    this.name = 'InputError';
    this.location = location;
    this.detail = message;
  }
}

function formatLocation({ file, line, column, path }: Location): string {
  const position = [file, line, column].filter(part => part !== undefined).join(':');
  return [position, path].filter(part => part).map(part => `${part}: `).join('');
}

/** Returns a short text of a value for an error message. */
export function show(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  const text = classText(value) ?? jsonText(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Returns the class of an instance, whose fields the user did not write. */
function classText(value: unknown): string | undefined {
  if (typeof value === 'function') return value.name === '' ? 'a function' : `the function or class ${value.name}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { constructor } = Object.getPrototypeOf(value) as { constructor?: { name: string } } ?? {};
  return constructor === undefined || constructor === Object ? undefined : `an instance of ${constructor.name}`;
}

/** Returns a value as JSON, or its kind if JSON cannot express it, such as an object that contains itself. */
function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}

export function list(values: readonly string[]): string {
  return values.join(', ');
}
