/** The environment that the command runs in. */
export interface Io {
  /** Reads standard input to its end. */
  readonly stdin: () => string;
  /** Reads standard input in chunks; by default `stdin` is used. */
  readonly stdinChunks?: () => Iterable<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** True if standard output is a terminal. */
  readonly isTTY: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Exit status of a command. */
export enum Status {
  CLEAN = 0,
  FINDINGS = 1,
  /** Wrong usage, or input that cannot be read. */
  USAGE = 2,
  /** An internal error. */
  INTERNAL = 70,
}
