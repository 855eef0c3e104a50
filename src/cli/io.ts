/** What the command needs of its surroundings. */
export interface Io {
  /** Reads standard input to its end. */
  readonly stdin: () => string;
  /** Reads it as it comes; without it, `stdin` is read. */
  readonly stdinChunks?: () => Iterable<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether standard output is a terminal. */
  readonly isTTY: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a command ends with. */
export enum Status {
  CLEAN = 0,
  FINDINGS = 1,
  /** The command was called wrongly, or something cannot be read. */
  USAGE = 2,
  /** An internal error. */
  INTERNAL = 70,
}
