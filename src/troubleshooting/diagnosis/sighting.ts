import { Symptom } from './symptom';

/** Place of a line. */
export interface LogPlace {
  readonly file: string;
  /** Number of the line, from 1. */
  readonly line: number;
}

/** Everything that is remembered of a symptom, however often it appears. */
export interface Sighting {
  readonly symptom: Symptom;
  readonly text: string;
  readonly first: LogPlace;
  last: LogPlace;
  count: number;
  otherSubjects: number;
  readonly subjects: Set<string>;
}
