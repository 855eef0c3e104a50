import { Option } from 'commander';
import { logLines } from './input/log-lines';
import { STDIN } from './input/text-file';
import { Io, Status } from './io';
import { LintFinding, LintSeverity } from '../lint/finding';
import { InputError } from '../private/errors';

/** Short labels of severities, the worst first. */
export const SEVERITY_LABELS: Readonly<Record<string, string>> = {
  [LintSeverity.ERROR]: 'error', [LintSeverity.WARNING]: 'warn', [LintSeverity.INFO]: 'info',
};

/** Number of findings of each severity. */
export interface SeverityCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function countBySeverity(findings: readonly Pick<LintFinding, 'severity'>[]): SeverityCounts {
  const count = (severity: LintSeverity) => findings.filter(finding => finding.severity === severity).length;
  return { errors: count(LintSeverity.ERROR), warnings: count(LintSeverity.WARNING), infos: count(LintSeverity.INFO) };
}

/** Collects errors of reading, prints them at once, and computes the exit status from them and from the findings. */
export class Outcome {
  /** True if some input could not be read. */
  public isBroken = false;

  public constructor(private readonly io: Io) {}

  public readonly report = (error: InputError): void => {
    this.isBroken = true;
    this.io.stderr(`cdk8s-seccomp: ${error.message}\n`);
  };

  /** Reads logs line by line; reports and skips what cannot be read. */
  public readLogs(names: readonly string[], take: (line: string, file: string, number: number) => void): void {
    for (const name of names) {
      attempt(() => {
        let number = 0;
        for (const line of logLines(name, this.io)) take(line, name === '-' ? STDIN : name, ++number);
      }, this.report);
    }
  }

  public status(hasFindings: boolean): Status {
    return this.isBroken ? Status.USAGE : hasFindings ? Status.FINDINGS : Status.CLEAN;
  }

  /** Returns the exit status: errors count as findings, and so do more warnings than `--max-warnings`. */
  public statusOf({ errors, warnings }: SeverityCounts, maxWarnings = Infinity): Status {
    const isTooMuch = warnings > maxWarnings;
    if (isTooMuch) this.io.stderr(`cdk8s-seccomp: ${warnings} warnings are more than --max-warnings ${maxWarnings}\n`);
    return this.status(errors > 0 || isTooMuch);
  }
}

/** Returns the result; reports an error in the input and returns undefined. */
export function attempt<T>(read: () => T, report: (error: InputError) => void): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    report(error);
    return undefined;
  }
}

/** Returns the option that chooses one of the formats of a command. */
export function formatOption(formats: object, what = 'choose the output format'): Option {
  return new Option('--format <format>', what).choices(Object.keys(formats)).default('text');
}

/** @throws if standard input is to be read for more than one of the names */
export function checkStdin(names: readonly (string | undefined)[]): void {
  if (names.filter(name => name === '-').length > 1) throw new InputError('standard input is given more than once, expected it once: use files for the others');
}
