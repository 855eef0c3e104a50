import { Symptom } from './symptom';

/** Where a line stands. */
export interface LogPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What is remembered of a symptom, however often it comes. */
export interface Sighting {
  readonly symptom: Symptom;
  readonly text: string;
  readonly first: LogPlace;
  last: LogPlace;
  count: number;
  otherSubjects: number;
  readonly subjects: Set<string>;
}
