import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { LintFinding } from '../../src';

const ROOT = join(__dirname, 'fixtures');

/** A profile in which a rule has to find something, or a near miss. */
export interface Fixture {
  readonly rule: string;
  /** Such as `threads-cannot-start/fires-default`. */
  readonly name: string;
  readonly fires: boolean;
  readonly text: string;
}

export const FIXTURES: readonly Fixture[] = readdirSync(ROOT).sort().flatMap(rule => readdirSync(join(ROOT, rule)).sort().map(file => ({
  rule,
  name: `${rule}/${file.replace(/\.json$/, '')}`,
  fires: file.startsWith('fires'),
  text: readFileSync(join(ROOT, rule, file), 'utf8'),
})));

export const FIRING = FIXTURES.filter(({ fires }) => fires);

/** All that a user sees of a finding. */
export function describeFinding({ rule, severity, message, path, fix, fixable, line, column, length }: LintFinding): string {
  return `${line}:${column}+${length} ${path || '(document)'} ${severity} ${rule}\n  ${message}\n  ${fixable ? 'fixable' : 'fix'}: ${fix}`;
}
