import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { SymptomMatcher } from '../../../../src/troubleshooting/diagnosis/matcher';
import { Symptom } from '../../../../src/troubleshooting/diagnosis/symptom';

export interface Entry {
  readonly expect: string;
  readonly from: string;
  readonly text: string;
}

interface Corpus {
  readonly 'recognised': readonly Entry[];
  readonly 'passed over': readonly string[];
}

export const CORPUS: Corpus = parse(readFileSync(join(__dirname, 'corpus.yaml'), 'utf8'));

/** Ids of the symptoms of a text, line by line, without repetitions. */
export function recognised(text: string, symptoms?: readonly Symptom[]): string[] {
  const matcher = new SymptomMatcher(symptoms);
  return [...new Set(text.split('\n').flatMap(line => matcher.next(line)?.symptom.id ?? []))];
}
