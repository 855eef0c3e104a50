import { LogPlace, Sighting } from './sighting';
import { Cause, CauseId, Confidence, Symptom } from './symptom';

/** A cause, judged by the whole input. */
export interface JudgedCause extends Cause {
  /** Another line of the input that supports the cause. */
  readonly evidence?: Evidence;
}

export interface Evidence {
  readonly symptom: string;
  readonly place: LogPlace;
}

interface Proof extends Evidence {
  readonly confidence: Confidence;
}

/**
 * Judges the causes of an ambiguous text by the other texts of the input: a probe that met a cause makes it certain and rules out the others; the text of
 * another program makes it likely. If they contradict each other, as those of several nodes may, nothing is decided.
 */
export function judgedCauses(symptom: Symptom, sightings: readonly Sighting[]): readonly JudgedCause[] {
  const ids = new Set(symptom.causes.flatMap(({ id }) => id ?? []));
  if (ids.size < 2 || symptom.proves) return symptom.causes;
  const proofs = proofsOf(symptom, sightings).filter(([id]) => ids.has(id));
  const certain = proofs.filter(([, { confidence }]) => confidence === Confidence.CERTAIN);
  const decisive = new Map((certain.length > 0 ? certain : proofs).reverse());
  if (decisive.size !== 1) return symptom.causes;
  const [[proven, { confidence, symptom: by, place }]] = decisive;
  const first = symptom.causes.filter(({ id }) => id === proven).map(cause => ({ ...cause, confidence, evidence: { symptom: by, place } }));
  const others = symptom.causes.filter(({ id }) => id !== proven).map(cause => ({ ...cause, confidence: Confidence.POSSIBLE }));
  return confidence === Confidence.CERTAIN ? first : [...first, ...others];
}

function proofsOf(symptom: Symptom, sightings: readonly Sighting[]): [CauseId, Proof][] {
  return sightings.flatMap(({ symptom: other, first: place }): [CauseId, Proof][] => other.proves && other !== symptom
    ? [[other.proves, { symptom: other.id, place, confidence: confidenceOf(other) }]] : []);
}

/** Returns the confidence that a symptom gives to the cause it proves. A probe whose threads start has not met the limit that others reach. */
function confidenceOf({ isMeasured, proves, causes }: Symptom): Confidence {
  return isMeasured && causes.some(({ id }) => id === proves) ? Confidence.CERTAIN : Confidence.LIKELY;
}
