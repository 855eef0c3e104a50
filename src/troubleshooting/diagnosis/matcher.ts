import { hasPieces, Mark, Pattern, patternsOf, plain } from './pattern';
import { Symptom } from './symptom';
import { SYMPTOMS } from './symptoms';

/**
 * What at least one of has to stand in a line, as it is, before anything else is looked for: short, and seldom in ordinary logs. Of several that a text
 * has, the first counts: the later ones are the less rare.
 */
export const STEMS: readonly string[] = [
  'eccomp', 'SECCOMP', 'ermitted', 'EPERM', 'emporarily', 'posix_spawn', 'io-uring', '1326', '32512', 'SIGSYS', 'ystem call', 'ystem_error', 'xit Code: ', 'xitCode: 31',
  'xitCode":31', 'xited with code 31', 'xited (31)', 'nvalid signature', 'OMP: Error', 'perf events', 'new namespace', 'SCMP_', 'ermission denied', 'ontainerError', 'procError',
  'ontainer process', 'running container', 'topped process', 'local profile', 'ocalhostProfile', 'istenerPath', 'of domain', 'two checks', 'mpty string', 'up to 6', 'efault action', 'defaultAction',
  'ymbolic link', 'digest', 'document for', 'JSON object', 'not installed', 'no profile in', 'was changed', 'was installed', 'leadership', 'ackground Jobs', 'profiles it has', 'on the node', 'errno',
  'fork', '159', 'hread', 'nsufficient quota', 'exec fds',
];
/** A line that goes on for ever is looked at in windows around the stems. */
const WHOLE = 4096;
const BEFORE = 1024;
const AFTER = 2048;
/** So many lines below, a text still belongs to the one above. */
const NEAR = 8;

export interface Match {
  readonly symptom: Symptom;
  /** The line, or the part of it that was looked at. */
  readonly text: string;
  /** The longest piece of what it says, in lower case. */
  readonly piece: string;
}

/** Recognises symptoms in lines that come one after the other. */
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

  /** The symptom of the next line, if it has one: of several the one that says most. */
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

/** Patterns that have their longest piece in common: a line without it has none of them. */
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

/** A log may write a text with other capitals than a symptom does, but not those of a stem. */
function groupByStem<T extends Mark>(values: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const stem = STEMS.find(each => value.written.includes(each))
      ?? STEMS.find(each => value.pieces.some(piece => piece.includes(each.toLowerCase())));
    if (stem === undefined) throw new Error(`no stem stands in ${JSON.stringify(value.written)}: add one`);
    groups.set(stem, [...groups.get(stem) ?? [], value]);
  }
  return groups;
}
