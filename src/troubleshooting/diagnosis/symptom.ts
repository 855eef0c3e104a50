/** How sure a cause is, from the text alone. */
export enum Confidence {
  /** Nothing else prints this text. */
  CERTAIN = 'certain',
  LIKELY = 'likely',
  POSSIBLE = 'possible',
}

/** Why a text was printed, and what to do about it. */
export interface Cause {
  /** For what other lines of the same input, or a probe, can prove. */
  readonly id?: CauseId;
  readonly confidence: Confidence;
  /** One line. */
  readonly cause: string;
  /** One line, in the words of this library where it can do something about it. */
  readonly remedy: string;
}

/** The causes that many symptoms share, and that hide behind one text. */
export enum CauseId {
  SECCOMP_DENIES_THREADS = 'seccomp-denies-threads',
  PIDS_LIMIT = 'pids-limit',
}

/** A text that is a symptom only a few lines below another one. */
export interface TextAfter {
  readonly text: string;
  readonly after: string;
}

/** Something that a log says when seccomp, or what is mistaken for it, is in the way. The texts are what the command and docs/symptoms.md show. */
export interface Symptom {
  readonly id: string;
  /** One line: what is seen. */
  readonly summary: string;
  /**
   * What the line says, in any case. `…` stands for anything, one space for any white space, and a number at an end of a piece is no part of a longer
   * number.
   */
  readonly texts: readonly (string | TextAfter)[];
  /** A line that says one of these too is not the symptom. */
  readonly unless?: readonly string[];
  /** The likeliest first. */
  readonly causes: readonly Cause[];
  /** What confirms the cause, or tells the causes apart. */
  readonly check: string;
  /** Where the text was reported, or the source that prints it. */
  readonly source: string;
  /** The cause that the text proves for the other symptoms of the same input. */
  readonly proves?: CauseId;
  /** The calls that fail, for a profile to be asked about. */
  readonly calls?: readonly string[];
  /** What tells apart several cases of the symptom, such as the path of a missing file. */
  readonly subject?: Between;
  /** Nobody concluded it from a text: somebody tried. */
  readonly isMeasured?: boolean;
  /** Says nothing that a symptom beside it does not say better. */
  readonly isGeneral?: boolean;
}

/** What stands between two texts of a line. */
export interface Between {
  readonly begin: string;
  readonly end: string;
}
