import { hasPieces, Mark, Pattern, patternsOf, plain } from './pattern';
import { Symptom } from './symptom';
import { SYMPTOMS } from './symptoms';

/**
 * Pieces of texts; a line without any of them, with these capitals, is skipped. They are short, and rare in ordinary logs. If a text has several, the first
 * counts, because the later ones are more common.
 */
export const STEMS: readonly string[] = [
  'eccomp', 'SECCOMP', 'ermitted', 'EPERM', 'emporarily', 'posix_spawn', 'io-uring', '1326', '32512', 'SIGSYS', 'ystem call', 'ystem_error', 'xit Code: ', 'xitCode: 31',
  'xitCode":31', 'xited with code 31', 'xited (31)', 'nvalid signature', 'OMP: Error', 'perf events', 'new namespace', 'SCMP_', 'ermission denied', 'ontainerError', 'procError',
  'ontainer process', 'running container', 'topped process', 'local profile', 'ocalhostProfile', 'istenerPath', 'of domain', 'two checks', 'mpty string', 'up to 6', 'efault action', 'defaultAction',
  'ymbolic link', 'digest', 'document for', 'JSON object', 'not installed', 'no profile in', 'was changed', 'was installed', 'leadership', 'ackground Jobs', 'profiles it has', 'on the node', 'errno',
  'fork', '159', 'hread', 'nsufficient quota', 'exec fds',
];
/** Longest line that is searched as a whole; a longer one is searched in windows around the stems. */
const WHOLE = 4096;
const BEFORE = 1024;
const AFTER = 2048;
/** Number of lines below a text within which another text still belongs to it. */
const NEAR = 8;

export interface Match {
  readonly symptom: Symptom;
  /** The line, or the part of it that was searched. */
  readonly text: string;
  /** The longest piece of the symptom's text, in lower case. */
  readonly piece: string;
}

/** Recognises symptoms in consecutive lines. */
export class SymptomMatcher {
  private readonly stems = new RegExp(STEMS.map(stem => stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  private readonly buckets: ReadonlyMap<string, readonly Bucket[]>;
  private readonly marks: ReadonlyMap<string, readonly Mark[]>;
  private readonly unless: ReadonlyMap<Symptom, readonly string[]>;
  private readonly seen = new Map<Mark, number>();
  private line = 0;

  public constructor(symptoms: readonly Symptom[] = SYMPTOMS) {
    const patterns = symptoms.flatMap(patternsOf);
    this.buckets = new Map([...groupByStem(patterns)].map(([stem, group]) => [stem, bucketsOf(group)]));
    this.marks = groupByStem(patterns.flatMap(({ after }) => after ?? []));
    this.unless = new Map(symptoms.map(symptom => [symptom, (symptom.unless ?? []).map(text => text.toLowerCase())]));
  }

  /** Returns the symptom of the next line, if it has one: the most specific of several. */
  public next(line: string): Match | undefined {
    this.line++;
    this.stems.lastIndex = 0;
    const first = this.stems.exec(line);
    if (!first) return undefined;
    return line.length <= WHOLE ? this.matchIn(line, first.index) : this.matchInWindows(line, first.index);
  }

  private matchInWindows(line: string, first: number): Match | undefined {
    for (let at: number | undefined = first; at !== undefined;) {
      const begin = Math.max(0, at - BEFORE);
      const match = this.matchIn(line.slice(begin, at + AFTER), at - begin);
      if (match) return match;
      this.stems.lastIndex = at + BEFORE;
      at = this.stems.exec(line)?.index;
    }
    return undefined;
  }

  private matchIn(text: string, from: number): Match | undefined {
    const found = plain(text);
    let best: Pattern | undefined;
    for (const stem of this.stemsOf(text, from)) {
      for (const { key, patterns } of this.buckets.get(stem) ?? []) {
        if (!found.includes(key)) continue;
        for (const pattern of patterns) if (pattern.weight > (best?.weight ?? 0) && this.matches(pattern, found)) best = pattern;
      }
      for (const mark of this.marks.get(stem) ?? []) if (hasPieces(found, mark.pieces)) this.seen.set(mark, this.line);
    }
    return best && { symptom: best.symptom, text, piece: longest(best.pieces) };
  }

  private stemsOf(text: string, from: number): Set<string> {
    const stems = new Set<string>();
    this.stems.lastIndex = from;
    for (let hit = this.stems.exec(text); hit; hit = this.stems.exec(text)) {
      stems.add(hit[0]);
      this.stems.lastIndex = hit.index + 1;
    }
    return stems;
  }

  private matches({ symptom, pieces, after }: Pattern, line: string): boolean {
    return hasPieces(line, pieces) && !this.unless.get(symptom)!.some(text => line.includes(text))
      && (!after || hasPieces(line, after.pieces) || this.line - (this.seen.get(after) ?? -Infinity) <= NEAR);
  }
}

/** Patterns with the same longest piece: a line without it matches none of them. */
interface Bucket {
  readonly key: string;
  readonly patterns: readonly Pattern[];
}

function bucketsOf(patterns: readonly Pattern[]): Bucket[] {
  const keys = [...new Set(patterns.map(({ pieces }) => longest(pieces)))];
  return keys.map(key => ({ key, patterns: patterns.filter(({ pieces }) => longest(pieces) === key) }));
}

function longest(pieces: readonly string[]): string {
  return pieces.reduce((one, other) => other.length > one.length ? other : one);
}

/** Groups values by the first stem in their text. A log may write a text with other capitals than the symptom, but the stem's must be the same. */
function groupByStem<T extends Mark>(values: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const stem = STEMS.find(each => value.written.includes(each))
      ?? STEMS.find(each => value.pieces.some(piece => piece.includes(each.toLowerCase())));
    if (stem === undefined) throw new Error(`no stem is in ${JSON.stringify(value.written)}, expected one: add it to STEMS`);
    groups.set(stem, [...groups.get(stem) ?? [], value]);
  }
  return groups;
}
