import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { ManifestChecker, ManifestCheckOptions, ManifestFinding } from '../../../src/manifests/checker';
import { itemsOf, formatResource } from '../../../src/manifests/resource';

const ROOT = join(__dirname, 'fixtures');

/** Manifests in which a rule has to find something, or a near miss. */
export interface ManifestFixture {
  readonly rule: string;
  /** Such as `seccomp-unset/fires-null`. */
  readonly name: string;
  readonly fires: boolean;
  readonly text: string;
  /** What its first line says about the cluster: `# engines: docker@20.10.9|containerd@1.5.5`. */
  readonly options: ManifestCheckOptions;
}

const FILES = readdirSync(ROOT).sort().flatMap(rule => readdirSync(join(ROOT, rule)).sort().map(file => ({ rule, file })));

export const MANIFEST_FIXTURES: readonly ManifestFixture[] = FILES.map(({ rule, file }) => {
  const text = readFileSync(join(ROOT, rule, file), 'utf8');
  const options = { engines: /^# engines: (.+)/.exec(text)?.[1].split('|') };
  return { rule, name: `${rule}/${file.replace(/\.yaml$/, '')}`, fires: file.startsWith('fires'), text, options };
});

export function documents(text: string): any[] {
  return parseAllDocuments(text, { intAsBigInt: true, merge: true }).map(document => document.toJS());
}

export function check(resources: readonly any[], options?: ManifestCheckOptions): ManifestFinding[] {
  const checker = new ManifestChecker(options);
  const early = resources.flatMap(resource => itemsOf(resource)).flatMap(({ value }) => checker.add(value));
  return [...early, ...checker.finish()];
}

/** Whether a finding comes from a rule, also where that passes on what another one has found. */
export function isOf(rule: string, finding: ManifestFinding): boolean {
  return rule === 'profile-lint' ? finding.profilePath !== undefined : finding.rule === rule;
}

/** All that a user sees of a finding. */
export function describeFinding({ rule, severity, message, path, profilePath, fix, resource }: ManifestFinding): string {
  return `${formatResource(resource)} ${path}${profilePath ? ` at ${profilePath}` : ''} ${severity} ${rule}\n  ${message}\n  fix: ${fix}`;
}
