import { judgedCauses, JudgedCause } from './evidence';
import { Match, SymptomMatcher } from './matcher';
import { LogPlace, Sighting } from './sighting';
import { subjectOf } from './subject';
import { Symptom } from './symptom';

/** A symptom and everything that the input says about it. */
export interface DiagnosisFinding {
  readonly symptom: Symptom;
  readonly count: number;
  readonly first: LogPlace;
  readonly last: LogPlace;
  /** The first line with the symptom, or the part of it that has the symptom. */
  readonly text: string;
  /** Cases of the symptom, such as the paths of missing files: the first ones. */
  readonly subjects: readonly string[];
  /** Number of lines about other cases. */
  readonly otherSubjects: number;
  readonly causes: readonly JudgedCause[];
}

const SUBJECTS = 10;
const TEXT = 200;
const BEFORE = 100;

/** Reads logs line by line, and remembers only one sighting for each symptom. */
export class Diagnosis {
  /** Number of lines that were read. */
  public lines = 0;
  private readonly matcher = new SymptomMatcher();
  private readonly sightings = new Map<string, Sighting>();

  public read(line: string, file: string, number: number): void {
    this.lines++;
    const match = this.matcher.next(line);
    if (match) this.add(match, { file, line: number });
  }

  /** Findings in the order of their first lines; general ones only if there are no others. */
  public get findings(): DiagnosisFinding[] {
    const all = [...this.sightings.values()];
    const special = all.filter(({ symptom }) => !symptom.isGeneral);
    return (special.length > 0 ? special : all).map(({ subjects, ...sighting }) =>
      ({ ...sighting, subjects: [...subjects], causes: judgedCauses(sighting.symptom, special) }));
  }

  private add({ symptom, text, piece }: Match, place: LogPlace): void {
    let sighting = this.sightings.get(symptom.id);
    if (!sighting) {
      sighting = { symptom, text: excerpt(text, piece), first: place, last: place, count: 0, otherSubjects: 0, subjects: new Set() };
      this.sightings.set(symptom.id, sighting);
    }
    sighting.count++;
    sighting.last = place;
    const subject = subjectOf(symptom, text)?.slice(0, TEXT);
    if (subject && !sighting.subjects.has(subject)) {
      if (sighting.subjects.size < SUBJECTS) sighting.subjects.add(subject);
      else sighting.otherSubjects++;
    }
  }
}

/** Returns a line, or the part of a long line around the piece that was recognised. */
function excerpt(text: string, piece: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= TEXT) return trimmed;
  const at = trimmed.toLowerCase().indexOf(piece);
  const begin = Math.max(0, Math.min(at - BEFORE, trimmed.length - TEXT));
  return `${begin > 0 ? '…' : ''}${trimmed.slice(begin, begin + TEXT)}${begin + TEXT < trimmed.length ? '…' : ''}`;
}
