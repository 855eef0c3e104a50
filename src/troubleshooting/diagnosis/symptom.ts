/** Confidence in a cause, from the text alone. */
export enum Confidence {
  /** No other cause prints this text. */
  CERTAIN = 'certain',
  LIKELY = 'likely',
  POSSIBLE = 'possible',
}

/** Reason why a text was printed, and its remedy. */
export interface Cause {
  /** Id of a cause that other lines of the same input, or a probe, can prove. */
  readonly id?: CauseId;
  readonly confidence: Confidence;
  /** One line. */
  readonly cause: string;
  /** One line, with the names of this library where it can help. */
  readonly remedy: string;
}

/** The causes that many symptoms share, and that one text cannot tell apart. */
export enum CauseId {
  SECCOMP_DENIES_THREADS = 'seccomp-denies-threads',
  PIDS_LIMIT = 'pids-limit',
}

/** A text that is a symptom only a few lines below another text. */
export interface TextAfter {
  readonly text: string;
  readonly after: string;
}

/** A text in a log that seccomp causes, or something that is mistaken for seccomp. The command and docs/symptoms.md print its texts. */
export interface Symptom {
  readonly id: string;
  /** One line: the failure as the user sees it. */
  readonly summary: string;
  /**
   * Texts of the line, in upper or lower case. `…` matches anything and one space any white space; a number at the end of a piece matches no part of a longer
   * number.
   */
  readonly texts: readonly (string | TextAfter)[];
  /** A line that also has one of these is not the symptom. */
  readonly unless?: readonly string[];
  /** Causes, the likeliest first. */
  readonly causes: readonly Cause[];
  /** Check that confirms the cause, or decides between the causes. */
  readonly check: string;
  /** Address of a report with the text, or of the source that prints it. */
  readonly source: string;
  /** The cause that the text proves for the other symptoms of the same input. */
  readonly proves?: CauseId;
  /** The calls that fail, to look up in a profile. */
  readonly calls?: readonly string[];
  /** Part of the line that names the case, such as the path of a missing file. */
  readonly subject?: Between;
  /** True if a probe measured it, instead of a conclusion from a text. */
  readonly isMeasured?: boolean;
  /** True if any other symptom in the input says more. */
  readonly isGeneral?: boolean;
}

/** The part of a line between two texts. */
export interface Between {
  readonly begin: string;
  readonly end: string;
}
