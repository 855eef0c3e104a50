import { COLLECTION_STYLE, Event, EVENT_ID, getScalarValue, MappingEvent, parseEvents, SCALAR_STYLE, ScalarEvent } from 'js-yaml';
import { QuickPlaces, scalarRange } from './quick-places';

/** A YAML document as plain values. */
export interface QuickYaml {
  readonly value: object;
  readonly places: QuickPlaces;
}

/**
 * Text that parsers read differently: tabs at the beginning of a line, the end of a document, an indented start, spaces after the last line, block
 * scalars with an explicit indentation, lines that end without a line feed, byte order marks, and escapes beyond Unicode.
 */
const UNSURE = /(?:^|\n)(?: *\t|\.\.\.| +---| +$)|[|>][-+]?\d|\r(?!\n)|\ufeff|\\U/;
/** Nesting that is far from the limit of the stack. */
const MAX_DEPTH = 100;
/** Length of a key with its spaces. Parsers read longer keys differently. */
const LONGEST_KEY = 1000;
const ABSENT = -1;

/**
 * Reads the YAML of ordinary manifests, several times as fast as `yaml`: one document of maps with text keys, lists and scalars. Returns undefined
 * for a document with anything else, such as anchors and tags, with an error or an ambiguity: then the caller uses `yaml`.
 */
export function quickYaml(text: string): QuickYaml | undefined {
  if (UNSURE.test(text)) return undefined;
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    const value = new Reader(text, events).read();
    return { value, places: new QuickPlaces(text, events) };
  } catch {
    return undefined;
  }
}

class Reader {
  private at = 0;

  public constructor(private readonly text: string, private readonly events: readonly Event[]) {}

  public read(): object {
    const [first] = this.events;
    if (first?.type !== EVENT_ID.DOCUMENT || first.directives.length > 0) throw new Error('no document, or one with directives');
    this.at = 1;
    const value = this.value();
    if (typeof value !== 'object' || value === null) throw new Error('a single scalar');
    if (this.at !== this.events.length - 1) throw new Error('several documents');
    return value;
  }

  private value(): unknown {
    const event = this.events[this.at++];
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP || event.type === EVENT_ID.ALIAS) throw new Error('no value');
    if (event.anchorStart !== ABSENT || event.tagStart !== ABSENT) throw new Error('an anchor or a tag');
    if (event.type === EVENT_ID.SCALAR) return scalar(this.text, event);
    return event.type === EVENT_ID.MAPPING ? this.map(event) : this.list();
  }

  private list(): unknown[] {
    const list: unknown[] = [];
    while (this.events[this.at].type !== EVENT_ID.POP) list.push(this.value());
    this.at++;
    return list;
  }

  private map({ start, style }: MappingEvent): object {
    const map: Record<string, unknown> = {};
    for (let event = this.events[this.at]; event.type !== EVENT_ID.POP; event = this.events[this.at]) {
      const key = this.value();
      if (typeof key !== 'string' || key === '<<' || key === '__proto__') throw new Error('no ordinary key');
      if (Object.hasOwn(map, key)) throw new Error('a key that is there already');
      const [begin, end] = scalarRange(event as ScalarEvent);
      if (afterSpaces(this.text, end) - begin > LONGEST_KEY) throw new Error('a long key');
      // In `- 'a' b: c` the list would end in the middle of a line.
      if (style === COLLECTION_STYLE.BLOCK && begin !== start && !beginsLine(this.text, begin)) throw new Error('a key behind something else');
      map[key] = this.value();
    }
    this.at++;
    return map;
  }
}

function scalar(text: string, event: ScalarEvent): unknown {
  const value = getScalarValue(text, event);
  return event.style === SCALAR_STYLE.PLAIN ? plain(value) : value;
}

function beginsLine(text: string, offset: number): boolean {
  let before = offset - 1;
  while (text[before] === ' ') before--;
  return before < 0 || text[before] === '\n';
}

function afterSpaces(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ') at++;
  return at;
}

/** Resolves a plain scalar by the core schema, with integers of any size. @see https://yaml.org/spec/1.2.2/#1032-tag-resolution */
function plain(text: string): unknown {
  if (!/^(?:[-+.~\dnNtTfF]|$)/.test(text)) return text;
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/.test(text)) return BigInt(text);
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return parseFloat(text);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? NaN : text;
}
