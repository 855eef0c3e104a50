import { Event, EVENT_ID, getScalarValue, SCALAR_STYLE, ScalarEvent } from 'js-yaml';

type Range = readonly [begin: number, end: number];

/** Places of the values of a document without anchors, in which every key is a scalar. */
export class QuickPlaces {
  /** Events of the values of maps and lists, once they were asked for. */
  private readonly known = new Map<number, ReadonlyMap<string, number>>();

  public constructor(private readonly text: string, private readonly events: readonly Event[]) {}

  /** Returns the scalar, or the beginning of the map or list, to which keys lead, or the last one on the way; undefined if only `yaml` can tell. */
  public range(keys: readonly string[]): Range | undefined {
    // The first event is the document.
    let [at, rest] = [1, keys.length];
    for (let next; rest > 0; [at, rest] = [next, rest - 1]) {
      next = this.children(at).get(keys[keys.length - rest]);
      if (next === undefined) break;
    }
    const event = this.events[at];
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return [event.start, event.start];
    // An absent value has no place, and a block begins before its first line.
    if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0 || isBlock(event)) return undefined;
    const [begin, end] = scalarRange(event);
    return [begin, rest > 0 ? begin : end];
  }

  private children(parent: number): ReadonlyMap<string, number> {
    const known = this.known.get(parent);
    if (known) return known;
    const children = new Map<string, number>();
    const { type } = this.events[parent];
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) {
      for (let at = parent + 1; this.events[at].type !== EVENT_ID.POP; at = this.after(at)) {
        const key = type === EVENT_ID.SEQUENCE ? String(children.size) : getScalarValue(this.text, this.events[at++] as ScalarEvent);
        children.set(key, at);
      }
    }
    this.known.set(parent, children);
    return children;
  }

  /** Returns the event after a value. */
  private after(begin: number): number {
    let [at, depth] = [begin, 0];
    do {
      const { type } = this.events[at++];
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
      else if (type === EVENT_ID.POP) depth--;
    } while (depth > 0);
    return at;
  }
}

/** Returns the range of a scalar, with its quotes. */
export function scalarRange({ valueStart, valueEnd, style }: ScalarEvent): Range {
  return style === SCALAR_STYLE.PLAIN ? [valueStart, valueEnd] : [valueStart - 1, valueEnd + 1];
}

function isBlock({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}
